/** Rates with the counts they are made of. */
import type { Calendar, Day } from '../domain/calendar.ts';
import { daysOf, unknownYear } from '../domain/calendar.ts';
import type { Reckoning } from '../domain/owing.ts';
import {
  type Figures,
  inTenths,
  perMille,
  type Rate,
  type RateName,
  ratesOf,
  type ScoreRule,
  scoreRule,
} from '../domain/score.ts';
import type { Week } from '../domain/weeks.ts';
import type { Translate } from '../i18n.ts';
import { shortDay } from './week.ts';

/** `15/20（75.0%）`; a dash where nothing happened. */
export const rateWords = (rate: Rate | undefined, t: Translate): string =>
  rate ? t('rate.value', { ...rate, percent: inTenths(perMille(rate)) }) : t('rate.none');

export const rateName = (rate: RateName, t: Translate): string => t('rate.name', { rate });

/** `按时率 15/20（75.0%），日清率 24/30（80.0%）` */
export const ratesLine = (figures: Figures, t: Translate): string => {
  const { onTimeReport, cleared } = ratesOf(figures);
  return t('rate.both', { onTimeReport: rateWords(onTimeReport, t), cleared: rateWords(cleared, t) });
};

/** What a report stands for in these days: a workday, a week, or either where the unit changed its cadence. */
export type Turn = 'day' | 'week' | 'either';

export const turnOf = ({ from, to }: Week, { cadenceOn }: Pick<Reckoning, 'cadenceOn'>): Turn => {
  const isWeeks = new Set(daysOf(from, to).map((day) => cadenceOn(day) === 'weekly'));
  return isWeeks.size > 1 ? 'either' : isWeeks.has(true) ? 'week' : 'day';
};

/** How both rates come about. `members`: of how many people the figures are. */
export const ratesExplained = (figures: Figures, members: number, turn: Turn, t: Translate): string[] => {
  const { onTimeReport, cleared } = ratesOf(figures);
  const { expected, onTime, late, leave, joining, pending, provisional, duty } = figures;
  const turns = members === 0 ? 0 : (expected + leave + joining + pending + provisional - duty) / members;
  return [
    onTimeReport
      ? t('why.on-time', { ...onTimeReport, percent: inTenths(perMille(onTimeReport)) })
      : t('why.on-time-none'),
    t('why.expected', { expected, members, turns, turn, duty, leave, joining, pending, provisional }),
    ...(expected > 0 ? [t('why.reports', { onTime, late, missing: expected - onTime - late })] : []),
    cleared ? t('why.cleared', { ...cleared, percent: inTenths(perMille(cleared)) }) : t('why.cleared-none'),
    ...itemNotes(figures, t),
  ];
};

const itemNotes = ({ carried, inTime, waiting }: Figures, t: Translate): string[] => [
  ...(carried > 0 ? [t('why.carried', { count: carried })] : []),
  ...(inTime > 0 ? [t('why.in-time', { count: inTime })] : []),
  ...(waiting > 0 ? [t('why.waiting', { count: waiting })] : []),
];

const DAYS_OF_WEEK = 7;
const FRIDAY = 5;

/** Which days of the week are worked and which are not, by the calendar; and whether that is certain. */
export const daysExplained = (week: Week, calendar: Calendar, t: Translate): string[] => {
  const days = daysOf(week.from, week.to);
  const names = (some: readonly Day[]) => some.map((day) => shortDay(day, t)).join(t('list.and'));
  const [worked, off] = [days.filter(calendar.isWorkday), days.filter((day) => !calendar.isWorkday(day))];
  if (days.length > DAYS_OF_WEEK) {
    const isWeekend = (day: Day) => day.dayOfWeek > FRIDAY;
    const [extra, free] = [worked.filter(isWeekend), off.filter((day) => !isWeekend(day))];
    return [
      t('why.days-long', {
        count: worked.length,
        holidays: free.length,
        off: names(free),
        makeUps: extra.length,
        worked: names(extra),
      }),
      ...provisionalNote(week, calendar, t),
    ];
  }
  return [
    t('why.days', { worked: names(worked), count: worked.length, off: names(off) }),
    ...provisionalNote(week, calendar, t),
  ];
};

/** Said aloud where days are counted whose holidays nobody has imported. */
export const provisionalNote = ({ from, to }: Week, calendar: Calendar, t: Translate): string[] => {
  const year = unknownYear(from, to, calendar);
  return year === null ? [] : [t('calendar.provisional', { year: `${year}` })];
};

/** When a closed period was frozen: what was corrected since is not in it. */
export const frozenNote = (frozenOn: Day | undefined, t: Translate): string[] =>
  frozenOn ? [t('board.frozen', { month: frozenOn.month, day: frozenOn.day })] : [];

/** Under which rules a figure was made; ends every board. */
export const footer = (t: Translate, { version }: ScoreRule = scoreRule): string =>
  t('board.footer', { rule: version });
