/** Reads what follows /应急: the unit, until when, and why, in any order. */
import { Temporal } from 'temporal-polyfill';
import { leadingDay } from './dates.ts';
import { readHour } from './hours.ts';
import { cleanName } from './names.ts';
import { asksForChanges } from './setting-history.ts';
import { plain } from './spoken.ts';
import { narrow } from './visible.ts';

export type EmergencyText =
  | { readonly kind: 'shown' }
  /** `words`: the unit, empty when none is named. */
  | { readonly kind: 'ended'; readonly words: readonly string[] }
  /** What was declared before. */
  | { readonly kind: 'listed'; readonly words: readonly string[] }
  /** `words`: the unit and the reason. `until`: null when no end is written, or none that exists. */
  | { readonly kind: 'begun'; readonly words: readonly string[]; readonly until: Temporal.PlainDateTime | null };

const OVER = ['结束', '解除', '停止', '取消', '关', 'end', 'over', 'stop', 'off'];

/** `城关镇 至 22:00 防汛`, `防汛 到明早8点`, `6小时 防汛`, `城关镇 结束`, `城关镇 记录`. */
export const readEmergency = (typed: string, now: Temporal.PlainDateTime): EmergencyText => {
  const text = cleanName(typed);
  if (text === '') return { kind: 'shown' };
  const words = wordsOf(text);
  const isOver = (word: string | undefined) => word !== undefined && OVER.includes(plain(word));
  if (isOver(words.at(-1))) return { kind: 'ended', words: words.slice(0, -1) };
  if (asksForChanges(plain(words.at(-1) ?? ''))) return { kind: 'listed', words: words.slice(0, -1) };
  if (isOver(words[0])) return { kind: 'ended', words: words.slice(1) };
  const found = endIn(text, now);
  if (!found) return { kind: 'begun', words, until: null };
  const rest = [text.slice(0, found.from), text.slice(found.to)];
  return { kind: 'begun', words: rest.flatMap(wordsOf), until: found.until };
};

const wordsOf = (text: string): string[] => text.split(/[\s,，;；、:：。]+/u).filter((word) => word !== '');

const UNTIL = /(?:直到|截至|截止到|至|到|\buntil|\btill|\bto)\s*/gu;
const LASTING = /(\d{1,3})\s*(?:个?小时|h\b|hrs?\b|hours?\b)(?:内)?/u;
const HOUR =
  /^\s*(?:上午|下午|早上|晚上|凌晨|中午|傍晚|早|晚)?\s*(?:\d{1,2}:[0-5]\d|\d{1,2}[点时](?:半|整|[0-5]?\d分?)?|\d{1,2}(?=\s*[ap]m\b))\s*(?:[ap]m\b)?/u;

type End = { readonly from: number; readonly to: number; readonly until: Temporal.PlainDateTime };

/** Where the end stands in the text and when that is; of several the first that can be read. */
const endIn = (text: string, now: Temporal.PlainDateTime): End | null => {
  const said = narrow(text);
  for (const { index, 0: word } of said.matchAll(UNTIL)) {
    const start = index + word.length;
    const end = momentAt(said.slice(start), now);
    if (end) return { from: index, to: start + end.length, until: end.until };
  }
  const lasting = LASTING.exec(said);
  if (!lasting) return null;
  const until = now.add({ hours: Number(lasting[1]) });
  return { from: lasting.index, to: lasting.index + lasting[0].length, until };
};

/** 今晚8点 is today's 晚上8点. */
const SHORT: readonly (readonly [RegExp, string])[] = [
  [/^今晚/, '今天晚上'],
  [/^明早/, '明天早上'],
  [/^明晚/, '明天晚上'],
  [/^tonight/, 'today'],
];

const momentAt = (said: string, now: Temporal.PlainDateTime) => {
  const full = SHORT.reduce((text, [short, long]) => text.replace(short, long), said);
  const added = full.length - said.length;
  const alone = hourAt(full);
  if (alone) {
    const today = now
      .toPlainDate()
      .toPlainDateTime(alone.time)
      .add({ days: alone.isMidnight ? 1 : 0 });
    // Without a day it is the next time that the clock shows it.
    const until = Temporal.PlainDateTime.compare(today, now) > 0 ? today : today.add({ days: 1 });
    return { until, length: alone.length - added };
  }
  const read = leadingDay(full, now.toPlainDate(), 'future');
  if ('problem' in read) return null;
  const hour = hourAt(read.rest);
  if (!hour) return null;
  const until = read.day.toPlainDateTime(hour.time).add({ days: hour.isMidnight ? 1 : 0 });
  return { until, length: full.length - read.rest.length + hour.length - added };
};

/** The hour that `text` begins with; 24:00 is the midnight after. */
const hourAt = (text: string) => {
  const length = HOUR.exec(text)?.[0].length ?? 0;
  const said = text.slice(0, length).trim();
  const isMidnight = said === '24:00' || said === '24点';
  const time = length === 0 ? null : isMidnight ? '00:00' : readHour(said);
  return time === null ? null : { time: Temporal.PlainTime.from(time), isMidnight, length };
};
