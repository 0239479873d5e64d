/**
 * What a leader reads, in a fixed order: what the leader is to answer, what others are, what moved, what is overdue,
 * reports as counts, and the units below. No names of people.
 */
import { compareDays } from '../domain/calendar.ts';
import { type Digest, spanOf } from '../domain/digest.ts';
import type { Unit } from '../domain/organisation.ts';
import { settingsOf } from '../domain/settings.ts';
import { list, type Reply } from '../message.ts';
import { dayName } from './day.ts';
import { countLines, inTrouble, unitLines } from './digest-lines.ts';
import { provisionalNote } from './figures.ts';
import { type DigestSources, type Part, readDigest } from './read-digest.ts';
import { answerDue, waitingLine } from './requests.ts';
import { weekName } from './week.ts';

/** Of the requests that the leader is the first to answer, and of those that others are. */
const MOST_OWN = 4;
const MOST_HELP = 3;
/** The title and two buttons: lines as well, and so are links. */
const FRAME = 3;

/** `own`: those units of `reach` for which the leader is the first to answer. */
export type Office = { readonly reach: readonly Unit[]; readonly own: readonly Unit[] };

/** So many links will stand below it. */
type Linked = { readonly linkLines?: number };

/** The digest for somebody who leads `head`; null when there is nothing to say. */
export const digestReply = async (
  head: Unit,
  { reach, own }: Office,
  digest: Digest,
  sources: DigestSources & Linked,
): Promise<Reply | null> => {
  const parts = await readDigest(reach, digest, sources);
  return parts.length === 0 ? null : digestWords(head, parts, own, digest, sources);
};

/** The same of what was read: as many lines as the unit has set, whatever there is to say. */
export const digestWords = (
  head: Unit,
  parts: readonly Part[],
  own: readonly Unit[],
  digest: Digest,
  sight: Pick<DigestSources, 'now' | 'calendar' | 't'> & Linked,
): Reply => {
  const { now, calendar, t, linkLines = 0 } = sight;
  const today = now.toPlainDate();
  const span = spanOf(digest);
  const when = digest.kind === 'day' ? dayName(digest.day, today, t) : weekName(span, today, t);

  const room = settingsOf(head).digestLines - FRAME - linkLines;
  const counts = countLines(parts, digest, t);
  const last = provisionalNote(span, calendar, t);
  const help = helpLines(parts, own, room - counts.length - last.length, sight);
  const sorted = inTrouble(parts);
  const left = room - help.length - counts.length - last.length;
  const units = parts.length > 1 ? unitLines(sorted, left, t) : [];

  const isPast = digest.kind === 'week' && compareDays(digest.week.to, today) < 0;
  const worst = sorted[0]?.unit.name ?? head.name;
  const title = t('digest.title', { kind: digest.kind, when, unit: head.name, count: parts.length });
  const show = { text: t('digest.show', { unit: worst }), command: t('digest.show-command', { unit: worst }) };
  const board = {
    text: t('digest.board'),
    command: t('digest.board-command', { week: isPast ? 'last' : 'running' }),
  };
  return [
    { kind: 'text', text: title, as: 'heading' },
    ...list([...help, ...counts, ...units, ...last]),
    { kind: 'buttons', buttons: [show, board], stays: true },
  ];
};

/** First what the leader is to answer, the longest due first; then what others are. */
const helpLines = (
  parts: readonly Part[],
  own: readonly Unit[],
  most: number,
  sight: Pick<DigestSources, 'now' | 'calendar' | 't'>,
): readonly string[] => {
  const { t, calendar } = sight;
  const ids = new Set(own.map(({ id }) => id));
  const asked = parts
    .flatMap((part) => part.asked.map((request) => ({ ...request, due: answerDue(request.day, part.unit, calendar) })))
    .sort((a, b) => compareDays(a.due, b.due) || a.number - b.number);
  const section = (title: 'digest.own' | 'digest.help', requests: typeof asked, lines: number): readonly string[] => {
    if (requests.length === 0 || lines < 1) return [];
    const shown = requests.slice(0, lines - 1).map((request) => waitingLine(request, sight));
    return [t(title, { count: requests.length, more: requests.length > shown.length ? 'yes' : 'no' }), ...shown];
  };
  const mine = section(
    'digest.own',
    asked.filter(({ unit }) => ids.has(unit.id)),
    Math.min(most, 1 + MOST_OWN),
  );
  const others = section(
    'digest.help',
    asked.filter(({ unit }) => !ids.has(unit.id)),
    Math.min(most - mine.length, 1 + MOST_HELP),
  );
  return [...mine, ...others];
};
