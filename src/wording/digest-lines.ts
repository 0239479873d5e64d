/** The lines of a digest that count: results, what is overdue, reports, units. Nobody's name is in them. */
import type { Digest } from '../domain/digest.ts';
import { SILENT_WORKDAYS } from '../domain/outcomes.ts';
import { sumOf } from '../domain/score.ts';
import type { Translate } from '../i18n.ts';
import type { Line } from '../message.ts';
import { lampWords } from './items.ts';
import type { Part } from './read-digest.ts';

/** What moved, what is in the way, and what of the reports came in. */
export const countLines = (parts: readonly Part[], digest: Digest, t: Translate): readonly Line[] => [
  outcomesLine(parts, digest, t),
  ...standingLines(parts, digest, t),
  ...reportsLine(parts, digest, t),
];

/** Those in trouble first: what is red, then what is yellow, then who has not filed. */
export const inTrouble = (parts: readonly Part[]): readonly Part[] =>
  parts.toSorted(
    (a, b) =>
      b.open.red - a.open.red || b.open.yellow - a.open.yellow || missing(b) - missing(a) || lateOf(b) - lateOf(a),
  );

/** A row a unit, `most` lines in all; those that do not fit are counted. */
export const unitLines = (sorted: readonly Part[], most: number, t: Translate): readonly string[] => {
  if (most < 1) return [];
  const isCut = sorted.length > most;
  const shown = sorted.slice(0, isCut ? most - 1 : most);
  const rest = sorted.slice(shown.length);
  return [
    ...shown.map((part) => {
      const { expected, onTime, late, leave, pending } = part.outcomes.figures;
      const counts = { done: part.outcomes.done, overdue: overdue(part), onTime, late, missing: missing(part), leave };
      return t('digest.unit', { unit: part.unit.name, ...counts, expected: expected + pending });
    }),
    ...(isCut
      ? [t('digest.more-units', { count: rest.length, overdue: total(rest, overdue), missing: total(rest, missing) })]
      : []),
  ];
};

const overdue = ({ open }: Part): number => open.red + open.yellow;
const lateOf = ({ outcomes }: Part): number => outcomes.figures.late;
const missing = ({ outcomes: { figures } }: Part): number => figures.expected - figures.onTime - figures.late;

/** What changed since the span before; nothing is said when nothing was there to compare with. */
const changeOf = (now: number, before: number, isComparable: boolean, digest: Digest, t: Translate): string => {
  if (!isComparable) return '';
  const kind = digest.kind === 'span' ? digest.of : digest.kind;
  const by = now - before;
  return t('digest.change', { kind, direction: by === 0 ? 'same' : 'moved', by: by > 0 ? `+${by}` : `${by}` });
};

const total = (parts: readonly Part[], of: (part: Part) => number): number =>
  parts.reduce((sum, part) => sum + of(part), 0);

const outcomesLine = (parts: readonly Part[], digest: Digest, t: Translate): string => {
  const done = total(parts, ({ outcomes }) => outcomes.done);
  const before = total(parts, (part) => part.before.done);
  const isComparable = parts.some((part) => part.before.figures.expected + part.before.done > 0);
  const unfinished = total(parts, ({ outcomes }) => outcomes.unfinished);
  return t('digest.outcomes', { done, change: changeOf(done, before, isComparable, digest, t), unfinished });
};

const standingLines = (parts: readonly Part[], { kind }: Digest, t: Translate): Line[] => {
  const count = (name: 'waiting' | 'yellow' | 'red' | 'silent') => total(parts, ({ open }) => open[name]);
  const [waiting, yellow, red] = [count('waiting'), count('yellow'), count('red')];
  const lamps = [
    ...(red > 0 ? [`${lampWords('red', t)} ${red}`] : []),
    ...(yellow > 0 ? [`${lampWords('yellow', t)} ${yellow}`] : []),
  ].join(t('list.and'));
  const oldest = Math.max(...parts.map(({ open }) => open.oldest));
  // What has long been silent is asked about once a week, not every morning.
  const silent = kind === 'day' ? 0 : count('silent');
  return [
    ...(red + yellow > 0
      ? [{ tone: 'warning' as const, text: t('digest.overdue', { count: red + yellow, lamps, oldest }) }]
      : []),
    ...(silent > 0 ? [t('digest.silent', { count: silent, days: SILENT_WORKDAYS })] : []),
    ...(waiting > 0 ? [t('digest.waiting', { count: waiting })] : []),
  ];
};

const reportsLine = (parts: readonly Part[], digest: Digest, t: Translate): string[] => {
  const figures = sumOf(parts.map(({ outcomes }) => outcomes.figures));
  const { expected, onTime, late, leave, pending } = figures;
  if (expected + pending === 0) return leave > 0 ? [t('digest.all-away', { count: leave })] : [];
  const before = sumOf(parts.map((part) => part.before.figures));
  const change = changeOf(onTime, before.onTime, before.expected > 0, digest, t);
  const counts = { expected: expected + pending, onTime, late, missing: total(parts, missing), pending, leave };
  return [t('digest.reports', { ...counts, change })];
};
