/** What the people of units reported, as sheets that are read from the store while they are written. */
import { Temporal } from 'temporal-polyfill';
import { type Day, epochDay, fromEpochDay } from '../domain/calendar.ts';
import type { Unit } from '../domain/organisation.ts';
import { labels } from '../domain/people.ts';
import type { Span } from '../domain/period.ts';
import { type ItemKind, type ItemRef, itemKinds, kindLetters } from '../domain/report.ts';
import type { Translate } from '../i18n.ts';
import type { MemberId } from '../message.ts';
import type { Cell, Directory, ReportStore, Sheet, UnitPeriod } from '../ports.ts';

/** So many days are in memory at once. */
const DAYS_AT_ONCE = 7;

type Sources = {
  readonly reports: Pick<ReportStore, 'period' | 'texts'>;
  readonly directory: Pick<Directory, 'known' | 'membersOf'>;
  readonly t: Translate;
};

/** `hasWords`: whether the asker may read what was said there; without it the words stay out. */
export type ReadableUnit = { readonly unit: Unit; readonly hasWords: boolean };

/** A row for each item; one for a report that named none. `isSplit`: a sheet for each unit. */
export const reportSheets = (
  units: readonly ReadableUnit[],
  span: Span,
  isSplit: boolean,
  sources: Sources,
): readonly Sheet[] => {
  const { t } = sources;
  const sheet = (name: string, some: readonly ReadableUnit[]): Sheet => ({
    name,
    columns: widths.map(([key, width]) => ({ title: t(`export.col.${key}`), width })),
    rows: rowsOf(some, span, sources),
    footer: some.every(({ hasWords }) => hasWords) ? [] : [t('export.no-words')],
  });
  return isSplit ? units.map((one) => sheet(one.unit.name, [one])) : [sheet(t('export.reports'), units)];
};

const widths = [
  ['day', 12],
  ['unit', 20],
  ['person', 16],
  ['time', 12],
  ['kind', 16],
  ['text', 70],
  ['state', 12],
  ['closed-on', 14],
] as const;

async function* rowsOf(
  units: readonly ReadableUnit[],
  { from, to }: Span,
  sources: Sources,
): AsyncGenerator<readonly Cell[]> {
  for (const one of units) {
    for (let first = epochDay(from); first <= epochDay(to); first += DAYS_AT_ONCE) {
      const last = Math.min(first + DAYS_AT_ONCE - 1, epochDay(to));
      yield* await someRows(one, { from: fromEpochDay(first), to: fromEpochDay(last) }, sources);
    }
  }
}

type Told = ItemRef & {
  readonly day: Day;
  readonly member: MemberId;
  readonly onTime: boolean;
  readonly kind: ItemKind | null;
};

const kindOf = (letter: string): ItemKind | undefined =>
  letter === 'x' ? 'done' : itemKinds.find((kind) => kindLetters[kind] === letter);

const toldIn = ({ days }: UnitPeriod): readonly Told[] =>
  [...days]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([iso, members]) => {
      const day = Temporal.PlainDate.from(iso);
      return [...members]
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .flatMap(([member, { onTime, entries }]): Told[] => {
          const items = entries.flatMap(({ entry, letters }) =>
            [...letters].flatMap((letter, index) => {
              const kind = kindOf(letter);
              return kind ? [{ day, member, onTime, entry, index, kind }] : [];
            }),
          );
          return items.length > 0 ? items : [{ day, member, onTime, entry: 0, index: 0, kind: null }];
        });
    });

const someRows = async (
  { unit, hasWords }: ReadableUnit,
  { from, to }: Span,
  { reports, directory, t }: Sources,
): Promise<Cell[][]> => {
  const period = await reports.period(unit.id, from, to);
  const told = toldIn(period);
  const [known, members] = await Promise.all([
    directory.known([...new Set(told.map(({ member }) => member))]),
    directory.membersOf(unit.id),
  ]);
  const names = labels([...new Map([...members, ...known.values()].map((one) => [one.id, one])).values()]);
  const named = told.filter(({ kind }) => kind !== null);
  const words = hasWords ? await reports.texts(unit.id, named) : [];
  const texts = new Map(words.map((text, i) => [named[i], text] as const));
  const places = (items: ReadonlyMap<MemberId, readonly ItemRef[]>) => [...items.values()].flat();
  const open = new Set(places(period.open).map(keyOf));
  const closedOn = new Map([...period.closed.values()].flat().map((item) => [keyOf(item), item.closedOn]));

  return told.map((item) => {
    const { day, member, onTime, kind } = item;
    const who = known.get(member);
    const head = [
      day,
      unit.name,
      (who && names.get(who.id)) ?? '',
      t('export.on-time', { onTime: onTime ? 'yes' : 'no' }),
    ];
    if (kind === null) return [...head, null, null, null, null];
    const closed = closedOn.get(keyOf(item)) ?? null;
    const isUnfinished = kind === 'open' || kind === 'waiting' || kind === 'help';
    const state = !isUnfinished ? 'none' : closed ? 'closed' : open.has(keyOf(item)) ? 'open' : 'gone';
    const text = hasWords ? (texts.get(item) ?? t('item.erased')) : null;
    return [...head, t(`item.kind.${kind}`), text, t('export.item-state', { state }), isUnfinished ? closed : null];
  });
};

const keyOf = ({ entry, index }: ItemRef): string => `${entry}.${index}`;
