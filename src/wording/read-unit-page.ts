/** What a board page shows of a unit and what is below it: counts, lamps and numbers, nobody's name and nobody's words. */
import type { Temporal } from 'temporal-polyfill';
import { comparedWith, ruleFor } from '../domain/board.ts';
import { type Calendar, compareDays, type Day, daysOf, workdaysBetween } from '../domain/calendar.ts';
import { figuresOf } from '../domain/figures.ts';
import { carriedLamp, type Lamp, lampRuleOf } from '../domain/lamp.ts';
import { labelled, subtree, type Unit } from '../domain/organisation.ts';
import { factsOf, isOnLeave, type MemberFacts, reckoningOf } from '../domain/owing.ts';
import { type PageSpan, periodShown, weeksBefore } from '../domain/page-spans.ts';
import type { Period, Span } from '../domain/period.ts';
import { type Figures, sumOf } from '../domain/score.ts';
import { settingsOf } from '../domain/settings.ts';
import { type Week, weekOf } from '../domain/weeks.ts';
import { gate } from '../gate.ts';
import type { BoardStore, Directory, ReportStore } from '../ports.ts';
import { closedBoard } from './closed-board.ts';
import { type Board, readBoard } from './read-board.ts';
import { unanswered, type WaitingRequest, withNumbers } from './read-requests.ts';

export type PageSources = {
  readonly reports: ReportStore;
  readonly directory: Directory;
  readonly boards: BoardStore;
  readonly calendar: Calendar;
  readonly now: Temporal.ZonedDateTime;
};

/** An unfinished item without its words: how its lamp stands, since when, and by when it is to be done. */
export type OpenMark = { readonly lamp: Lamp; readonly age: number; readonly due: Day; readonly over: number };

export type Cell = { readonly span: Span; readonly figures: Figures };

/** One unit's part. `cells` go through the period as the page's columns do; `weeks` are those of the trend. */
export type PagePart = {
  readonly unit: Unit;
  readonly members: number;
  readonly today: Figures;
  readonly open: readonly OpenMark[];
  readonly asked: readonly WaitingRequest[];
  readonly cells: readonly Cell[];
  readonly days: readonly Cell[];
  readonly weeks: readonly Figures[];
};

export type UnitPage = {
  readonly unit: Unit;
  readonly period: Period;
  readonly today: Day;
  readonly board: Board;
  readonly parts: readonly PagePart[];
  /** How many units below there was no room for; nothing of them is in any sum. */
  readonly left: number;
  readonly weeks: readonly Week[];
};

export const TREND_WEEKS = 8;
/** A county's towns and bureaus; whoever leads more looks at one part at a time. */
const MOST_UNITS = 60;
const UNITS_AT_ONCE = 8;

export const readUnitPage = async (unit: Unit, span: PageSpan, sources: PageSources): Promise<UnitPage> => {
  const { directory, calendar, now } = sources;
  const today = now.toPlainDate();
  const period = periodShown(span, today, calendar);
  const weeks = weeksBefore(today, TREND_WEEKS, calendar);
  const units = await directory.units();
  const below = await peopled(labelled(units, subtree(units, unit.id)), directory);
  const shown = below.slice(0, MOST_UNITS);
  const inTurn = gate(UNITS_AT_ONCE);
  const [board, parts] = await Promise.all([
    readPageBoard(unit, units, period, sources),
    Promise.all(shown.map((one) => inTurn(() => partOf(one, { period, weeks, today }, sources)))),
  ]);
  const [named = unit] = labelled(units, [unit]);
  return { unit: named, period, today, board, parts, left: below.length - shown.length, weeks };
};

/** The board that the unit's people stand on: of what is below it, else among its sisters. */
export const readPageBoard = async (
  unit: Unit,
  units: readonly Unit[],
  period: Period,
  sources: PageSources,
): Promise<Board> => {
  const children = units.filter(({ parent }) => parent === unit.id);
  const compared = children.length > 1 ? children : comparedWith(units, unit);
  const [named, rule] = [labelled(units, compared), ruleFor(units, compared)];
  const closed = await closedBoard(period, { units, compared: named, rule }, sources);
  return closed ?? readBoard(named, period, rule, sources);
};

/** The part of one unit, with each of the period's days. */
export const partOf = async (
  unit: Unit,
  { period, weeks, today }: { readonly period: Period; readonly weeks: readonly Week[]; readonly today: Day },
  { reports, directory, calendar, now }: PageSources,
): Promise<PagePart> => {
  const from = earlier(period.from, weeks[0]?.from ?? today);
  const [people, facts] = await Promise.all([directory.membersOf(unit.id), reports.period(unit.id, from, today)]);
  const members = people.map((person) => factsOf(person, facts));
  const reckoning = reckoningOf(unit, calendar, now.toPlainDateTime());
  const figures = (span: Span): Figures => sumOf(members.map((member) => figuresOf(member, span, reckoning)));
  const cell = (span: Span): Cell => ({ span, figures: figures(span) });
  const begun = weeksIn(period).filter((week) => compareDays(week.from, today) <= 0);
  const days = daysOf(period.from, period.to).map((day) => cell({ from: day, to: day }));
  return {
    unit,
    members: people.length,
    today: figures({ from: today, to: today }),
    open: marksOf(unit, members, today, calendar),
    asked: await withNumbers(unanswered(unit, facts.open), reports, now.toInstant()),
    cells: period.kind === 'week' ? days : begun.map(cell),
    days,
    weeks: weeks.map(figures),
  };
};

/** The weeks of a period, the first and the last as far as they lie in it. */
export const weeksIn = ({ from, to }: Span): readonly Span[] => {
  const weeks: Span[] = [];
  for (let day = from; compareDays(day, to) <= 0; day = weekOf(day).to.add({ days: 1 })) {
    weeks.push({ from: day, to: earlier(weekOf(day).to, to) });
  }
  return weeks;
};

const earlier = (a: Day, b: Day): Day => (compareDays(a, b) < 0 ? a : b);

const urgency: readonly Lamp[] = ['red', 'yellow', 'blue', 'green', 'paused'];

const marksOf = (unit: Unit, members: readonly MemberFacts[], today: Day, calendar: Calendar): readonly OpenMark[] => {
  const rule = lampRuleOf(settingsOf(unit));
  return members
    .flatMap((member) =>
      member.open.map((item) => {
        const { lamp, due, over } = carriedLamp(item, today, calendar, (day) => isOnLeave(day, member), rule);
        return { lamp, due, over, age: workdaysBetween(item.day, today, calendar) };
      }),
    )
    .sort((a, b) => urgency.indexOf(a.lamp) - urgency.indexOf(b.lamp) || b.age - a.age);
};

/** A node of the tree that only holds others together has nothing to show. */
const peopled = async (units: readonly Unit[], directory: Directory): Promise<readonly Unit[]> => {
  const inTurn = gate(UNITS_AT_ONCE);
  const sizes = await Promise.all(units.map(({ id }) => inTurn(async () => (await directory.membersOf(id)).length)));
  return units.filter((_, i) => (sizes[i] ?? 0) > 0);
};
