import { expect, test } from 'vitest';
import { keepSeconds, keptDays } from '../../src/store/keys.ts';
import { organisation, realNow, redis } from '../organisation.ts';
import { cause, day } from '../values.ts';

const monday = day('2026-11-23');
const items = [{ kind: 'done', text: '走访3户企业' }] as const;

test('each day’s memory of messages ends 73 h after its first one, however many follow', async () => {
  const { reports, unit, keys } = organisation();
  const { id } = await unit('城关镇');
  const memory = keys.seen({ unit: id }, keptDays(realNow())[0]);
  const file = () => reports.file({ unit: id, day: monday, onTime: true, items, listCarried: false }, cause());

  await file();
  expect(await redis.ttl(memory)).toBeGreaterThan(keepSeconds.seen - 60);
  await redis.expire(memory, 1_000);
  await file();
  expect(await redis.hlen(memory)).toBe(2);
  expect(await redis.ttl(memory)).toBeLessThanOrEqual(1_000);
});

test('every memory of every scope has a lifetime', async () => {
  const { reports, unit, namespace, directory } = organisation();
  const { id } = await unit('城关镇');
  await reports.file({ unit: id, day: monday, onTime: true, items, listCarried: false }, cause());
  await reports.leave(id, 'playground:wang', { from: monday, to: monday, part: null, reason: '' }, cause());
  await directory.change('nothing', [], () => ({ facts: null }), cause());
  const memories = await redis.keys(`${namespace}:*:seen:*`);
  expect(memories).toHaveLength(2);
  for (const memory of memories) expect(await redis.ttl(memory)).toBeGreaterThan(0);
});
