/** Reads what follows /名册, and says whose roster one may see. */
import { cleanName } from './names.ts';
import { type Member, reach, type Unit } from './organisation.ts';
import { holds } from './roles.ts';
import { plain } from './spoken.ts';

export const rosterActs = ['list', 'depart', 'merge', 'split', 'erase', 'import', 'confirm'] as const;
export type RosterAct = (typeof rosterActs)[number];

const actWords: Readonly<Record<Exclude<RosterAct, 'list'>, readonly string[]>> = {
  depart: ['离任', '离职', '调离', '移出', 'depart', 'left'],
  merge: ['合并', 'merge'],
  split: ['拆分', '拆开', 'split'],
  import: ['导入', 'import'],
  confirm: ['确认', '确认导入', 'confirm'],
  erase: ['抹除', '抹掉', '删除', 'erase'],
};

const CONFIRMED = /\s*(?:确认|confirm)\s*$/iu;

/** `rest`: the words behind the act, as they were typed. `isConfirmed`: 确认 stood behind them. */
export type RosterOrder = { readonly act: RosterAct; readonly rest: string; readonly isConfirmed: boolean };

/** `离任 @张三`, `合并 甲 乙`, `抹除 @张三 确认`; whatever begins with no such word names a unit. */
export const readRoster = (typed: string): RosterOrder => {
  const said = cleanName(typed);
  const [first = ''] = said.split(' ', 1);
  const act = rosterActs.find((each) => each !== 'list' && actWords[each].includes(plain(first)));
  if (!act) return { act: 'list', rest: said, isConfirmed: false };
  const rest = said.slice(first.length);
  return { act, rest: rest.replace(CONFIRMED, '').trim(), isConfirmed: CONFIRMED.test(rest) };
};

/** The units whose people somebody may see by name: a coordinator's own, a leader's with all below, an admin's all. */
export const rostersOpenTo = (member: Member | null, units: readonly Unit[]): readonly Unit[] => {
  if (holds(member, 'admin', null)) return units;
  const own = new Set((['coordinator', 'leader', 'unitHead'] as const).flatMap((role) => reach(member, role, units)));
  return units.filter((unit) => own.has(unit));
};

const PAGE = /^(.*?)\s*(?:第\s*|\bpage\s+)?(\d{1,4})\s*页?$/iu;

/** `城关镇 2`, `城关镇 第2页`: a unit and a page of its roster; null when no page is named. */
export const readPage = (words: string): { readonly unit: string; readonly page: number } | null => {
  const [, unit, page] = PAGE.exec(words) ?? [];
  return page === undefined ? null : { unit: unit ?? '', page: Number(page) };
};
