import type { Temporal } from 'temporal-polyfill';
import type { Calendar } from '../domain/calendar.ts';
import { type Digest, spanBefore, spanOf } from '../domain/digest.ts';
import { lampRuleOf } from '../domain/lamp.ts';
import type { Unit } from '../domain/organisation.ts';
import { type OpenState, type Outcomes, openNow, outcomesOf } from '../domain/outcomes.ts';
import { factsOf, reckoningOf } from '../domain/owing.ts';
import { settingsOf } from '../domain/settings.ts';
import { gate } from '../gate.ts';
import type { Translate } from '../i18n.ts';
import type { Directory, ReportStore } from '../ports.ts';
import { unanswered, type WaitingRequest, withNumbers } from './read-requests.ts';

export type DigestSources = {
  readonly reports: ReportStore;
  readonly directory: Directory;
  readonly calendar: Calendar;
  readonly now: Temporal.ZonedDateTime;
  readonly t: Translate;
};

/** What a digest says of one unit; `before` is the span to compare with. */
export type Part = {
  readonly unit: Unit;
  readonly outcomes: Outcomes;
  readonly before: Outcomes;
  readonly open: OpenState;
  /** What asks for help and has no answer, oldest first. */
  readonly asked: readonly WaitingRequest[];
};

/** The units of which there is something to say. */
export const readDigest = async (
  units: readonly Unit[],
  digest: Digest,
  sources: DigestSources,
): Promise<readonly Part[]> => {
  const inTurn = gate(UNITS_AT_ONCE);
  const parts = units.map((unit) => inTurn(() => partOf(unit, digest, sources)));
  return (await Promise.all(parts)).filter(isWorthALine);
};

/** Of a whole city's units, asked for together, the last would outlast the store's patience. */
const UNITS_AT_ONCE = 64;

const partOf = async (
  unit: Unit,
  digest: Digest,
  { reports, directory, calendar, now }: DigestSources,
): Promise<Part> => {
  const [span, earlier] = [spanOf(digest), spanBefore(digest, calendar)];
  const [people, period] = await Promise.all([
    directory.membersOf(unit.id),
    reports.period(unit.id, earlier.from, span.to),
  ]);
  const members = people.map((person) => factsOf(person, period));
  const asked = await withNumbers(unanswered(unit, period.open), reports, now.toInstant());
  const reckoning = reckoningOf(unit, calendar, now.toPlainDateTime());
  return {
    unit,
    outcomes: outcomesOf(members, span, reckoning),
    before: outcomesOf(members, earlier, reckoning),
    open: openNow(members, now.toPlainDate(), calendar, lampRuleOf(settingsOf(unit))),
    asked,
  };
};

const isWorthALine = ({ outcomes: { figures, done, unfinished }, open, asked }: Part): boolean =>
  figures.expected + figures.pending + figures.leave + done + unfinished > 0 ||
  asked.length + open.waiting + open.yellow + open.red > 0;
