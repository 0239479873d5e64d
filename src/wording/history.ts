/** What a member told of past days, in whatever unit it was filed: what only that member sees. */
import { compareDays, type Day } from '../domain/calendar.ts';
import { canonical } from '../domain/item-text.ts';
import { type Member, type UnitId, unitsOf } from '../domain/organisation.ts';
import { fullLabel } from '../domain/people.ts';
import { type ItemKind, type ItemRef, itemKinds, kindLetters } from '../domain/report.ts';
import type { Translate } from '../i18n.ts';
import type { MemberId } from '../message.ts';
import type { Directory, ReportStore } from '../ports.ts';
import { dayName } from './day.ts';

export type ToldItem = { readonly day: Day; readonly kind: ItemKind; readonly text: string };

/** `units`: where to look; `members`: the member, and whoever was merged into it. */
type Whose = {
  readonly units: readonly UnitId[];
  readonly members: readonly MemberId[];
  readonly from: Day;
  readonly to: Day;
};

/** The ids under which a member has filed. */
export const idsOf = ({ id, merged = [] }: Member): readonly MemberId[] => [id, ...merged];

/** All that is a member's own from `from` to `to`. */
export const ownFrom = (member: Member, { from, to }: { readonly from: Day; readonly to: Day }): Whose => ({
  ...{ units: unitsOf(member), members: idsOf(member) },
  ...{ from, to },
});

/** A repeated item is told once; one that closes an earlier one was done that day. */
const kindOf = (letter: string): ItemKind | undefined =>
  letter === 'x' ? 'done' : itemKinds.find((kind) => kindLetters[kind] === letter);

/** What `read` gives for each place in which the member may have filed. */
const everywhere = async <T>(
  { units, members }: Whose,
  read: (unit: UnitId, member: MemberId) => Promise<readonly T[]>,
): Promise<readonly T[]> =>
  (await Promise.all(units.flatMap((unit) => members.map((member) => read(unit, member))))).flat();

/** Every item that the member told from `from` to `to`, in order; those whose words were erased are left out. */
export const toldItems = async (
  whose: Whose,
  reports: Pick<ReportStore, 'daysOf' | 'texts'>,
): Promise<readonly ToldItem[]> => {
  const told = await everywhere(whose, async (unit, member) => {
    const named = (await reports.daysOf(unit, member, whose.from, whose.to)).flatMap(({ day, record }) =>
      record.entries.flatMap(({ entry, letters }): readonly (ItemRef & Omit<ToldItem, 'text'>)[] =>
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
  });
  return told.toSorted((a, b) => compareDays(a.day, b.day));
};

/** The week that the member filed, in its own words; null: none. */
export const ownWeek = async (
  member: Member,
  monday: Day,
  reports: Pick<ReportStore, 'weekText'>,
): Promise<string | null> => {
  const filed = await everywhere(ownFrom(member, { from: monday, to: monday }), async (unit, id) => {
    const text = await reports.weekText(unit, monday, id);
    return text === null ? [] : [text];
  });
  return filed[0] ?? null;
};

type Said = { readonly day: Day; readonly by: MemberId; readonly text: string | null };

/** What leaders said to the member, in order. */
export const commentsTo = async (whose: Whose, reports: Pick<ReportStore, 'comments'>): Promise<readonly Said[]> => {
  const said = await everywhere(whose, (unit, member) => reports.comments(unit, member, whose.from, whose.to));
  return said.toSorted((a, b) => compareDays(a.day, b.day));
};

/** Whether `words` stand in the item as they are, whatever their width and case. */
export const isFound = ({ text }: ToldItem, words: string): boolean => canonical(text).includes(canonical(words));

/** `11月23日（周一） 完成：走访3户企业` */
export const toldLine = ({ day, kind, text }: ToldItem, today: Day, t: Translate): string =>
  t('me.item', { day: dayName(day, today, t), item: t(`daily.item.${kind}`, { text }) });

/** What leaders said to the member, with the day and from whom. */
export const commentLines = async (
  whose: Whose,
  { reports, directory, today, t }: { reports: ReportStore; directory: Directory; today: Day; t: Translate },
): Promise<readonly string[]> =>
  Promise.all(
    (await commentsTo(whose, reports)).map(async ({ day, by, text }) => {
      const leader = await directory.member(by);
      const who = leader?.name ?? (leader ? fullLabel(leader) : '');
      return t('me.comment', { day: dayName(day, today, t), who, text: text ?? t('item.erased') });
    }),
  );
