/** Help requests (求助): how their numbers are spelt, by when a leader should answer, and who of the leaders. */
import { type Calendar, type Day, nextWorkday } from './calendar.ts';
import { type LampFacts, lampOn } from './lamp.ts';
import { minuteOfDay } from './local-time.ts';
import type { Member, Unit } from './organisation.ts';
import { narrow } from './visible.ts';

/** Leaders have deadlines too: a request is answered by this hour of the next workday. */
export const ANSWER_BY = '18:00';

/** `H-07`, as people read and type it. */
export const requestLabel = (number: number): string => `H-${String(number).padStart(2, '0')}`;

/** The number in `H-07`, in any width and case, with or without the stroke; and what stands after it. */
export const readRequest = (typed: string): { readonly number: number; readonly rest: string } | null => {
  const read = /^[hｈ]\s*[-—–－]?\s*([0-9０-９]{1,8})(?![0-9０-９.])[\s,:，：、]*(.*)$/isu.exec(typed.trim());
  return read ? { number: Number(narrow(read[1] ?? '')), rest: (read[2] ?? '').trim() } : null;
};

/** The leader's clock: due on the workday after `asked`; yellow once its hour has passed, red after three workdays more. */
export const answerLamp = (
  asked: Day,
  now: { readonly day: Day; readonly minute: number },
  calendar: Calendar,
): LampFacts => {
  const due = nextWorkday(asked, calendar);
  const facts = lampOn(now.day, due, calendar);
  const isPast = facts.over === 0 && now.day.equals(due) && now.minute > minuteOfDay(ANSWER_BY);
  return isPast && calendar.isKnown(due) ? { ...facts, lamp: 'yellow' } : facts;
};

/**
 * The unit whose leaders are the first to answer for `unit`: itself, or the nearest above it that has any. Null: nobody
 * leads there.
 */
export const answeringUnit = (unit: Unit, units: readonly Unit[], officers: readonly Member[]): Unit | null => {
  const isLed = officers.some(({ roles }) =>
    roles.some((grant) => (grant.role === 'leader' || grant.role === 'unitHead') && grant.unit === unit.id),
  );
  if (isLed) return unit;
  const above = units.find(({ id }) => id === unit.parent);
  return above ? answeringUnit(above, units, officers) : null;
};
