/** What a leader reads: results first, what waits for a decision, what is overdue. Counts, no names of people. */
import { compareDays } from '../domain/calendar.ts';
import type { Digest } from '../domain/digest.ts';
import type { Unit } from '../domain/organisation.ts';
import { sumOf } from '../domain/score.ts';
import { settingsOf } from '../domain/settings.ts';
import type { Translate } from '../i18n.ts';
import type { Block, Reply } from '../message.ts';
import { dayName } from './day.ts';
import { provisionalNote } from './figures.ts';
import { lampWords } from './items.ts';
import { type DigestSources, type Part, readDigest } from './read-digest.ts';
import { waitingLine } from './requests.ts';
import { weekName } from './week.ts';

/** Of the requests that the leader is the first to answer, and of those that others are. */
const MOST_OWN = 4;
const MOST_HELP = 3;

/** `own`: those units of `reach` for which the leader is the first to answer. */
export type Office = { readonly reach: readonly Unit[]; readonly own: readonly Unit[] };

/** The digest for somebody who leads `head`; null when there is nothing to say. */
export const digestReply = async (
  head: Unit,
  { reach, own }: Office,
  digest: Digest,
  sources: DigestSources,
): Promise<Reply | null> => {
  const parts = await readDigest(reach, digest, sources);
  if (parts.length === 0) return null;
  const { now, calendar, t } = sources;
  const today = now.toPlainDate();
  const when = digest.kind === 'day' ? dayName(digest.day, today, t) : weekName(digest.week, today, t);
  const span = digest.kind === 'day' ? { from: digest.day, to: digest.day } : digest.week;

  const first = [
    ...helpLines(parts, own, sources),
    outcomesLine(parts, digest, t),
    ...standingLine(parts, t),
    ...reportsLine(parts, digest, t),
  ];
  const last = provisionalNote(span, calendar, t);
  // Title and button are lines as well.
  const left = Math.max(0, settingsOf(head).digestLines - 2 - first.length - last.length);
  const items = [...first, ...(parts.length > 1 && left > 0 ? unitLines(parts, left, t) : []), ...last];
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

/** First what the leader is to answer, by the clock; then what others are. */
const helpLines = (parts: readonly Part[], own: readonly Unit[], sources: DigestSources): string[] => {
  const { t } = sources;
  const ids = new Set(own.map(({ id }) => id));
  const asked = parts
    .flatMap(({ unit, asked }) => asked.map((request) => ({ ...request, of: unit })))
    .sort((a, b) => compareDays(a.day, b.day) || a.number - b.number);
  const [mine, others] = [asked.filter(({ unit }) => ids.has(unit.id)), asked.filter(({ unit }) => !ids.has(unit.id))];
  const list = (title: 'digest.own' | 'digest.help', requests: typeof asked, most: number): string[] =>
    requests.length === 0
      ? []
      : [
          t(title, { count: requests.length, more: requests.length > most ? 'yes' : 'no' }),
          ...requests.slice(0, most).map((request) => waitingLine({ ...request, unit: request.of }, sources)),
        ];
  return [...list('digest.own', mine, MOST_OWN), ...list('digest.help', others, MOST_HELP)];
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
const unitLines = (parts: readonly Part[], most: number, t: Translate): string[] => {
  const trouble = ({ open }: Part) => open.red * 1_000 + open.yellow;
  const isCut = parts.length > most;
  const shown = parts.toSorted((a, b) => trouble(b) - trouble(a)).slice(0, isCut ? most - 1 : most);
  return [
    ...shown.map(({ unit, outcomes: { done, figures }, open }) => {
      const { expected, onTime } = figures;
      return t('digest.unit', { unit: unit.name, done, overdue: open.red + open.yellow, onTime, expected });
    }),
    ...(isCut ? [t('digest.more-units', { count: parts.length - shown.length })] : []),
  ];
};
