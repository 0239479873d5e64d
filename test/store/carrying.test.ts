import { expect, test } from 'vitest';
import { Unconfirmed } from '../../src/errors.ts';
import { carrying } from '../../src/store/carrying.ts';
import { type ChangeScope, scopeChanges } from '../../src/store/change.ts';
import { verifyLog, verifyProjections } from '../../src/store/verify.ts';
import { organisation, realNow, redis } from '../organisation.ts';
import { cause, day, wang } from '../values.ts';

/** Wang, who has open items of two days in 甲镇 and one in 乙镇, where he is to take them. */
const begun = async () => {
  const home = organisation();
  const [a, b] = [await home.unit('甲镇'), await home.unit('乙镇')];
  const id = await home.member(wang, a);
  const file = (unit: string, on: string, texts: readonly string[]) =>
    home.reports.file(
      { unit, day: day(on), onTime: true, items: texts.map((text) => ({ kind: 'open', text })), listCarried: false },
      cause(id),
    );
  await file(b.id, '2026-11-18', ['旧事']);
  await file(a.id, '2026-11-19', ['甲', '乙']);
  await file(a.id, '2026-11-20', ['丙']);
  const seats = [
    { unit: a.id, member: id },
    { unit: b.id, member: id },
  ] as const;
  const words = async () =>
    Promise.all(seats.map(async ({ unit }) => (await home.reports.open(unit, id)).map(({ text }) => text)));
  return { ...home, seats, words };
};

test('what is open comes along with its days, numbered behind what is there', async () => {
  const { reports, seats, words, keys } = await begun();
  await reports.carry(...seats, cause());
  expect(await words()).toEqual([[], ['旧事', '甲', '乙', '丙']]);
  const open = await reports.open(seats[1].unit, seats[1].member);
  expect(open.map(({ number, day: on }) => [number, `${on}`])).toEqual([
    [1, '2026-11-18'],
    [2, '2026-11-19'],
    [3, '2026-11-19'],
    [4, '2026-11-20'],
  ]);
  expect(await reports.texts(seats[1].unit, open)).toEqual(['旧事', '甲', '乙', '丙']);
  for (const { unit } of seats) {
    expect(await verifyLog(redis, keys, { unit })).toBeNull();
    expect(await verifyProjections(redis, keys, { unit })).toEqual([]);
  }
});

test.each(['carry 20777', 'carried'])(
  'cut off before “%s” and told again, nothing is lost or doubled',
  async (step) => {
    const { reports, seats, words, keys } = await begun();
    const real = scopeChanges(redis, keys, realNow);
    const cut: ChangeScope = async (scope, of, decide, answer) => {
      if (of.message.endsWith(step)) throw new Unconfirmed('cut off');
      return real(scope, of, decide, answer);
    };
    const same = cause();
    await expect(carrying(redis, keys, cut, reports).carry(...seats, same)).rejects.toThrow(Unconfirmed);
    expect((await words())[0]).toEqual(['甲', '乙', '丙']);
    await reports.carry(...seats, same);
    await reports.carry(...seats, same);
    expect(await words()).toEqual([[], ['旧事', '甲', '乙', '丙']]);
  },
);

test('with nothing open nothing is written', async () => {
  const { reports, seats, keys } = await begun();
  await reports.carry(...seats, cause());
  const before = await redis.xlen(keys.log({ unit: seats[0].unit }));
  await reports.carry(...seats, cause());
  expect(await redis.xlen(keys.log({ unit: seats[0].unit }))).toBe(before);
});
