import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Cadence } from '../../src/domain/cadence.ts';
import { missingOn } from '../../src/domain/missing.ts';
import { standingOn } from '../../src/domain/owing.ts';
import { away, filed, on, reckoning, someone } from './facts.ts';

const anybody = fc.record({
  since: fc.option(fc.constantFrom(2, 16, 17, 18).map(on)),
  filed: fc.constantFrom(null, true, false),
  leave: fc.constantFrom([], [away(17)], [away(16, 18)], [{ ...away(17), part: 'morning' as const }]),
  duty: fc.constantFrom([], ['2026-11-17'], ['2026-11-15']),
});
const cadences: readonly Cadence[] = ['daily', 'weekly', 'off', 'days-135', 'days-246'];

test('who is missing is who stands so, person by person', () => {
  const cases = fc.record({
    people: fc.array(anybody, { maxLength: 6 }),
    date: fc.constantFrom(15, 17),
    cadence: fc.constantFrom(...cadences),
    now: fc.constantFrom('2026-11-17T17:00', '2026-11-17T20:00', '2026-11-17T20:01', '2026-11-18T09:00'),
    isKnown: fc.boolean(),
  });
  fc.assert(
    fc.property(cases, ({ people, date, cadence, now, isKnown }) => {
      const rules = reckoning(now, { cadenceOn: () => cadence });
      const known = { ...rules, calendar: { ...rules.calendar, isKnown: () => isKnown } };
      const members = people.map(({ since, ...one }, i) => {
        const days = one.filed === null ? [] : [filed(date, 'd', one.filed)];
        return { id: `m${i}`, ...someone(days, { since, leave: one.leave, duty: new Set(one.duty) }) };
      });
      const find = (id: string) => members.find((one) => one.id === id);
      const roll = {
        filed: new Set(members.filter(({ days }) => days.size > 0).map(({ id }) => id)),
        leave: (id: string) => find(id)?.leave ?? [],
        duty: (id: string) => find(id)?.duty ?? new Set<string>(),
      };
      expect(missingOn(on(date), members, roll, known)).toEqual(
        members.filter((one) => standingOn(on(date), one, known) === 'missing'),
      );
    }),
  );
});
