import fc from 'fast-check';
import { expect, test } from 'vitest';
import { calendarFrom } from '../../src/domain/calendar.ts';
import type { Digest } from '../../src/domain/digest.ts';
import type { Unit } from '../../src/domain/organisation.ts';
import { noFigures } from '../../src/domain/score.ts';
import { weekOf } from '../../src/domain/weeks.ts';
import { locales, translator } from '../../src/i18n.ts';
import { plain } from '../../src/message.ts';
import { digestWords } from '../../src/wording/digest.ts';
import type { Part } from '../../src/wording/read-digest.ts';
import { at, day, zone } from '../values.ts';

/** What a phone shows in a few rows; English takes more. */
const MOST_CHARACTERS = 180;

const calendar = calendarFrom();
const now = at('2026-11-25 09:00').toZonedDateTimeISO(zone);
const daily: Digest = { kind: 'day', day: day('2026-11-24'), before: day('2026-11-23') };
const weekly: Digest = { kind: 'week', week: weekOf(day('2026-11-24')) };
const newYear: Digest = { kind: 'day', day: day('2031-01-03'), before: day('2031-01-02') };

const anyCount = fc.oneof(fc.constant(0), fc.nat(500));
const anyPart = fc.record({
  ...{ done: anyCount, late: anyCount, missing: anyCount, leave: anyCount, red: anyCount, waiting: anyCount },
  asked: fc.array(
    fc.string({ unit: 'binary' }).map((words) => `${words}\n${'长'.repeat(500)}`),
    { maxLength: 9 },
  ),
});
type Counted = typeof anyPart extends fc.Arbitrary<infer Value> ? Value : never;

const partOf = (n: number, { done, late, missing, leave, red, waiting, asked }: Counted): Part => {
  const unit: Unit = { id: `u${n + 1}`, name: `单位${n + 1}`, parent: null, settings: {}, chats: [] };
  const figures = { ...noFigures, expected: 5 + late + missing, onTime: 5, late, leave };
  const requests = asked.map((text, i) => ({
    ...{ number: i + 1, entry: i, index: 0, day: day('2026-11-20'), kind: 'help' as const, text, unit },
  }));
  return {
    unit,
    outcomes: { figures, done, unfinished: 1 },
    before: { figures, done: 1, unfinished: 1 },
    open: { waiting, yellow: red, red, silent: 0, oldest: red },
    asked: requests,
  };
};

test('whatever there is to say, a digest has no more lines than are set, and no long ones', () => {
  fc.assert(
    fc.property(
      fc.array(anyPart, { minLength: 1, maxLength: 60 }),
      fc.integer({ min: 16, max: 20 }),
      fc.constantFrom(daily, weekly, newYear),
      fc.constantFrom(...locales),
      fc.nat(60),
      (all, digestLines, digest, locale, mine) => {
        const parts = all.map((one, n) => partOf(n, one));
        const head: Unit = { id: 'u0', name: '云岭县', parent: null, settings: { digestLines }, chats: [] };
        const own = parts.slice(0, mine).map(({ unit }) => unit);
        const words = plain(digestWords(head, parts, own, digest, { now, calendar, t: translator(locale) }));
        const lines = words.split('\n');
        expect(lines.length).toBeLessThanOrEqual(digestLines);
        expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(MOST_CHARACTERS);
      },
    ),
  );
});
