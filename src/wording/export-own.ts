/** One's own records as sheets: nobody else gets them. */
import type { Temporal } from 'temporal-polyfill';
import { type Calendar, compareDays, daysOf, epochDay, fromEpochDay, mondayOf } from '../domain/calendar.ts';
import type { Member, Unit } from '../domain/organisation.ts';
import { duesOn, factsOf, reckoningOf } from '../domain/owing.ts';
import { fullLabel } from '../domain/people.ts';
import type { Span } from '../domain/period.ts';
import type { Translate } from '../i18n.ts';
import type { Cell, Directory, ReportStore, Sheet } from '../ports.ts';
import { commentsTo, ownFrom, ownWeek, toldItems } from './history.ts';
import { daysHere, earlierStays, filedIn, type Stay } from './stays.ts';

const DAYS_A_WEEK = 7;

export type OwnSources = {
  readonly member: Member;
  readonly unit: Unit;
  readonly reports: ReportStore;
  readonly directory: Directory;
  readonly calendar: Calendar;
  readonly now: Temporal.ZonedDateTime;
  readonly t: Translate;
};

/** Items, weeks, comments and days of the span. */
export const ownSheets = (span: Span, sources: OwnSources): Promise<readonly Sheet[]> =>
  Promise.all([
    itemSheet(span, sources),
    weekSheet(span, sources),
    commentSheet(span, sources),
    daySheet(span, sources),
  ]);

const itemSheet = async (span: Span, { member, reports, t }: OwnSources): Promise<Sheet> => {
  const items = await toldItems(ownFrom(member, span), reports);
  return {
    name: t('export.items'),
    columns: [
      { title: t('export.day'), width: 12 },
      { title: t('export.kind'), width: 16 },
      { title: t('export.text'), width: 70 },
    ],
    rows: items.map(({ day, kind, text }) => [day, t(`item.kind.${kind}`), text]),
  };
};

/** Each report that was asked for, by the rules of the unit in which it was owed, with what it counted. */
const daySheet = async ({ from, to }: Span, sources: OwnSources): Promise<Sheet> => {
  const { member, unit, reports, calendar, now, t } = sources;
  const today = now.toPlainDate();
  const span = { from, to: compareDays(to, today) < 0 ? to : today };
  const [period, earlier] = await Promise.all([
    reports.period(unit.id, span.from, span.to),
    earlierStays(member, span, sources),
  ]);
  const stays: readonly Stay[] = [...earlier, { unit, span: daysHere(member, span), facts: factsOf(member, period) }];
  const filed = filedIn(stays);
  const rows = stays.flatMap((stay): Cell[][] => {
    const facts = { ...stay.facts, ...filed };
    const dues = duesOn(
      daysOf(stay.span.from, stay.span.to),
      facts,
      reckoningOf(stay.unit, calendar, now.toPlainDateTime()),
    );
    const told = dues.filter(({ day, standing }) => standing !== 'joining' || facts.days.has(day.toString()));
    return told.map(({ day, monday, standing }) => {
      const letters =
        facts.days
          .get(day.toString())
          ?.entries.map((entry) => entry.letters)
          .join('') ?? '';
      const count = (wanted: string) => [...letters].filter((letter) => wanted.includes(letter)).length;
      const counts = monday === null && letters !== '' ? [count('dx'), count('owh'), count('p')] : [null, null, null];
      const what = t('export.turn', { turn: monday === null ? 'day' : 'week' });
      return [day, stay.unit.name, what, t('standing.name', { standing }), ...counts];
    });
  });
  return {
    name: t('export.days'),
    columns: [
      { title: t('export.day'), width: 12 },
      { title: t('board.unit'), width: 30 },
      { title: t('export.report'), width: 10 },
      { title: t('export.standing'), width: 26 },
      { title: t('item.kind.done'), width: 8 },
      { title: t('item.kind.open'), width: 8 },
      { title: t('item.kind.plan'), width: 8 },
    ],
    rows,
  };
};

const weekSheet = async ({ from, to }: Span, { member, reports, t }: OwnSources): Promise<Sheet> => {
  const first = epochDay(mondayOf(from));
  const count = Math.floor((epochDay(to) - first) / DAYS_A_WEEK) + 1;
  const mondays = Array.from({ length: count }, (_, week) => fromEpochDay(first + DAYS_A_WEEK * week));
  const texts = await Promise.all(mondays.map((monday) => ownWeek(member, monday, reports)));
  return {
    name: t('export.weeks'),
    columns: [
      { title: t('export.monday'), width: 20 },
      { title: t('export.text'), width: 80 },
    ],
    rows: mondays.flatMap((monday, i) => (texts[i] == null ? [] : [[monday, texts[i]]])),
  };
};

const commentSheet = async (span: Span, { member, reports, directory, t }: OwnSources): Promise<Sheet> => {
  const comments = await commentsTo(ownFrom(member, span), reports);
  const rows = comments.map(async ({ day, by, text }) => {
    const leader = await directory.member(by);
    return [day, leader ? fullLabel(leader) : '', text ?? t('item.erased')];
  });
  return {
    name: t('export.comments'),
    columns: [
      { title: t('export.day'), width: 12 },
      { title: t('export.who'), width: 24 },
      { title: t('export.text'), width: 70 },
    ],
    rows: await Promise.all(rows),
  };
};
