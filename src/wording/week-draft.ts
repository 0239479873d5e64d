/** The week's summary, built from its days: `/周结` shows it, the job of the week's last workday brings it. */
import { compareDays, type Day, daysOf, epochDay, fromEpochDay } from '../domain/calendar.ts';
import type { UnitId } from '../domain/organisation.ts';
import { type ItemKind, type ItemRef, itemKinds, kindLetters } from '../domain/report.ts';
import type { Translate } from '../i18n.ts';
import { type MemberId, type Reply, text } from '../message.ts';
import type { ReportStore, UnitPeriod } from '../ports.ts';

/** An item as the week looks back on it. `day` named it; `closed`: it was unfinished then and is done by now. */
export type WeekItem = {
  readonly day: Day;
  readonly kind: ItemKind;
  readonly text: string;
  readonly closed: boolean;
};

/** The draft's text: done by tag, undone with the reason as it was typed, next. '' for a week with nothing to say. */
export const weekDraft = (items: readonly WeekItem[], t: Translate): string => {
  const done = distinct(items.filter(({ kind, closed }) => kind === 'done' || closed));
  const undone = without(done, distinct(items.filter(({ kind, closed }) => !closed && unfinished.has(kind))));
  // What Monday called tomorrow is past on Friday: only the last reported day still plans ahead.
  const last = Math.max(...items.map(({ day }) => epochDay(day)));
  const plans = items.filter(({ kind, day }) => kind === 'plan' && epochDay(day) === last);
  const next = without([...done, ...undone], distinct(plans));

  return [
    ...section(t('week-draft.done', { count: done.length }), byTag(done, t)),
    ...section(t('week-draft.undone', { count: undone.length }), bullets(undone)),
    ...section(t('week-draft.next'), bullets(next)),
  ].join('\n');
};

/** The week as the person named it; null: not at all. Whoever confirms what is shown must confirm that week. */
export type Which = 'this' | 'last' | null;

/** The draft as it is offered: confirmed with one tap, or replaced by one's own words. `week`: its two ends in words. */
export const draftReply = (
  draft: string,
  week: { readonly from: string; readonly to: string },
  t: Translate,
  which: Which = null,
): Reply => {
  if (draft === '') return text(t('weekly.empty', week));
  const command = t('weekly.confirm-command', { which: which ?? 'none' });
  return [
    { kind: 'text', text: t('weekly.draft', week) },
    { kind: 'text', text: draft },
    { kind: 'buttons', buttons: [{ text: t('weekly.confirm'), command }] },
    { kind: 'text', text: t('weekly.draft-hint', { command }) },
  ];
};

const unfinished: ReadonlySet<ItemKind> = new Set(['open', 'waiting', 'help']);

const section = (title: string, lines: readonly string[]) => (lines.length === 0 ? [] : [title, ...lines]);
const bullets = (items: readonly WeekItem[]) => items.map(({ text }) => `· ${text}`);

/** Under each tag in the order of first use; what has none comes last, under a heading only when there are tags. */
const byTag = (items: readonly WeekItem[], t: Translate): string[] => {
  const groups = Map.groupBy(items, ({ text }) => text.match(TAG)?.[0] ?? '');
  const tags = [...groups.keys()].filter((tag) => tag !== '');
  const tagged = tags.flatMap((tag) => [tag, ...bullets((groups.get(tag) ?? []).map((item) => untagged(item, tag)))]);
  const rest = groups.get('') ?? [];
  if (tags.length === 0) return bullets(rest);
  return [...tagged, ...section(t('week-draft.other'), bullets(rest))];
};

const TAG = /#[\p{L}\p{N}_-]+/u;

/** The heading says the tag already. An item that is nothing but its tag keeps it. */
const untagged = (item: WeekItem, tag: string): WeekItem => {
  const text = item.text
    .replace(tag, ' ')
    .replace(/\s+(?=[\s，。；：、])/gu, '')
    .trim();
  return text === '' ? item : { ...item, text };
};

/** One spelling for what people see as the same words. */
const words = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\s|[。.]$/gu, '');

const distinct = (items: readonly WeekItem[]): WeekItem[] => {
  const first = new Map<string, WeekItem>();
  for (const item of items) if (!first.has(words(item.text))) first.set(words(item.text), item);
  return [...first.values()];
};

const without = (said: readonly WeekItem[], items: readonly WeekItem[]): WeekItem[] => {
  const known = new Set(said.map(({ text }) => words(text)));
  return items.filter(({ text }) => !known.has(words(text)));
};

/** Everything a member's week is drafted from: what its days named, and what was carried into it. In order of days. */
export const weekItems = async (
  reports: ReportStore,
  unit: UnitId,
  member: MemberId,
  monday: Day,
): Promise<readonly WeekItem[]> =>
  itemsOf(await reports.period(unit, monday, fromEpochDay(epochDay(monday) + 6)), member, reports);

/** The same, when the unit's week has been read already. `week` begins on a Monday. */
export const itemsOf = async (
  week: UnitPeriod,
  member: MemberId,
  reports: Pick<ReportStore, 'texts'>,
): Promise<readonly WeekItem[]> => {
  const { from: monday, to: sunday } = week;
  const closed = (week.closed.get(member) ?? []).filter(({ closedOn }) => compareDays(closedOn, sunday) <= 0);
  const isClosed = ({ entry, index }: ItemRef) => closed.some((item) => item.entry === entry && item.index === index);

  const carried = [...closed, ...(week.open.get(member) ?? [])]
    .filter(({ day }) => compareDays(day, monday) < 0)
    .map((item) => ({ day: item.day, kind: item.kind, text: item.text, closed: isClosed(item) }))
    .sort((a, b) => compareDays(a.day, b.day));

  const named = daysOf(monday, sunday).flatMap((day) =>
    (week.days.get(day.toString())?.get(member)?.entries ?? []).flatMap(({ entry, letters }) =>
      [...letters].flatMap((letter, index) => {
        const kind = itemKinds.find((known) => kindLetters[known] === letter);
        return kind ? [{ entry, index, kind, day }] : [];
      }),
    ),
  );
  const texts = await reports.texts(week.unit, named);
  // An item whose words were erased is not drafted.
  const days = named.flatMap((item, i) => {
    const text = texts[i];
    return text == null ? [] : [{ day: item.day, kind: item.kind, text, closed: isClosed(item) }];
  });
  return [...carried, ...days];
};
