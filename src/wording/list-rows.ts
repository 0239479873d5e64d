/** Which row of an issue somebody means. */
import type { ListRow } from '../domain/lists.ts';
import { echoed, nameKey } from '../domain/names.ts';
import { UserError } from '../errors.ts';
import type { Translate } from '../i18n.ts';

/** By its whole name, or the last part of it where that is enough. */
export const rowNamed = (rows: readonly ListRow[], unit: string, label: string, t: Translate): ListRow => {
  const units = rows.map(({ name }) => name).join(t('list.and'));
  if (unit === '') throw new UserError('list.which-unit', { label, units });
  const row = rowOf(rows, unit);
  if (!row) throw new UserError('list.not-on', { label, unit: echoed(unit), units });
  return row;
};

const rowOf = (rows: readonly ListRow[], unit: string): ListRow | undefined => {
  const key = nameKey(unit);
  return rows.find(({ name }) => nameKey(name) === key) ?? rows.find(({ name }) => nameKey(name).endsWith(`/${key}`));
};

/** `白石镇 晚报了三份`, without 理由：: the row that the words begin with, and what follows it. Null for no row. */
export const rowAhead = (
  rows: readonly ListRow[],
  said: string,
): { readonly row: ListRow; readonly rest: string } | null => {
  const words = said.split(/[\s,，:：、]+/u);
  for (let count = words.length; count > 0; count -= 1) {
    const row = rowOf(rows, words.slice(0, count).join(' '));
    if (row) return { row, rest: words.slice(count).join(' ') };
  }
  return null;
};
