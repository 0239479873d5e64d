/** When those who owe are reminded: at the unit's times, at one of their own, or never. All hours are `HH:MM`. */
import { readHour } from './hours.ts';
import { minuteOfDay } from './local-time.ts';
import type { Member, Unit } from './organisation.ts';
import { type Refusal, refuse } from './refusal.ts';
import { type Settings, settingsOf } from './settings.ts';
import { plain } from './spoken.ts';

/** Both ends belong to it. No prompt before the working day is nearly over, none after the shortest quiet hours begin. */
export const nudgeRange = { from: '15:00', to: '20:30' } as const;
/** A second reminder of a day comes so many minutes after the first at the earliest, and a third never. */
const MINUTES_BETWEEN = 120;
/** Own times lie on full five minutes, so that a large unit is not looked through every minute. */
const STEP_MINUTES = 5;

const NEVER = [
  '关',
  '关闭',
  '停',
  '停用',
  '不要',
  '不用',
  '不需要',
  '取消',
  '别提醒',
  '不提醒',
  'off',
  'none',
  'no',
  'never',
];
const AS_THE_UNIT = ['默认', '恢复', '开', '打开', 'default', 'on'];

/** `off`, `17:00` or `16:00,18:00` as `nudgeAt` keeps it; null when it is neither. */
export const readNudges = (typed: string): string | null => {
  if (NEVER.includes(plain(typed))) return 'off';
  const hours = typed
    .trim()
    .split(/\s*(?:[,，、/／;；]|和|与|\band\b)\s*|\s+/u)
    .map(readHour);
  const [first, second, ...more] = hours.filter((hour) => hour !== null).toSorted();
  if (first === undefined || hours.includes(null) || more.length > 0) return null;
  if ([first, second ?? first].some((hour) => hour < nudgeRange.from || hour > nudgeRange.to)) return null;
  if (second === undefined) return first;
  return minuteOfDay(second) - minuteOfDay(first) >= MINUTES_BETWEEN ? `${first},${second}` : null;
};

/** The unit's own times, none to two. */
export const unitNudges = ({ nudgeAt }: Pick<Settings, 'nudgeAt'>): readonly string[] =>
  nudgeAt === 'off' ? [] : nudgeAt.split(',');

/** Before the deadline, and while the bot may speak. */
const isPossible = (hour: string, { deadline, quietFrom, quietTo }: Settings): boolean =>
  hour >= nudgeRange.from && hour < deadline && hour < quietFrom && hour >= quietTo;

/** The hour before which a person's own time must lie. */
export const latestNudge = ({ deadline, quietFrom }: Settings): string => (deadline < quietFrom ? deadline : quietFrom);

type Reminded = Pick<Unit, 'settings' | 'ownNudges'>;

const ownTimes = (unit: Reminded): readonly string[] =>
  (unit.ownNudges ?? []).filter((hour) => isPossible(hour, settingsOf(unit)));

/** Every time at which somebody in the unit may be reminded. */
export const nudgeTimes = (unit: Reminded): readonly string[] => [
  ...new Set([...unitNudges(settingsOf(unit)), ...ownTimes(unit)]),
];

/**
 * The times at which this member is. An own time that the unit does not know, since it was chosen in another one, or
 * that came to lie in quiet hours, gives way to the unit's.
 */
export const nudgesOf = ({ nudgeAt }: Pick<Member, 'nudgeAt'>, unit: Reminded): readonly string[] => {
  if (nudgeAt === 'off') return [];
  return nudgeAt !== undefined && ownTimes(unit).includes(nudgeAt) ? [nudgeAt] : unitNudges(settingsOf(unit));
};

/** What a person asks for: an hour, `off`, or null for as the unit has it; `unreadable` for anything else. */
export const readReminder = (typed: string): { readonly at: string | null } | 'unreadable' => {
  const said = plain(typed);
  if (NEVER.includes(said)) return { at: 'off' };
  if (AS_THE_UNIT.includes(said)) return { at: null };
  const hour = readHour(typed);
  if (hour === null) return 'unreadable';
  // Nobody who says half past five means the morning.
  const minutes = minuteOfDay(hour) + (hour < '09:00' && !/^0/.test(said) ? 12 * 60 : 0);
  const full = minutes - (minutes % STEP_MINUTES);
  return { at: `${two(Math.floor(full / 60))}:${two(full % 60)}` };
};

const two = (n: number): string => `${n}`.padStart(2, '0');

/** What the answer is worded from: when the member is reminded from now on. */
export type ReminderFacts = { readonly own: string | null; readonly times: readonly string[] };

/** Sets or takes back a member's own time; the unit keeps which times its members have chosen. */
export const changeReminder = (
  member: Member,
  unit: Unit,
  at: string | null,
):
  | { readonly members: readonly Member[]; readonly units: readonly Unit[]; readonly facts: ReminderFacts }
  | Refusal<'range'> => {
  const settings = settingsOf(unit);
  if (at !== null && at !== 'off' && !isPossible(at, settings)) {
    return refuse('range', { value: at, from: nudgeRange.from, before: latestNudge(settings) });
  }
  const { nudgeAt: _, ...others } = member;
  const changed: Member = at === null ? others : { ...others, nudgeAt: at };
  const known = unit.ownNudges ?? [];
  const isNew = at !== null && at !== 'off' && !known.includes(at);
  const reminded = isNew ? { ...unit, ownNudges: [...known, at].sort() } : unit;
  return {
    members: member.nudgeAt === changed.nudgeAt ? [] : [changed],
    units: isNew ? [reminded] : [],
    facts: { own: at, times: nudgesOf(changed, reminded) },
  };
};
