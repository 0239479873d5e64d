import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { type Cadence, cadenceOn, formerWhen, isCadence } from '../../src/domain/cadence.ts';
import { readCadence } from '../../src/domain/cadence-words.ts';

const day = (n: number) => Temporal.PlainDate.from('2026-11-02').add({ days: n });

test.each([
  ['每日', 'daily'],
  ['每周', 'weekly'],
  ['只报问题', 'exception'],
  ['关', 'off'],
  ['周一周三周五', 'days-135'],
  ['周一、三、五', 'days-135'],
  ['每周一三五', 'days-135'],
  ['星期三 星期一', 'days-13'],
  ['Mon Wed Fri', 'days-135'],
  ['monday, wednesday and friday', 'days-135'],
  ['周一至周四', 'days-1234'],
  ['周日', 'days-7'],
  ['周一到周五', 'daily'],
  ['mon-fri', 'daily'],
  ['周五到周一', null],
  ['周八', null],
  ['每月', null],
  ['', null],
])('“%s” is the cadence %s', (typed, cadence) => {
  expect(readCadence(typed)).toBe(cadence);
});

test('what is stored is known again, and nothing else is taken for it', () => {
  for (const cadence of ['daily', 'weekly', 'exception', 'off', 'days-135', 'days-7'])
    expect(isCadence(cadence)).toBe(true);
  for (const other of ['days-', 'days-531', 'days-8', 'monthly', '']) expect(isCadence(other)).toBe(false);
});

test('whatever is changed whenever, each day has the cadence that was last set for it', () => {
  const cadence = fc.constantFrom<Cadence>('daily', 'weekly', 'off', 'days-24');
  const changes = fc.array(fc.record({ on: fc.integer({ min: 0, max: 20 }), cadence }), { maxLength: 12 });
  fc.assert(
    fc.property(changes, (unsorted) => {
      const sorted = unsorted.toSorted((a, b) => a.on - b.on);
      let unit: Parameters<typeof cadenceOn>[0] = { settings: {} };
      const plain: Cadence[] = Array.from({ length: 30 }, () => 'daily');
      for (const { on, cadence } of sorted) {
        unit = { settings: { cadence }, formerCadences: formerWhen(unit, cadence, day(on)) };
        plain.fill(cadence, on);
      }
      expect(plain.map((_, n) => cadenceOn(unit, day(n)))).toEqual(plain);
    }),
  );
});
