import { expect, test } from 'vitest';
import { PlatformError, Unconfirmed } from '../../src/errors.ts';
import { inParts } from '../../src/platforms/in-parts.ts';
import type { SentParts } from '../../src/ports.ts';
import { redisSentParts } from '../../src/store/sent-parts.ts';
import { place, redis } from '../engine.ts';

/** A chat that fails on demand: the outcomes of the next sends. */
const chat = () => {
  const said: string[] = [];
  const outcomes: (PlatformError['outcome'] | 'ok')[] = [];
  const send = async (part: string) => {
    const outcome = outcomes.shift() ?? 'ok';
    if (outcome === 'ok' || outcome === 'unknown') said.push(part);
    if (outcome !== 'ok') throw new PlatformError('wecom', 1, outcome, '');
  };
  return { said, outcomes, send };
};

test('parts go in order, each after the one before it', async () => {
  const { said, send } = chat();
  await inParts()('p', ['一', '二', '三'], send);
  expect(said).toEqual(['一', '二', '三']);
});

test('after a failure it goes on at the part that was not sent', async () => {
  const { said, outcomes, send } = chat();
  const parts = inParts();
  outcomes.push('ok', 'retry');
  await expect(parts('p', ['一', '二', '三'], send)).rejects.toMatchObject({ outcome: 'retry' });
  await parts('p', ['一', '二', '三'], send);
  expect(said).toEqual(['一', '二', '三']);
});

test('another post begins at the beginning; what stands in the chat whole is not said again', async () => {
  const { said, outcomes, send } = chat();
  const parts = inParts();
  outcomes.push('ok', 'retry');
  await expect(parts('p', ['一', '二'], send)).rejects.toThrow();
  await parts('q', ['甲', '乙'], send);
  await parts('p', ['一', '二'], send);
  await parts('p', ['一', '二'], send);
  expect(said).toEqual(['一', '甲', '乙', '二']);
});

test('a part that may have been delivered does not hold up the rest; only it is sent again', async () => {
  const { said, outcomes, send } = chat();
  const parts = inParts();
  outcomes.push('ok', 'unknown', 'ok');
  await expect(parts('p', ['一', '二', '三'], send)).rejects.toMatchObject({ outcome: 'unknown' });
  expect(said).toEqual(['一', '二', '三']);
  await parts('p', ['一', '二', '三'], send);
  expect(said).toEqual(['一', '二', '三', '二']);
});

test('after a restart, or by another copy, a text goes on where it was cut off', async () => {
  const { said, outcomes, send } = chat();
  const { keys } = place();
  outcomes.push('ok', 'ok', 'retry');
  await expect(inParts(redisSentParts(redis, keys))('p', ['一', '二', '三'], send)).rejects.toThrow();
  await inParts(redisSentParts(redis, keys))('p', ['一', '二', '三'], send);
  expect(said).toEqual(['一', '二', '三']);
});

test('a part that was not sent and reads differently by then is said as it is now', async () => {
  const { said, outcomes, send } = chat();
  const parts = inParts();
  outcomes.push('ok', 'unknown');
  await expect(parts('p', ['一', '二'], send)).rejects.toThrow();
  await parts('p', ['一', '二（改）'], send);
  expect(said).toEqual(['一', '二', '二（改）']);
});

test('what is kept of a text is kept for two days, and not its words', async () => {
  const { keys } = place();
  await inParts(redisSentParts(redis, keys))('p', ['一', '二'], async () => {});
  expect(await redis.ttl(keys.sentParts('p'))).toBeGreaterThan(47 * 3_600);
  const members = await redis.smembers(keys.sentParts('p'));
  expect(members.map((member) => member[0]).sort()).toEqual(['0', '1']);
  expect(members.join()).not.toMatch(/[一二]/);
});

test('a text of one part asks no store', async () => {
  const { said, send } = chat();
  const asked: string[] = [];
  const store: SentParts = {
    async of(id) {
      asked.push(id);
      return new Set();
    },
    confirm: async (id) => void asked.push(id),
  };
  await inParts(store)('p', ['一'], send);
  expect([said, asked]).toEqual([['一'], []]);
});

test('with the store gone a text is sent all the same, and goes on from memory', async () => {
  const { said, outcomes, send } = chat();
  const gone = () => Promise.reject(new Unconfirmed('gone'));
  const parts = inParts({ of: gone, confirm: gone });
  outcomes.push('ok', 'retry');
  await expect(parts('p', ['一', '二'], send)).rejects.toMatchObject({ outcome: 'retry' });
  await parts('p', ['一', '二'], send);
  expect(said).toEqual(['一', '二']);
});
