import { expect, test } from 'vitest';
import type { Member, Unit } from '../../src/domain/organisation.ts';
import { memberId } from '../../src/message.ts';
import { redisDirectory } from '../../src/store/directory.ts';
import { followed } from '../../src/store/followed.ts';
import { organisation, redis } from '../organisation.ts';
import { cause, day, li, wang } from '../values.ts';

const SOON_MS = 3_001;

/** Two copies of the bot: one changes, the other has read before and looks again three seconds later. */
const copies = async () => {
  const here = organisation();
  const [a, b] = [await here.unit('甲镇'), await here.unit('乙镇')];
  await here.member(wang, a);
  await here.member(li, a, [{ role: 'leader', unit: a.id }]);
  let now = 1_000_000;
  const there = redisDirectory(redis, here.keys, () => now);
  const seen = async () => ({
    units: (await there.units()).map(({ name }) => name),
    officers: (await there.officers()).map(({ id }) => id),
    a: (await there.membersOf(a.id)).map(({ id, name }) => `${id} ${name}`),
    b: (await there.membersOf(b.id)).map(({ id }) => id),
    wang: (await there.member('playground:wang'))?.unit,
  });
  const before = await seen();
  const later = () => {
    now += SOON_MS;
    return seen();
  };
  const change = (people: readonly Partial<Member>[], units: readonly Unit[] = []) =>
    here.directory.change(
      'move',
      people.map(({ id = '' }) => id),
      ({ member }) => ({
        units,
        members: people.flatMap((one) => {
          const known = member(one.id ?? '');
          return known ? [{ ...known, ...one }] : [];
        }),
        facts: null,
      }),
      cause(),
    );
  return { ...here, a, b, before, seen, later, change };
};

test('a look at the log shows each kind of change of another copy, and nothing is read before that', async () => {
  const { a, b, before, seen, later, change } = await copies();
  await change([{ id: 'playground:wang', unit: b.id, since: day('2026-11-23') }], [{ ...a, name: '新甲镇' }]);
  expect(await seen()).toEqual(before);
  expect(await later()).toEqual({
    units: ['新甲镇', '乙镇'],
    officers: ['playground:li'],
    a: ['playground:li 李二'],
    b: ['playground:wang'],
    wang: b.id,
  });
  await change([{ id: 'playground:li', name: '李三', roles: [] }]);
  expect(await later()).toMatchObject({ officers: [], a: ['playground:li 李三'] });
});

test('more changes than are looked through one by one are seen all the same', async () => {
  const { a, later, member } = await copies();
  const people = Array.from({ length: 60 }, (_, i) => ({ id: `p${i}`, name: `第${i}人` }));
  for (const one of people) await member(one, a);
  expect((await later()).a).toHaveLength(62);
});

test('what nobody changed is read once, however much time goes by', async () => {
  const { keys, a, change } = await copies();
  let now = 0;
  const cache = followed(redis, keys, () => now);
  let loads = 0;
  const load = async () => {
    loads += 1;
    return loads;
  };
  const look = () => {
    now += SOON_MS;
    return Promise.all([cache.read('m:playground:wang', load), cache.read('m:playground:wang', load)]);
  };
  await look();
  expect(await look()).toEqual([1, 1]);
  await change([], [{ ...a, name: '新甲镇' }]);
  expect(await look()).toEqual([1, 1]);
  await change([{ id: memberId('playground', wang), name: '王二' }]);
  expect(await look()).toEqual([2, 2]);
});

test('a read that failed is tried again', async () => {
  const { keys } = await copies();
  const cache = followed(redis, keys, () => 0);
  await expect(cache.read('x', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await cache.read('x', async () => 'yes')).toBe('yes');
});

test('a store that was emptied and begun anew is read anew', async () => {
  const { directory, unit, keys } = organisation();
  for (const name of ['甲', '乙', '丙']) await unit(name);
  expect(await directory.units()).toHaveLength(3);
  await redis.del(...(await redis.keys(`${keys.projection('org', '')}*`)));
  directory.forget();
  expect(await directory.units()).toEqual([]);
  await unit('丁');
  expect((await directory.units()).map(({ name }) => name)).toEqual(['丁']);
});
