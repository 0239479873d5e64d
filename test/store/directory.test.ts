import { expect, test } from 'vitest';
import { UserError } from '../../src/errors.ts';
import { redisDirectory } from '../../src/store/directory.ts';
import { organisation, realNow, redis } from '../organisation.ts';
import { cause, li, wang } from '../values.ts';

test('a unit is found by its id and by its group', async () => {
  const { directory, unit } = organisation();
  const made = await unit('城关镇', { chats: ['playground:group:g1'] });
  expect(await directory.unit(made.id)).toEqual(made);
  expect(await directory.unitOfChat({ platform: 'playground', id: 'g1', kind: 'group' })).toEqual(made);
  expect(await directory.unitOfChat({ platform: 'playground', id: 'g2', kind: 'group' })).toBeNull();
});

test('units come in the order in which they were made, not of their spelling', async () => {
  const { directory, unit } = organisation();
  for (let i = 1; i <= 11; i += 1) await unit(`单位${i}`);
  expect((await directory.units()).map(({ id }) => id)).toEqual(Array.from({ length: 11 }, (_, i) => `u${i + 1}`));
});

test('a person moves with everything that says where they belong', async () => {
  const { directory, unit, member } = organisation();
  const [a, b] = [await unit('甲镇'), await unit('乙镇')];
  await member(wang, a, [{ role: 'coordinator', unit: a.id }]);
  await member(li, a);
  await directory.change(
    'move',
    ['playground:wang'],
    (now) => {
      const person = now.member('playground:wang');
      return { members: person ? [{ ...person, unit: b.id, roles: [] }] : [], facts: null };
    },
    cause('playground:setup'),
  );
  expect((await directory.membersOf(a.id)).map(({ id }) => id)).toEqual(['playground:li']);
  expect((await directory.membersOf(b.id)).map(({ id }) => id)).toEqual(['playground:wang']);
  expect(await directory.officers()).toEqual([]);
});

test('a decision is made once for a message, and its facts are answered again', async () => {
  const { directory } = organisation();
  const same = cause();
  let asked = 0;
  const decide = () => {
    asked += 1;
    return { facts: { asked } };
  };
  expect(await directory.change('claim', [], decide, same)).toEqual({ asked: 1 });
  expect(await directory.change('claim', [], decide, same)).toEqual({ asked: 1 });
  expect(asked).toBe(1);
});

test('what a decision refuses changes nothing and may be asked again', async () => {
  const { directory, keys } = organisation();
  const refuse = () => {
    throw new UserError('unit.none');
  };
  await expect(directory.change('bind', [], refuse, cause())).rejects.toMatchObject({ key: 'unit.none' });
  expect(await redis.exists(keys.log('org'))).toBe(0);
});

test('two copies of the bot that change the same thing at once lose nothing', async () => {
  const { directory, keys } = organisation();
  const other = redisDirectory(redis, keys, realNow);
  const add = (copy: typeof directory, name: string) =>
    copy.change(
      'bind',
      [],
      ({ units }) => ({
        units: [{ id: `u${units.length + 1}`, name, parent: null, settings: {}, chats: [] }],
        facts: null,
      }),
      cause(),
    );
  await Promise.all(Array.from({ length: 8 }, (_, i) => add(i % 2 ? directory : other, `单位${i}`)));
  expect(await directory.units()).toHaveLength(8);
});

test('what another copy changed is seen within five seconds', async () => {
  const { keys, directory, member } = organisation();
  let now = Date.now();
  const other = redisDirectory(redis, keys, () => now);
  expect(await other.member('playground:wang')).toBeNull();
  await member(wang, null, [{ role: 'admin', unit: null }]);
  expect((await directory.member('playground:wang'))?.roles).toHaveLength(1);
  now += 5_000;
  expect((await other.member('playground:wang'))?.roles).toHaveLength(1);
});

test('an id of any shape stays in its place', async () => {
  const { directory, keys, member } = organisation();
  for (const id of [':', '{u:u1}', '*', 'a b', '__proto__', 'constructor', '\n', '𠮷'.repeat(50)]) {
    await member({ id, name: id }, null);
    expect((await directory.member(`playground:${id}`))?.name).toBe(id);
  }
  expect(await redis.keys(`${keys.projection('org', '')}*`)).toHaveLength(3); // log, memory, members
});
