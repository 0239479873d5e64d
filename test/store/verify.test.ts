import { expect, test } from 'vitest';
import { epochDay } from '../../src/domain/calendar.ts';
import type { Item } from '../../src/domain/report.ts';
import { redisGroupRobots } from '../../src/store/group-robots.ts';
import { projections } from '../../src/store/keys.ts';
import { rebuild, scopesOf, verifyLog, verifyProjections } from '../../src/store/verify.ts';
import { organisation, redis } from '../organisation.ts';
import { cause, day, li, wang } from '../values.ts';

const monday = day('2026-11-23');
const tuesday = day('2026-11-24');

/** A unit in which everything that can be logged has happened. */
const eventful = async () => {
  const { keys, reports, unit, member } = organisation();
  const home = await unit('城关镇');
  await member(wang, home);
  await member(li, home);
  const scope = { unit: home.id };
  const say = (on: typeof monday, onTime: boolean, items: Item[], by = 'playground:wang') =>
    reports.file({ unit: home.id, day: on, onTime, items, listCarried: false }, cause(by));
  await say(monday, true, [
    { kind: 'open', text: '甲' },
    { kind: 'done', text: '乙' },
  ]);
  await say(monday, true, [{ kind: 'waiting', text: '丙' }], 'playground:li');
  await say(tuesday, true, [
    { kind: 'done', text: '甲' },
    { kind: 'open', text: '丁' },
  ]);
  await say(monday, false, [{ kind: 'help', text: '戊' }]);
  await reports.replace(
    { unit: home.id, day: tuesday, onTime: true, items: [{ kind: 'open', text: '己' }], listCarried: false },
    cause(),
  );
  await reports.clear(home.id, 'all', tuesday, cause());
  await reports.undo(home.id, cause().at.subtract({ hours: 1 }), cause());
  await reports.leave(home.id, 'playground:li', { from: tuesday, to: tuesday, part: null, reason: '出差' }, cause());
  const half = { from: monday, to: monday, part: 'morning' as const, reason: '看病' };
  await reports.absences(
    home.id,
    'playground:li',
    'ask-leave',
    ({ requests, next }) => ({
      to: {
        requests: [...requests, { ...half, number: next, state: 'asked' as const, why: '', settledBy: '' }],
        duty: new Set(['2026-11-28']),
      },
      facts: next,
    }),
    cause(),
  );
  await reports.leave(home.id, 'playground:li', half, cause());
  await reports.week(home.id, async () => ({ monday, onTime: true, text: '本周' }), cause());
  await say(tuesday, true, [{ kind: 'done', text: '再一件' }]);
  await reports.undo(home.id, cause().at.subtract({ hours: 1 }), cause());
  return { keys, scope, reports };
};

const projectionsOf = async (prefix: string) => {
  const names = (await redis.keys(`${prefix}*`)).filter((key) => !/:(log|seen:\d+|data:\d*)$/.test(key)).sort();
  return Promise.all(names.map(async (name) => [name, await redis.dump(name), await redis.hgetall(name)] as const));
};

test('a sound log and its projections have no fault, in any scope', async () => {
  const { keys } = await eventful();
  for (const scope of await scopesOf(redis, keys)) {
    expect(await verifyLog(redis, keys, scope)).toBeNull();
    expect(await verifyProjections(redis, keys, scope)).toEqual([]);
  }
});

test('one byte of a text flipped, and verify names that entry', async () => {
  const { keys, scope } = await eventful();
  const bucket = keys.data(scope, `${epochDay(monday)}`);
  const text = (await redis.hget(bucket, '2')) ?? '';
  await redis.hset(bucket, '2', text.replace('丙', '冉'));
  expect(await verifyLog(redis, keys, scope)).toEqual({ scope, entry: 2, why: 'hash' });
});

test.each([
  [1, 'w', 'playground:wanh'],
  [4, 't', '1'],
  [3, 'a', 'late'],
])('one field of entry %i changed, and verify names that entry', async (n, field, value) => {
  const { keys, scope } = await eventful();
  const log = keys.log(scope);
  const entries = await redis.xrange(log, '-', '+');
  await redis.del(log);
  for (const [id, fields] of entries) {
    const changed =
      id === `${n}-0` ? fields.map((was, i) => (fields[i - 1] === field && i % 2 === 1 ? value : was)) : fields;
    await redis.xadd(log, id, ...changed);
  }
  expect(await verifyLog(redis, keys, scope)).toMatchObject({ entry: n });
});

test('an entry taken out is missed', async () => {
  const { keys, scope } = await eventful();
  await redis.xdel(keys.log(scope), '3-0');
  expect(await verifyLog(redis, keys, scope)).toEqual({ scope, entry: 3, why: 'gap' });
});

test('a text erased for good leaves its digest, and the chain stays whole', async () => {
  const { keys, scope } = await eventful();
  const { digestOf } = await import('../../src/store/log.ts');
  const bucket = keys.data(scope, `${epochDay(monday)}`);
  await redis.hset(bucket, '2', `!${digestOf((await redis.hget(bucket, '2')) ?? '')}`);
  expect(await verifyLog(redis, keys, scope)).toBeNull();
});

test('a changed or dropped projection is named, and rebuild restores it byte for byte', async () => {
  const { keys, scope } = await eventful();
  const prefix = keys.projection(scope, '');
  const before = await projectionsOf(prefix);
  await redis.del(keys.projection(scope, projections.day(epochDay(monday))));
  await redis.hset(keys.projection(scope, projections.open), 'playground:wang', '[]');
  await redis.hset(keys.projection(scope, 'day:1'), 'playground:nobody', '[0,1,[]]');
  expect(await verifyProjections(redis, keys, scope)).toEqual([
    { scope, projection: 'day:1' },
    { scope, projection: projections.day(epochDay(monday)) },
    { scope, projection: 'open' },
  ]);

  await rebuild(redis, keys, scope);
  expect(await projectionsOf(prefix)).toEqual(before);
  expect(await verifyProjections(redis, keys, scope)).toEqual([]);
  expect(await redis.keys(keys.shadow(scope, '*'))).toEqual([]);
});

test('the organisation is rebuilt in the same way', async () => {
  const { keys } = await eventful();
  const before = await projectionsOf(keys.projection('org', ''));
  for (const name of [projections.units, projections.members, projections.membersOf('u1')]) {
    await redis.del(keys.projection('org', name));
  }
  await rebuild(redis, keys, 'org');
  expect(await projectionsOf(keys.projection('org', ''))).toEqual(before);
});

test('a bot that goes on filing during a rebuild loses nothing', async () => {
  const { keys, scope, reports } = await eventful();
  const filing = (async () => {
    for (let i = 0; i < 30; i += 1) {
      const items: Item[] = [{ kind: 'open', text: `第${i}件` }];
      await reports.file({ unit: scope.unit, day: tuesday, onTime: true, items, listCarried: false }, cause());
    }
  })();
  for (let i = 0; i < 3; i += 1) await rebuild(redis, keys, scope);
  await filing;
  expect(await verifyProjections(redis, keys, scope)).toEqual([]);
  expect((await reports.open(scope.unit, 'playground:wang')).length).toBeGreaterThanOrEqual(30);
});

test('units are found by the log of the organisation, also when what was made from it is gone', async () => {
  const { keys, scope } = await eventful();
  await redis.del(keys.projection('org', projections.units));
  expect(await scopesOf(redis, keys)).toEqual(['org', scope]);
});

test('what lies beside the log is no fault, and making the projections again leaves it alone', async () => {
  const { keys } = await eventful();
  const robots = redisGroupRobots(redis, keys);
  await robots.set('wecom:g1', '693a91f6-7aaa-0ec2', cause().at);
  await redis.set(keys.linkSecret(), 'secret');
  await redis.set(keys.claimCode(), 'code');
  expect(await verifyProjections(redis, keys, 'org')).toEqual([]);
  await rebuild(redis, keys, 'org');
  expect(await robots.keyOf('wecom:g1')).toBe('693a91f6-7aaa-0ec2');
  expect(await redis.mget(keys.linkSecret(), keys.claimCode())).toEqual(['secret', 'code']);
});
