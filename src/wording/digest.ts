/** What a leader reads: results first, what waits for a decision, what is overdue. Counts, no names of people. */
import { type Calendar, compareDays, type Day, workdaysBetween } from '../domain/calendar.ts';
import type { Digest } from '../domain/digest.ts';
import type { Unit } from '../domain/organisation.ts';
import type { OpenItem } from '../domain/report.ts';
import { sumOf } from '../domain/score.ts';
import type { Translate } from '../i18n.ts';
import type { Block, Reply } from '../message.ts';
import { dayName } from './day.ts';
import { provisionalNote } from './figures.ts';
import { lampWords } from './items.ts';
import { type DigestSources, type Part, readDigest } from './read-digest.ts';
import { weekName } from './week.ts';

/** Twenty lines in all: these two lists are what could grow. */
const MOST_HELP = 5;
const MOST_UNITS = 6;

/** The digest of `units` for somebody who leads `head`; null when there is nothing to say. */
export const digestReply = async (
  head: Unit,
  units: readonly Unit[],
  digest: Digest,
  sources: DigestSources,
): Promise<Reply | null> => {
  const parts = await readDigest(units, digest, sources);
  if (parts.length === 0) return null;
  const { now, calendar, t } = sources;
  const today = now.toPlainDate();
  const when = digest.kind === 'day' ? dayName(digest.day, today, t) : weekName(digest.week, today, t);
  const span = digest.kind === 'day' ? { from: digest.day, to: digest.day } : digest.week;

  const items = [
    ...helpLines(parts, today, calendar, t),
    outcomesLine(parts, digest, t),
    ...standingLine(parts, t),
    ...reportsLine(parts, digest, t),
    ...(parts.length > 1 ? unitLines(parts, t) : []),
    ...provisionalNote(span, calendar, t),
  ];
  const title = t('digest.title', { kind: digest.kind, when, unit: head.name, count: parts.length });
  const isPast = digest.kind === 'week' && compareDays(digest.week.to, today) < 0;
  const command = t('digest.board-command', { week: isPast ? 'last' : 'running' });
  const blocks: Block[] = [
    { kind: 'text', text: title },
    { kind: 'list', items },
    { kind: 'buttons', buttons: [{ text: t('digest.board'), command }] },
  ];
  return blocks;
};

const helpLines = (parts: readonly Part[], today: Day, calendar: Calendar, t: Translate): string[] => {
  const asked = parts.flatMap(({ unit, open }) => open.help.map((item) => ({ unit, item })));
  if (asked.length === 0) return [];
  const line = ({ unit, item }: { readonly unit: Unit; readonly item: OpenItem }) =>
    t('digest.help-item', { text: item.text, unit: unit.name, age: workdaysBetween(item.day, today, calendar) });
  const oldest = asked.toSorted((a, b) => workdaysBetween(b.item.day, a.item.day, calendar));
  return [t('digest.help', { count: asked.length }), ...oldest.slice(0, MOST_HELP).map(line)];
};

/** What changed since the span before; nothing is said when nothing was there to compare with. */
const changeOf = (now: number, before: number, isComparable: boolean, kind: Digest['kind'], t: Translate): string => {
  if (!isComparable) return '';
  const by = now - before;
  return t('digest.change', { kind, direction: by === 0 ? 'same' : 'moved', by: by > 0 ? `+${by}` : `${by}` });
};

const total = (parts: readonly Part[], of: (part: Part) => number): number =>
  parts.reduce((sum, part) => sum + of(part), 0);

const outcomesLine = (parts: readonly Part[], { kind }: Digest, t: Translate): string => {
  const done = total(parts, ({ outcomes }) => outcomes.done);
  const before = total(parts, (part) => part.before.done);
  const isComparable = parts.some((part) => part.before.figures.expected + part.before.done > 0);
  const unfinished = total(parts, ({ outcomes }) => outcomes.unfinished);
  return t('digest.outcomes', { done, change: changeOf(done, before, isComparable, kind, t), unfinished });
};

const standingLine = (parts: readonly Part[], t: Translate): string[] => {
  const count = (name: 'waiting' | 'yellow' | 'red') => total(parts, ({ open }) => open[name]);
  const [waiting, yellow, red] = [count('waiting'), count('yellow'), count('red')];
  const lamps = [
    ...(red > 0 ? [`${lampWords('red', t)} ${red}`] : []),
    ...(yellow > 0 ? [`${lampWords('yellow', t)} ${yellow}`] : []),
  ].join(t('list.and'));
  return [
    ...(red + yellow > 0 ? [t('digest.overdue', { count: red + yellow, lamps, oldest: oldestOf(parts) })] : []),
    ...(waiting > 0 ? [t('digest.waiting', { count: waiting })] : []),
  ];
};

const oldestOf = (parts: readonly Part[]): number => Math.max(...parts.map(({ open }) => open.oldest));

const reportsLine = (parts: readonly Part[], { kind }: Digest, t: Translate): string[] => {
  const figures = sumOf(parts.map(({ outcomes }) => outcomes.figures));
  const { expected, onTime, late, leave, pending } = figures;
  if (expected + pending === 0) return leave > 0 ? [t('digest.all-away', { count: leave })] : [];
  const before = sumOf(parts.map((part) => part.before.figures));
  const change = changeOf(onTime, before.onTime, before.expected > 0, kind, t);
  const missing = expected - onTime - late;
  return [t('digest.reports', { expected: expected + pending, onTime, change, late, missing, pending, leave })];
};

/** Those in trouble first. */
const unitLines = (parts: readonly Part[], t: Translate): string[] => {
  const trouble = ({ open }: Part) => open.red * 1_000 + open.yellow;
  const shown = parts.toSorted((a, b) => trouble(b) - trouble(a)).slice(0, MOST_UNITS);
  return [
    ...shown.map(({ unit, outcomes: { done, figures }, open }) => {
      const { expected, onTime } = figures;
      return t('digest.unit', { unit: unit.name, done, overdue: open.red + open.yellow, onTime, expected });
    }),
    ...(parts.length > shown.length ? [t('digest.more-units', { count: parts.length - shown.length })] : []),
  ];
};
