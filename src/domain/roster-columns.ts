/** Which column of a roster holds what, by the Chinese or English words above it. */
import { nameKey } from './names.ts';
import { type Refusal, refuse } from './refusal.ts';
import { said, type TableRow } from './table.ts';

const headings = {
  id: ['账号', '帐号', '用户id', '成员id', '成员账号', '企业微信账号', 'userid', 'id', 'account', 'memberid'],
  platform: ['平台', 'platform'],
  name: ['姓名', '名字', '成员姓名', 'name', 'fullname'],
  unit: ['单位', '单位名称', '所在单位', '所属单位', '部门', '所在部门', '科室', 'unit', 'department', 'organisation'],
  parent: ['上级单位', '上级', '上级部门', '主管单位', 'parentunit', 'parent', 'parentdepartment'],
  role: ['角色', 'role', 'roles'],
  since: ['入职', '入职日期', '入职时间', '加入日期', 'since', 'joined', 'joindate', 'startdate'],
} as const;
export type Field = keyof typeof headings;
const fields = Object.keys(headings) as Field[];

/** Column numbers from 0. */
export type Columns = Readonly<Partial<Record<Field, number>>> & { readonly id: number; readonly unit: number };
export type ColumnsRule = 'no-heading' | 'two-columns';

/** `账 号*`, `账号（必填）` and `User ID` are headings too. */
const fieldOf = (cell: string): Field | undefined => {
  const key = nameKey(cell)
    .replace(/[(（[【].*$/u, '')
    .replace(/[\s*＊:：_-]/gu, '');
  return fields.find((field) => (headings[field] as readonly string[]).includes(key));
};

/**
 * The columns, when `row` is the one with the headings; a heading merged downwards stands in the row before. Null when
 * it is none: a title, or a person.
 */
export const columnsIn = (row: TableRow, before: TableRow | null): Columns | null | Refusal<ColumnsRule> => {
  const found: Partial<Record<Field, number>> = {};
  const width = Math.max(row.cells.length, before?.cells.length ?? 0);
  if (!row.cells.some((cell) => fieldOf(said(cell)))) return null;
  for (let column = 0; column < width; column += 1) {
    const field = fieldOf(said(row.cells[column]) || said(before?.cells[column]));
    if (!field) continue;
    if (found[field] !== undefined) return refuse('two-columns', { heading: headings[field][0], row: row.row });
    found[field] = column;
  }
  const { id, unit } = found;
  return id === undefined || unit === undefined ? null : { ...found, id, unit };
};

/** Whether the headings stand here once more, as they do on every printed page, or go on from the row before. */
export const isHeading = ({ cells }: TableRow, columns: Columns): boolean => {
  const filled = fields.filter((field) => said(cells[columns[field] ?? -1]) !== '');
  return filled.length > 0 && filled.every((field) => fieldOf(said(cells[columns[field] ?? -1])) === field);
};
