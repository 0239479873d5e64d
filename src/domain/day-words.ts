/** One day as people write it, read at one place of a text that is `narrow`. */
import { type Day, epochDay, fromEpochDay, mondayOf } from './calendar.ts';
import { matchAt } from './match-at.ts';
import { MONTH_NAME, monthNamed } from './month-names.ts';
import { spelt } from './numbering.ts';

/** What a day that is not written out is completed from. */
export type Reckoning = {
  readonly today: Day;
  /** Which way to look for 11-25, 25日 and 周三. */
  readonly toward: 'past' | 'future';
  /** Look from this day on: the last day of a span is not before its first. */
  readonly since?: Day;
};

/** `end`: where the text goes on. Null stands for: no day is written here. */
export type DayRead = { readonly day: Day; readonly end: number } | { readonly problem: 'no-such-date' } | null;

/** Some days, both inclusive, and where the text goes on. */
export type Span = { readonly from: Day; readonly to: Day; readonly end: number };

type Form = {
  readonly pattern: RegExp;
  /** Null: there is no such day. */
  day(match: RegExpExecArray, reckoning: Reckoning): Day | null;
};

const N = '(\\d{1,2}|[一二三四五六七八九十]{1,3})';
const DAY_SIGN = '(?: ?[日号]|(?! ?[日号]))';
// Before these a number counts something or names a thing: 3-5户, 5号楼, 11/20的任务.
const NO_COUNT = '(?![户个家件次人名万亿元%公里岁条份台套处吨亩米楼栋桥路线门店院机位期批村℃度年天项版小的])';

// `Fri 20 Nov` is how the bot itself writes a day.
const BEFORE_DATE = '(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]* )?';

const forms: readonly Form[] = [
  {
    pattern: new RegExp(`(\\d{4}) ?[-/.年] ?${N} ?[-/.月] ?${N}(?!\\d)${DAY_SIGN}`, 'y'),
    day: ([, year, month, day]) => dayOf(Number(year), spelt(month ?? ''), spelt(day ?? '')),
  },
  {
    pattern: /(20\d\d)(\d\d)(\d\d)(?!\d)/y,
    day: ([, year, month, day]) => dayOf(Number(year), Number(month), Number(day)),
  },
  {
    pattern: new RegExp(`${N} ?月 ?${N}(?![\\d一二三四五六七八九十])${DAY_SIGN}${NO_COUNT}`, 'y'),
    day: ([, month, day], reckoning) => inSomeYear(spelt(month ?? ''), spelt(day ?? ''), reckoning),
  },
  {
    pattern: new RegExp(`(\\d{1,2})[-/](\\d{1,2})(?!\\d|[.:/]\\d)${DAY_SIGN}${NO_COUNT}`, 'y'),
    day: ([, month, day], reckoning) => inSomeYear(Number(month), Number(day), reckoning),
  },
  {
    // 3.5亿元 and 1.5小时 are content, whatever the word after them.
    pattern: /(\d{1,2})\.(\d{1,2})(?!\d|\.\d)(?:[日号]|(?=[到至]|[^\p{L}\p{N}%℃]|$))/uy,
    day: ([, month, day], reckoning) => inSomeYear(Number(month), Number(day), reckoning),
  },
  {
    pattern: new RegExp(`${N} ?[日号]${NO_COUNT}`, 'y'),
    day: ([, day], reckoning) => inSomeMonth(spelt(day ?? ''), reckoning),
  },
  {
    pattern:
      /(?:(大前|大后|今|明|昨|前|后)[天日](?!的)|(?:the )?(day after tomorrow|day before yesterday|today|tomorrow|yesterday)(?![a-z]))/y,
    day: ([, word, english], { today }) => plus(today, offsets[word ?? english ?? ''] ?? 0),
  },
  {
    pattern: /(上上|上|下下|下|本|这)?个?(?:周|星期|礼拜)([一二三四五六日天]|[1-7](?!\d))(?!的)/y,
    day: ([, week, name = ''], reckoning) => ofWeek(week, spelt(name.replace(/[日天]/, '7')), reckoning),
  },
  {
    pattern: new RegExp(`${BEFORE_DATE}(\\d{1,2})(?:st|nd|rd|th)? ${MONTH_NAME}(?: (20\\d\\d))?`, 'y'),
    day: ([, day, month = '', year], reckoning) => ofMonth(month, Number(day), year, reckoning),
  },
  {
    pattern: new RegExp(`${BEFORE_DATE}${MONTH_NAME} (\\d{1,2})(?:st|nd|rd|th)?(?!\\d)(?:,? (20\\d\\d))?`, 'y'),
    day: ([, month = '', day, year], reckoning) => ofMonth(month, Number(day), year, reckoning),
  },
  {
    pattern: /(?:(last|next|this) )?(mon|tue|wed|thu|fri|sat|sun)(?:day|s?day|nesday|rsday|urday|s|rs?)?(?![a-z])/y,
    day: ([, week, name = ''], reckoning) => ofWeek(week, weekdays.indexOf(name) + 1, reckoning),
  },
];

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
/** In days for days, in weeks for weeks. */
const offsets: Readonly<Record<string, number>> = {
  ...{ 大前: -3, 前: -2, 昨: -1, 今: 0, 明: 1, 后: 2, 大后: 3, yesterday: -1, today: 0, tomorrow: 1 },
  ...{ 'day after tomorrow': 2, 'day before yesterday': -2 },
  ...{ 上上: -2, 上: -1, 本: 0, 这: 0, 下: 1, 下下: 2, last: -1, this: 0, next: 1 },
};

export const dayAt = (text: string, at: number, reckoning: Reckoning): DayRead => {
  for (const { pattern, day } of forms) {
    const match = matchAt(pattern, text, at);
    if (!match) continue;
    const found = day(match, reckoning);
    return found ? { day: found, end: at + match[0].length } : { problem: 'no-such-date' };
  }
  return null;
};

const plus = (day: Day, days: number): Day => fromEpochDay(epochDay(day) + days);

/** Null for 30 February and the like, and for years in which nobody used a computer. */
const dayOf = (year: number, month: number, day: number): Day | null => {
  if (year < 1970 || year > 2099 || month < 1 || month > 12) return null;
  const found = fromEpochDay(epochDay({ year, month, day }));
  return found.month === month && found.day === day ? found : null;
};

/** How far a day without a year may lie the other way: somebody who was ill asks for leave afterwards. */
const OTHER_WAY_DAYS = 31;

/** The nearest such day in the direction looked in, or up to a month the other way. */
const inSomeYear = (month: number, day: number, { today, toward, since }: Reckoning): Day | null => {
  const found = (year: number) => dayOf(year, month, day);
  if (since) {
    const [sameYear, nextYear] = [found(since.year), found(since.year + 1)];
    const isLater = sameYear && epochDay(sameYear) >= epochDay(since);
    // 12-30 至 1-2 goes into the new year; 11-27 至 11-25 is a slip, not a leave of a year.
    const isNear = nextYear && epochDay(nextYear) - epochDay(since) < 183;
    return isLater || !isNear ? sameYear : nextYear;
  }
  const days = [-1, 0, 1].flatMap((n) => found(today.year + n) ?? []);
  const from = epochDay(today);
  if (toward === 'past') return days.findLast((d) => epochDay(d) <= from + OTHER_WAY_DAYS) ?? null;
  return days.find((d) => epochDay(d) >= from - OTHER_WAY_DAYS) ?? null;
};

/** The nearest such day in the direction looked in, today included: of this month or one that has it. */
export const inSomeMonth = (day: number, { today, toward, since }: Reckoning): Day | null => {
  const start = since ?? today;
  const step = !since && toward === 'past' ? -1 : 1;
  for (let n = 0; n <= 2; n += 1) {
    const { year, month } = start.with({ day: 1 }).add({ months: n * step });
    const found = dayOf(year, month, day);
    if (found && (epochDay(found) - epochDay(start)) * step >= 0) return found;
  }
  return null;
};

const ofMonth = (name: string, day: number, year: string | undefined, reckoning: Reckoning): Day | null => {
  const month = monthNamed(name) ?? 0;
  return year === undefined ? inSomeYear(month, day, reckoning) : dayOf(Number(year), month, day);
};

const ofWeek = (week: string | undefined, weekday: number, { today, toward, since }: Reckoning): Day => {
  if (week !== undefined) return plus(mondayOf(today), 7 * (offsets[week] ?? 0) + weekday - 1);
  const start = since ?? today;
  const ahead = (weekday - start.dayOfWeek + 7) % 7;
  return plus(start, !since && toward === 'past' && ahead > 0 ? ahead - 7 : ahead);
};
