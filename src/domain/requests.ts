/** Help requests (求助): how their numbers are spelt, by when a leader should answer, and who of the leaders. */
import { addWorkdays, type Calendar, type Day } from './calendar.ts';
import { type LampFacts, lampOn } from './lamp.ts';
import { minuteOfDay } from './local-time.ts';
import type { Member, Unit, UnitId } from './organisation.ts';
import { narrow } from './visible.ts';

/** By when a request is to be answered: leaders have deadlines too. */
export type AnswerTerm = { readonly due: Day; readonly hour: string };

/** `workdays` as the asking unit has set them: whole ones end in the evening of that workday, half a one at its noon. */
export const answerTerm = (asked: Day, workdays: number, calendar: Calendar): AnswerTerm => ({
  due: addWorkdays(asked, Math.ceil(workdays), calendar),
  hour: Number.isInteger(workdays) ? '18:00' : '12:00',
});

/** `isLed`: somebody leads the unit, or one above it, and reads of them. */
export type Asked = { readonly numbers: readonly number[]; readonly isLed: boolean };

/** `H-07`, as people read and type it. */
export const requestLabel = (number: number): string => `H-${String(number).padStart(2, '0')}`;

/** The number in `H-07`, in any width and case, with or without the stroke; and what stands after it. */
export const readRequest = (typed: string): { readonly number: number; readonly rest: string } | null => {
  const read = /^[hｈ]\s*[-—–－]?\s*([0-9０-９]{1,8})(?![0-9０-９.])[\s,:，：、]*(.*)$/isu.exec(typed.trim());
  return read ? { number: Number(narrow(read[1] ?? '')), rest: (read[2] ?? '').trim() } : null;
};

/** The leader's clock: yellow once the term's hour has passed, red after three workdays more. */
export const answerLamp = (
  { due, hour }: AnswerTerm,
  now: { readonly day: Day; readonly minute: number },
  calendar: Calendar,
): LampFacts => {
  const facts = lampOn(now.day, due, calendar);
  const isPast = facts.over === 0 && now.day.equals(due) && now.minute > minuteOfDay(hour);
  return isPast && calendar.isKnown(due) ? { ...facts, lamp: 'yellow' } : facts;
};

/**
 * Of `covered`, the units for which `leader` is the first to answer: their own leaders come first, where there are none
 * the nearest above.
 */
export const firstToAnswer = (
  leader: Pick<Member, 'roles'> | null,
  covered: readonly Unit[],
  units: readonly Unit[],
  officers: readonly Pick<Member, 'roles'>[],
): readonly Unit[] => {
  const own = new Set(leader ? officesOf(leader) : []);
  // Where there is nothing below, nobody else's offices matter.
  if (covered.every(({ id }) => own.has(id))) return covered;
  const led = new Set(officers.flatMap(officesOf));
  const byId = new Map(units.map((unit) => [unit.id, unit]));
  const isOwn = (id: UnitId): boolean => {
    if (own.has(id) || led.has(id)) return own.has(id);
    const above = byId.get(id)?.parent ?? null;
    return above !== null && isOwn(above);
  };
  return covered.filter(({ id }) => isOwn(id));
};

/** Whether somebody leads the unit or one above it. */
export const isLed = (unit: UnitId, units: readonly Unit[], officers: readonly Pick<Member, 'roles'>[]): boolean => {
  const upwards = new Set<UnitId>();
  for (let at: UnitId | null = unit; at !== null; at = units.find(({ id }) => id === at)?.parent ?? null)
    upwards.add(at);
  return officers.some((officer) => officesOf(officer).some((id) => upwards.has(id)));
};

const officesOf = ({ roles }: Pick<Member, 'roles'>): readonly UnitId[] =>
  roles.flatMap(({ role, unit }) => ((role === 'leader' || role === 'unitHead') && unit !== null ? [unit] : []));
