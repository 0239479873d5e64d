import { expect, test } from 'vitest';
import { organisation, redis } from '../organisation.ts';
import { cause, day } from '../values.ts';

const on = day('2026-11-23');
const items = [{ kind: 'done', text: '走访' }] as const;
const span = { from: day('2026-11-24'), to: day('2026-11-25'), part: null, reason: '出差' };

test('a unit’s day tells who has filed, late or not, and who is away; many units at a time', async () => {
  const { reports } = organisation();
  const units = Array.from({ length: 150 }, (_, i) => `u${i + 1}`);
  const file = (unit: string, who: string, onTime: boolean) =>
    reports.file({ unit, day: on, onTime, items, listCarried: false }, cause(`playground:${who}`));
  for (const [i, unit] of units.entries()) {
    if (i % 2 === 0) await file(unit, `a${i}`, true);
    if (i % 3 === 0) await file(unit, `b${i}`, false);
  }
  await reports.leave('u2', 'playground:c', span, cause());

  const rolls = await Promise.all(units.map((unit) => reports.filedOn(unit, on)));
  const people = units.flatMap((_, i) => [`playground:a${i}`, `playground:b${i}`]);
  expect(rolls.map(({ filed }) => people.filter((who) => filed.has(who)))).toEqual(
    units.map((_, i) => [...(i % 2 === 0 ? [`playground:a${i}`] : []), ...(i % 3 === 0 ? [`playground:b${i}`] : [])]),
  );
  expect(rolls[1]?.leave('playground:c')).toEqual([span]);
  expect(rolls[0]?.leave('playground:c')).toEqual([]);
  expect(rolls[0]?.duty('playground:c')).toEqual(new Set());
  expect((await reports.filedOn('u1', day('2026-11-24'))).filed.has('playground:a0')).toBe(false);
});

test('ids of any shape are told apart', async () => {
  const { reports } = organisation();
  const people = ['a\0b', 'a', 'b\nc', '', 'a\0'].map((id) => `playground:${id}`);
  for (const who of people) {
    await reports.file({ unit: 'u1', day: on, onTime: true, items, listCarried: false }, cause(who));
  }
  const { filed } = await reports.filedOn('u1', on);
  const others = ['b', 'c', 'a\0b\0', '\0', 'b\nc\0'].map((id) => `playground:${id}`);
  expect([...people, ...others, 'a', 'b'].filter((who) => filed.has(who))).toEqual(people);
});

test('an id that is the beginning, the middle or the end of another is not taken for it', async () => {
  const { reports } = organisation();
  const file = (who: string) =>
    reports.file({ unit: 'u1', day: on, onTime: true, items, listCarried: false }, cause(who));
  for (const who of ['playground:zhang12', 'wecom:playground:li', 'playground:zhang']) await file(who);
  const { filed } = await reports.filedOn('u1', on);
  const asked = [
    'playground:zhang',
    'playground:zhang1',
    'playground:li',
    'playground:zhang12',
    'zhang',
    'playground:',
  ];
  expect(asked.filter((who) => filed.has(who))).toEqual(['playground:zhang', 'playground:zhang12']);
});

test('a read that the store does not confirm rejects for each who asked', async () => {
  const { reports, keys } = organisation();
  await redis.set(keys.projection({ unit: 'u1' }, 'leave'), 'no hash');
  const both = await Promise.allSettled([reports.filedOn('u1', on), reports.filedOn('u1', on)]);
  expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
});
