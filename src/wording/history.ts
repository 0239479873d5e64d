/** What a member told of past days: what only that member sees. */
import { compareDays, type Day } from '../domain/calendar.ts';
import { canonical } from '../domain/item-text.ts';
import type { Member, UnitId } from '../domain/organisation.ts';
import { fullLabel } from '../domain/people.ts';
import { type ItemKind, itemKinds, kindLetters } from '../domain/report.ts';
import type { Translate } from '../i18n.ts';
import type { MemberId } from '../message.ts';
import type { Directory, ReportStore } from '../ports.ts';
import { dayName } from './day.ts';

export type ToldItem = { readonly day: Day; readonly kind: ItemKind; readonly text: string };

/** `members`: the member, and whoever was merged into it. */
type Whose = { readonly unit: UnitId; readonly members: readonly MemberId[]; readonly from: Day; readonly to: Day };

/** The ids under which a member has filed. */
export const idsOf = ({ id, merged = [] }: Member): readonly MemberId[] => [id, ...merged];

/** A repeated item is told once; one that closes an earlier one was done that day. */
const kindOf = (letter: string): ItemKind | undefined =>
  letter === 'x' ? 'done' : itemKinds.find((kind) => kindLetters[kind] === letter);

/** Every item that the member told from `from` to `to`, in order; those whose words were erased are left out. */
export const toldItems = async (
  { unit, members, from, to }: Whose,
  reports: ReportStore,
): Promise<readonly ToldItem[]> => {
  const read = members.map((member) => reports.daysOf(unit, member, from, to));
  const days = (await Promise.all(read)).flat().sort((a, b) => compareDays(a.day, b.day));
  const named = days.flatMap(({ day, record }) =>
    record.entries.flatMap(({ entry, letters }) =>
      [...letters].flatMap((letter, index) => {
        const kind = kindOf(letter);
        return kind ? [{ day, entry, index, kind }] : [];
      }),
    ),
  );
  const texts = await reports.texts(unit, named);
  return named.flatMap(({ day, kind }, i) => {
    const text = texts[i];
    return text == null ? [] : [{ day, kind, text }];
  });
};

/** Whether `words` stand in the item as they are, whatever their width and case. */
export const isFound = ({ text }: ToldItem, words: string): boolean => canonical(text).includes(canonical(words));

/** `11月23日（周一） 完成：走访3户企业` */
export const toldLine = ({ day, kind, text }: ToldItem, today: Day, t: Translate): string =>
  t('me.item', { day: dayName(day, today, t), item: t(`daily.item.${kind}`, { text }) });

/** What leaders said to the member, with the day and from whom. */
export const commentLines = async (
  { unit, members, from, to }: Whose,
  { reports, directory, today, t }: { reports: ReportStore; directory: Directory; today: Day; t: Translate },
): Promise<readonly string[]> => {
  const read = members.map((member) => reports.comments(unit, member, from, to));
  const comments = (await Promise.all(read)).flat().sort((a, b) => compareDays(a.day, b.day));
  return Promise.all(
    comments.map(async ({ day, by, text }) => {
      const leader = await directory.member(by);
      const who = leader?.name ?? (leader ? fullLabel(leader) : '');
      return t('me.comment', { day: dayName(day, today, t), who, text: text ?? t('item.erased') });
    }),
  );
};
