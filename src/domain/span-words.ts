/** Spans that are not written as two days: a count of days, a whole week, two days before one month's name. */
import { epochDay, fromEpochDay, mondayOf } from './calendar.ts';
import { dayAt, type Reckoning, type Span } from './day-words.ts';
import { matchAt } from './match-at.ts';
import { MONTH_NAME } from './month-names.ts';
import { spelt } from './numbering.ts';

// Spaces are counted: a run of them, split in every way, would take for ever.
const BEFORE_COUNT = '\\s{0,2}(?:起|开始)?\\s{0,2}(?:共|连续|连|请|休|休假|请假)?\\s{0,2}(?:for (?:the )?)?';
const UNIT = '(天|周|个?(?:星期|礼拜)|days?|weeks?)';
/** `3天`, `起三天`, `两周`, ` for 3 days`; what goes on with 前 or 后 is another day. */
const COUNT = new RegExp(
  `${BEFORE_COUNT}(\\d{1,2}|[一两二三四五六七八九十]{1,3}|a|one|two|three|four|five) ?${UNIT}(?:的?假)?(?![前后内年末然气a-z])`,
  'uy',
);
const FROM = /\s{0,2}(?:from |starting |beginning |从|自)\s{0,2}/y;
const WEEK = /(下下|下|本|这)一?个?(?:周|星期|礼拜)(?![一二三四五六日天\d末])|(this|next) week(?![a-z])/uy;
const BEFORE_MONTH = new RegExp(
  `(\\d{1,2})(?:st|nd|rd|th)? ?(?:-|–|—|~|to) ?(\\d{1,2})(?:st|nd|rd|th)? ${MONTH_NAME}`,
  'y',
);

/** Two days in one word. */
const PAIR = /(今明|明后)(?:两|二|2)?天/y;

const english = ['a', 'one', 'two', 'three', 'four', 'five'];
const weeksAhead: Readonly<Record<string, number>> = { 下下: 2, 下: 1, 本: 0, 这: 0, next: 1, this: 0 };

/** How many days are counted here, and where the text goes on; null when none are. */
export const countAt = (text: string, at: number): { readonly days: number; readonly end: number } | null => {
  const match = matchAt(COUNT, text, at);
  if (!match) return null;
  const [whole, count = '', unit = ''] = match;
  const latin = english.indexOf(count);
  const number = latin < 0 ? spelt(count.replace('两', '二')) : Math.max(1, latin);
  return { days: /^(?:天|day)/.test(unit) ? number : number * 7, end: at + whole.length };
};

/** `3天` from today, `3 days from Monday`, `下周` from Monday to Sunday, `本周` from today on, `25 to 27 Nov`, `明后两天`. */
export const spanInWords = (text: string, at: number, reckoning: Reckoning): Span | null => {
  const { today } = reckoning;
  const week = matchAt(WEEK, text, at);
  if (week) {
    const ahead = weeksAhead[week[1] ?? week[2] ?? ''] ?? 0;
    const monday = epochDay(mondayOf(today)) + 7 * ahead;
    return { from: ahead === 0 ? today : fromEpochDay(monday), to: fromEpochDay(monday + 6), end: at + week[0].length };
  }
  const pair = matchAt(PAIR, text, at);
  if (pair) {
    const from = fromEpochDay(epochDay(today) + (pair[1] === '今明' ? 0 : 1));
    return { from, to: fromEpochDay(epochDay(from) + 1), end: at + pair[0].length };
  }
  const days = matchAt(BEFORE_MONTH, text, at);
  if (days) {
    const [whole, first = '', last = ''] = days;
    const end = dayAt(text, at + whole.lastIndexOf(last, whole.search(/[a-z]{3}/)), reckoning);
    if (!end || 'problem' in end || Number(first) > end.day.daysInMonth) return null;
    return { from: end.day.with({ day: Number(first) }), to: end.day, end: end.end };
  }
  const count = countAt(text, at);
  if (!count || count.days < 1) return null;
  const from = matchAt(FROM, text, count.end);
  const start = from && dayAt(text, count.end + from[0].length, reckoning);
  const first = start && !('problem' in start) ? start : { day: today, end: count.end };
  return { from: first.day, to: fromEpochDay(epochDay(first.day) + count.days - 1), end: first.end };
};
