import type { Redis } from 'ioredis';
import { expect, test } from 'vitest';
import { erasing } from '../../src/store/erasing.ts';
import { scopesOf, verifyLog, verifyProjections } from '../../src/store/verify.ts';
import { organisation, realNow, redis } from '../organisation.ts';
import { cause, day, li, wang } from '../values.ts';

/** 甲镇 with Wang and Li, who have both filed. */
const begun = async () => {
  const home = organisation();
  const town = await home.unit('甲镇');
  const ids = [await home.member(wang, town), await home.member(li, town)] as const;
  for (const id of ids) {
    await home.reports.file(
      {
        unit: town.id,
        day: day('2026-11-23'),
        onTime: true,
        items: [{ kind: 'open', text: `${id}的话` }],
        listCarried: false,
      },
      cause(id),
    );
  }
  const [id, other] = ids;
  const open = async (of: string) => (await home.reports.open(town.id, of)).map(({ text }) => text);
  const whom = async () => ({ ids: [id], facts: { id } });
  return { ...home, town, id, other, open, whom };
};

const expectSound = async ({ keys }: Awaited<ReturnType<typeof begun>>) => {
  for (const scope of await scopesOf(redis, keys)) {
    expect(await verifyLog(redis, keys, scope)).toBeNull();
    expect(await verifyProjections(redis, keys, scope)).toEqual([]);
    expect(await redis.keys(keys.shadow(scope, '*'))).toEqual([]);
  }
};

test('cut off between unit and organisation and told again, it goes on where it stopped', async () => {
  const home = await begun();
  const { keys, directory, id, other, open, whom } = home;
  const broken = new Proxy(redis, {
    get: (real: Redis, name) => {
      if (name === 'del') return () => Promise.reject(new Error('cut off'));
      const value = Reflect.get(real, name);
      return typeof value === 'function' ? value.bind(real) : value;
    },
  });
  const same = cause('playground:boss');
  await expect(erasing(broken, keys, realNow).erase(whom, same)).rejects.toThrow();
  expect((await directory.member(id))?.name).toBe('王一');
  expect(await open(id)).toEqual([]);

  expect(await directory.erase(whom, same)).toEqual({ id });
  expect((await directory.member(id))?.name).toBeNull();
  expect(await open(other)).toEqual(['playground:li的话']);
  await expectSound(home);
});

test('while others go on filing, none of what they file is lost', async () => {
  const home = await begun();
  const { directory, reports, town, id, other, whom } = home;
  const filing = Array.from({ length: 30 }, (_, i) =>
    reports.file(
      {
        unit: town.id,
        day: day('2026-11-24'),
        onTime: true,
        items: [{ kind: 'done', text: `事${i}` }],
        listCarried: false,
      },
      cause(other),
    ),
  );
  await Promise.all([directory.erase(whom, cause('playground:boss')), ...filing]);
  const { days } = await reports.period(town.id, day('2026-11-23'), day('2026-11-24'));
  expect(days.get('2026-11-24')?.get(other)?.entries).toHaveLength(30);
  expect(days.get('2026-11-23')?.has(id)).toBe(true);
  await expectSound(home);
});

test('somebody the bot has never seen has nothing to erase', async () => {
  const home = await begun();
  const facts = { id: 'playground:nobody' };
  expect(await home.directory.erase(async () => ({ ids: [facts.id], facts }), cause())).toEqual(facts);
  expect(await home.open(home.id)).toEqual(['playground:wang的话']);
  await expectSound(home);
});
