/** Days, spans and periods as people write them, in Chinese or English, in any width. */
import { type Day, epochDay, fromEpochDay, mondayOf } from './calendar.ts';
import { dayAt, inSomeMonth, type Reckoning, type Span } from './day-words.ts';
import { matchAt } from './match-at.ts';
import { monthNamed } from './month-names.ts';
import { spelt } from './numbering.ts';
import { countAt, spanInWords } from './span-words.ts';
import { narrow } from './visible.ts';

/** A quarter. Whoever is away for longer is no longer expected to report, and leaves the unit's list. */
export const MAX_LEAVE_DAYS = 92;

type NoDay = { readonly problem: 'no-date' | 'no-such-date' };
export type LeadingDay = { readonly day: Day; readonly rest: string } | NoDay;
export type LeadingSpan =
  | { readonly from: Day; readonly to: Day; readonly rest: string }
  | NoDay
  | { readonly problem: 'ends-before-start' | 'too-long' | 'not-one-span' };

/**
 * The day that `text` begins with (`11-20 走访3户`, `周五：…`, `昨天…`), and what follows it. Without a year it is the
 * nearest one in the direction of `toward`, or up to a month the other way, so that a slip into the future is seen as
 * one; a day of the month or week without more is never the other way.
 */
export const leadingDay = (text: string, today: Day, toward: Reckoning['toward']): LeadingDay => {
  const plain = narrow(text);
  const read = dayAt(plain, skip(START, plain, 0), { today, toward });
  if (!read) return { problem: 'no-date' };
  return 'problem' in read ? read : { day: read.day, rest: restOf(text, plain, read.end) };
};

/**
 * The days that `text` begins with, both inclusive, and what follows them: `11-25`, `11-25 至 11-27 出差`, `25-27日`,
 * `明天起3天`, `明天、后天`, `到周三` (from today), `下周`, `3天`. The last day is completed from the first: `12-30 至 1-2`.
 */
export const leadingSpan = (text: string, today: Day, toward: Reckoning['toward']): LeadingSpan => {
  const plain = narrow(text);
  const start = skip(START, plain, 0);
  const first = spanInWords(plain, start, { today, toward }) ?? spanAt(plain, start, { today, toward });
  const span = 'problem' in first ? first : withMore(plain, first, { today, toward });
  if ('problem' in span) return span;
  const days = epochDay(span.to) - epochDay(span.from) + 1;
  if (days < 1) return { problem: 'ends-before-start' };
  if (days > MAX_LEAVE_DAYS) return { problem: 'too-long' };
  return { from: span.from, to: span.to, rest: restOf(text, plain, span.end) };
};

const START = /[\s\p{Cf}]*(?:从|自|from |on |all )?\s*/uy;
const UNTIL = /(?:到|至|until |till )\s*/y;
const CONNECTOR = /\s*(?:起|开始)?(?:到|至|[-~〜—–]+|\.{2,3}|…+|(?<=\s)(?:to|until|till)(?=\s))\s*/y;
// Weekdays are told one after the other without anything between: 周三周四.
const AND = /\s{0,2}(?:(?:[、和及与,]|,? ?and )\s{0,2}|(?=(?:周|星期|礼拜)[一二三四五六日天]))/y;
const DAYS_OF_MONTH = /(\d{1,2})\s*(?:到|至|[-~〜—–]+)\s*(\d{1,2})[日号](?!\p{L})/uy;
const BARE_DAY = /(\d{1,2})(?![\d\p{L}.:/-])/uy;
// A weekday in brackets belongs to its date; a dash without a space may be a minus.
const AFTER = /\s*(?:\((?:周|星期)[一二三四五六日天]\))?[\s:,、。]*(?:[-–—]+\s+)?/y;

const skip = (pattern: RegExp, text: string, at: number): number => at + (matchAt(pattern, text, at)?.[0].length ?? 0);
const restOf = (text: string, plain: string, end: number): string => text.slice(skip(AFTER, plain, end)).trimEnd();

const spanAt = (text: string, at: number, reckoning: Reckoning): Span | NoDay => {
  const numbers = matchAt(DAYS_OF_MONTH, text, at);
  if (numbers) {
    const from = inSomeMonth(Number(numbers[1]), reckoning);
    const to = from && inSomeMonth(Number(numbers[2]), { ...reckoning, since: from });
    return from && to ? { from, to, end: at + numbers[0].length } : { problem: 'no-such-date' };
  }
  const until = skip(UNTIL, text, at);
  const first = dayAt(text, until, reckoning);
  if (!first) return { problem: 'no-date' };
  if ('problem' in first) return first;
  if (until > at) return { from: reckoning.today, to: first.day, end: first.end };
  return spanFrom(text, first, reckoning);
};

const spanFrom = (text: string, { day: from, end }: { day: Day; end: number }, reckoning: Reckoning): Span | NoDay => {
  const count = countAt(text, end);
  if (count) return { from, to: fromEpochDay(epochDay(from) + count.days - 1), end: count.end };
  const connector = matchAt(CONNECTOR, text, end);
  if (!connector) return { from, to: from, end };
  const at = end + connector[0].length;
  const since = { ...reckoning, since: from };
  const last = dayAt(text, at, since);
  if (last) return 'problem' in last ? last : { from, to: last.day, end: last.end };

  const bare = matchAt(BARE_DAY, text, at);
  if (!bare) return { from, to: from, end };
  const to = inSomeMonth(Number(bare[1]), since);
  return to ? { from, to, end: at + bare[0].length } : { problem: 'no-such-date' };
};

/** Days that are listed one by one are one span where each follows the one before. */
const withMore = (text: string, first: Span, reckoning: Reckoning): Span | { readonly problem: 'not-one-span' } => {
  let span = first;
  for (let days = 0; days <= MAX_LEAVE_DAYS; days += 1) {
    const more = matchAt(AND, text, span.end);
    const since = { ...reckoning, since: span.to };
    const next = more && oneMore(text, span.end + more[0].length, !more[0].includes(','), since);
    if (!next || 'problem' in next) break;
    // 明天周二 names one day twice.
    const step = epochDay(next.day) - epochDay(span.to);
    if (step !== 0 && step !== 1) return { problem: 'not-one-span' };
    span = { from: span.from, to: next.day, end: next.end };
  }
  return span;
};

/** After a comma a number alone is no day. */
const oneMore = (text: string, at: number, mayBeBare: boolean, reckoning: Reckoning): ReturnType<typeof dayAt> => {
  const bare = mayBeBare ? matchAt(BARE_DAY, text, at) : null;
  if (!bare) return dayAt(text, at, reckoning);
  const day = inSomeMonth(Number(bare[1]), reckoning);
  return day && { day, end: at + bare[0].length };
};

/** Days that were named. What boards speak of is in period.ts. */
export type NamedDays = {
  readonly from: Day;
  readonly to: Day;
  readonly kind: 'day' | 'this-week' | 'last-week' | 'this-month' | 'last-month' | 'month' | 'quarter' | 'span';
};

/** 本季度, 上季度, 三季度, Q3, 2026年第三季度. */
const QUARTER =
  /^(?:(20\d\d) ?[-/.年]? ?)?(?:([本这上])个?季度?|第?([1-4一二三四])季度?|q([1-4])|(this|last) quarter)$/;
const MONTH = /^(?:(20\d\d) ?[-/.年] ?)?(\d{1,2}|[一二三四五六七八九十]{1,2}) ?(月份?)?$/;

/** `October 2026` and `Q3 2026` are written the other way round. */
const yearFirst = (text: string): string => text.replace(/^([a-z]+\d?) (20\d\d)$/, '$2 $1');

/** `去年11月`, `今年三季度`. */
const yearNamed = (text: string, { year }: Day): string =>
  text.replace(
    /^(?:(去年|上年)|(明年)|今年|本年)的? ?(?=\S)/u,
    (_, last, next) => `${year + (next ? 1 : last ? -1 : 0)}年`,
  );

/** The days that the whole of `text` names: 本周, 上周, 本月, 上月, 11月, 三季度, a day, or a span; null when it names none. */
export const periodOf = (text: string, today: Day): NamedDays | null => {
  const plain = yearFirst(yearNamed(narrow(text).trim(), today));
  const week = (n: number, kind: NamedDays['kind']): NamedDays => {
    const monday = epochDay(mondayOf(today)) + 7 * n;
    return { from: fromEpochDay(monday), to: fromEpochDay(monday + 6), kind };
  };
  const month = (first: Day, kind: NamedDays['kind']): NamedDays => ({
    from: first,
    to: first.add({ months: 1 }).subtract({ days: 1 }),
    kind,
  });
  const thisMonth = today.with({ day: 1 });

  if (/^(?:[本这]个?(?:周|星期)|this week)$/.test(plain)) return week(0, 'this-week');
  if (/^(?:上个?(?:周|星期)|last week)$/.test(plain)) return week(-1, 'last-week');
  if (/^(?:上上个?(?:周|星期)|week before last)$/.test(plain)) return week(-2, 'span');
  if (/^(?:[本这]个?月|this month)$/.test(plain)) return month(thisMonth, 'this-month');
  if (/^(?:上个?月|last month)$/.test(plain)) return month(thisMonth.subtract({ months: 1 }), 'last-month');

  const quarter = QUARTER.exec(plain);
  if (quarter) return quarterOf(quarter, today);

  const [, before = '', word = ''] = /^(20\d\d )?([a-z]+)$/.exec(plain) ?? [];
  const named = monthNamed(word);
  const [, year, number = '', sign] = MONTH.exec(named === null ? plain : `${before}${before && '年'}${named}月`) ?? [];
  if (spelt(number) >= 1 && spelt(number) <= 12 && (year ?? sign)) {
    const first = thisMonth.with({ month: spelt(number), ...(year === undefined ? {} : { year: Number(year) }) });
    // Without a year it is the last one that has begun.
    const isAhead = year === undefined && epochDay(first) > epochDay(today);
    return month(isAhead ? first.subtract({ years: 1 }) : first, 'month');
  }

  const span = spanAt(plain, 0, { today, toward: 'past' });
  if ('problem' in span || span.end !== plain.length || epochDay(span.to) < epochDay(span.from)) return null;
  return { from: span.from, to: span.to, kind: epochDay(span.from) === epochDay(span.to) ? 'day' : 'span' };
};

/**
 * Two days or more that the whole of `text` is, however many: the next ones that are not over yet, else those that are.
 * May end before they begin.
 */
export const wholeSpan = (text: string, today: Day): { readonly from: Day; readonly to: Day } | null => {
  const plain = narrow(text).trim();
  const start = skip(START, plain, 0);
  const found = (['past', 'future'] as const).flatMap((toward) => {
    const span = spanInWords(plain, start, { today, toward }) ?? spanAt(plain, start, { today, toward });
    const isWhole = !('problem' in span) && span.end === plain.length && epochDay(span.from) !== epochDay(span.to);
    return isWhole ? [{ from: span.from, to: span.to }] : [];
  });
  return found.find(({ to }) => epochDay(to) >= epochDay(today)) ?? found[0] ?? null;
};

/** Without a year it is the last one that has begun. */
const quarterOf = ([, year, near, chinese, latin, english]: RegExpExecArray, today: Day): NamedDays => {
  const running = Math.floor((today.month - 1) / 3);
  const named = chinese ?? latin;
  const back = near === '上' || english === 'last' ? 1 : 0;
  const index = named === undefined ? running - back : spelt(named) - 1;
  const first = today
    .with({ year: year === undefined ? today.year : Number(year), month: 1, day: 1 })
    .add({ months: 3 * index });
  const isAhead = year === undefined && epochDay(first) > epochDay(today);
  const from = isAhead ? first.subtract({ years: 1 }) : first;
  return { from, to: from.add({ months: 3 }).subtract({ days: 1 }), kind: 'quarter' };
};
