import { type Calendar, type Day, daysOf, nextWorkday } from './calendar.ts';
import type { OpenItem } from './report.ts';
import { defaults, type Settings } from './settings.ts';

/** From calm to urgent; `paused` stands apart: somebody else is waited for, or the owner is on leave. */
export const lamps = ['green', 'blue', 'yellow', 'red'] as const;
export type Lamp = (typeof lamps)[number] | 'paused';

/** In workdays: blue from `soon` before the due day, red after more than `grace` past it. `/为什么` names the version. */
export type LampRule = { readonly version: string; readonly soon: number; readonly grace: number };

/** The rule that a unit's settings make. */
export const lampRuleOf = ({ lampSoon: soon, lampGrace: grace }: Settings): LampRule => {
  const isChanged = soon !== defaults.lampSoon || grace !== defaults.lampGrace;
  return { version: isChanged ? `lamp-1-${soon}-${grace}` : 'lamp-1', soon, grace };
};

export const lampRule: LampRule = lampRuleOf(defaults);

/** A lamp with what it was made of. */
export type LampFacts = {
  readonly lamp: Lamp;
  readonly due: Day;
  /** Workdays after today up to the due day without paused ones; 0 when it has passed. */
  readonly left: number;
  /** Workdays after the due day up to today. Paused and provisional (暂定) ones do not count. */
  readonly over: number;
};

/**
 * The lamp on `today` of what is due on `due`. Never turns on a day off, nor to yellow or red on a provisional day:
 * nobody could say that it was a workday. `isPaused` names the days on which the clock stands, such as the owner's
 * leave.
 */
export const lampOn = (
  today: Day,
  due: Day,
  calendar: Calendar,
  isPaused: (day: Day) => boolean = nobody,
  rule: LampRule = lampRule,
): LampFacts => {
  const counts = (day: Day) => calendar.isWorkday(day) && !isPaused(day);
  const left = daysOf(next(today), due).filter(counts).length;
  const over = daysOf(next(due), today).filter((day) => counts(day) && calendar.isKnown(day)).length;
  if (isPaused(today)) return { lamp: 'paused', due, left, over };
  if (over > rule.grace) return { lamp: 'red', due, left, over };
  if (over > 0) return { lamp: 'yellow', due, left, over };
  return { lamp: left <= rule.soon ? 'blue' : 'green', due, left, over };
};

const next = (day: Day): Day => day.add({ days: 1 });

const nobody = () => false;

/** The day by which an unfinished item is to be done: the next workday after its own on which its owner is there. */
export const dueOf = (
  item: Pick<OpenItem, 'day' | 'answered'>,
  calendar: Calendar,
  isOnLeave: (day: Day) => boolean = nobody,
): Day => {
  const next = nextWorkday(item.answered ?? item.day, calendar);
  let due = next;
  // Whoever is away for longer is waited for by nobody.
  for (let away = 0; away < MOST_AWAY; away += 1) {
    if (!isOnLeave(due)) return due;
    due = nextWorkday(due, calendar);
  }
  return next;
};
/** In workdays: a year. */
const MOST_AWAY = 250;

/** The lamp of an unfinished item. One that waits on somebody (等…, 求助) is paused for as long as it does. */
export const carriedLamp = (
  item: Pick<OpenItem, 'day' | 'kind' | 'answered'>,
  today: Day,
  calendar: Calendar,
  isOnLeave?: (day: Day) => boolean,
  rule?: LampRule,
): LampFacts => {
  const facts = lampOn(today, dueOf(item, calendar, isOnLeave), calendar, isOnLeave, rule);
  return item.kind === 'open' || item.answered ? facts : { ...facts, lamp: 'paused' };
};
