import { expect, onTestFinished, test } from 'vitest';
import { translator } from '../../src/i18n.ts';
import { connect, ready } from '../../src/store/redis.ts';
import { findingsIn, findingsOf } from '../../src/store/redis-checks.ts';
import { ownRedis, silent } from './own-redis.ts';

const own = async () => {
  const { socket } = await ownRedis();
  const redis = connect(socket, silent);
  onTestFinished(() => redis.disconnect());
  await ready(redis, 5_000);
  const keys = async () => (await findingsOf(redis)).map(({ severity, key }) => `${severity} ${key}`);
  return { redis, keys, set: (name: string, value: string) => redis.config('SET', name, value) };
};

test('the private Redis gives no cause for concern', async () => {
  expect(await (await own()).keys()).toEqual([]);
});

test('whatever could lose what was confirmed is said', async () => {
  const { keys, set } = await own();
  await set('appendfsync', 'everysec');
  expect(await keys()).toEqual(['risk redis.fsync-late']);
  await set('maxmemory-policy', 'allkeys-lru');
  await set('appendonly', 'no');
  expect(await keys()).toEqual(['risk redis.evicts', 'risk redis.no-aof']);
});

test('how much can be lost is said in plain words', async () => {
  const { redis, set } = await own();
  await set('appendfsync', 'everysec');
  const [late] = await findingsOf(redis);
  if (!late) throw new Error('nothing found');
  expect(translator('zh-CN')(late.key, late.params)).toContain('断电时最多会丢失两秒内已确认的日报');
  expect(translator('en')(late.key, late.params)).toContain('up to 2 s of confirmed reports can vanish');
});

test('a replica is refused', async () => {
  const { redis, keys } = await own();
  await redis.replicaof('127.0.0.1', 1);
  expect(await keys()).toEqual(['stop redis.replica']);
});

test('a server that keeps its settings to itself is not taken for a safe one', async () => {
  const { redis, keys } = await own();
  await redis.acl('SETUSER', 'default', '-config');
  expect(await keys()).toEqual(['risk redis.fsync-unseen']);
});

const safe = 'redis_version:7.2.4\r\nrole:master\r\nmaxmemory_policy:noeviction\r\naof_enabled:1\r\n';
test.each([
  [safe, []],
  [safe.replace('7.2.4', '6.2.14'), ['redis.too-old']],
  [safe.replace('7.2.4', '8.0.0'), []],
  [`${safe}aof_last_write_status:err\r\n`, ['redis.aof-failing']],
  [`${safe}cluster_enabled:1\r\n`, ['redis.is-cluster']],
])('what a server says of itself: %j', (info, expected) => {
  expect(findingsIn(info, 'always', false).map(({ key }) => key)).toEqual(expected);
});
