import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Redis } from 'ioredis';
import { Temporal } from 'temporal-polyfill';
import { expect, inject, onTestFinished, test } from 'vitest';
import { keysIn } from '../../src/store/keys.ts';
import { redisPosts } from '../../src/store/posts.ts';
import { connect, ready } from '../../src/store/redis.ts';
import { redisSlots } from '../../src/store/slots.ts';
import { realNow } from '../engine.ts';
import { ownRedis, silent } from '../store/own-redis.ts';

const copyFile = fileURLToPath(new URL('copy.ts', import.meta.url));
const UNITS = 5;
const begin = Temporal.Instant.from('2026-11-23T01:00:00Z');

/** Three copies of the bot on one store, and what they were heard to send. */
const fleet = async (socket: string) => {
  const namespace = `f-${randomUUID().slice(0, 8)}`;
  const redis = connect(socket, silent);
  await ready(redis, 5_000);
  onTestFinished(() => redis.disconnect());
  const keys = keysIn(namespace);
  const sent: string[] = [];

  const hire = () => {
    const child = spawn(process.execPath, [copyFile, socket, namespace], { stdio: ['pipe', 'pipe', 'inherit'] });
    onTestFinished(() => void child.kill('SIGKILL'));
    // A line may be cut off by the kill.
    child.stdin.on('error', () => {});
    const waiting = new Map<string, (left: number) => void>();
    createInterface(child.stdout).on('line', (line) => {
      const [word, what = '', left] = line.split(' ');
      if (word === 'sent') sent.push(what);
      if (word === 'done') waiting.get(what)?.(Number(left));
    });
    child.on('exit', () => {
      for (const end of waiting.values()) end(1);
    });
    return {
      child,
      /** Resolves with what it could not end; also when it is dead. */
      tick: (at: Temporal.Instant) =>
        new Promise<number>((resolve) => {
          waiting.set(at.toString(), resolve);
          if (child.exitCode !== null || child.signalCode !== null) resolve(1);
          child.stdin.write(`${at.toString()}\n`);
        }),
    };
  };
  const copies = [hire(), hire(), hire()];
  return { redis, keys, sent, copies, hire, slots: redisSlots(redis, keys), posts: redisPosts(redis, keys, realNow) };
};

/** Lets the time of every lease run out. */
const endLeases = async (redis: Redis, keys: ReturnType<typeof keysIn>) => {
  for (const pattern of [keys.slotLease('*'), keys.chatLease('*')]) {
    const found = await redis.keys(pattern.replace('%2A', '*'));
    if (found.length > 0) await redis.del(...found);
  }
};

/** Ticks until nothing is left, by one copy alone: the others may be dead. */
const settle = async ({ redis, keys, hire, slots }: Awaited<ReturnType<typeof fleet>>, at: Temporal.Instant) => {
  const last = hire();
  for (let i = 0; ; i++) {
    await endLeases(redis, keys);
    const left = await last.tick(at.add({ seconds: 6 + i }));
    if (left === 0 && (await slots.settled(0)).done.size === 0) break;
    if (i > 50) throw new Error(`${left} left`);
  }
};

const account = async ({ slots, posts, sent }: Awaited<ReturnType<typeof fleet>>, minutes: number, faults: number) => {
  const counts = await slots.counts();
  const times = new Map<string, number>();
  for (const id of sent) times.set(id, (times.get(id) ?? 0) + 1);
  const unknown = (await posts.list()).map(({ id, state }) => `${state} ${id}`);

  for (const job of ['board', 'nudge']) {
    const ends = ['done', 'late', 'skipped'].map((end) => counts.get(`${job}/${end}`) ?? 0);
    expect(
      ends.reduce((a, b) => a + b, 0),
      job,
    ).toBe(minutes * UNITS);
  }
  const ids = [...times.keys()];
  const boards = ids.filter((id) => id.startsWith('board/'));
  const nudges = ids.filter((id) => id.startsWith('nudge/'));
  const lost = unknown.filter((line) => line.startsWith('unknown board/'));

  expect(boards.filter((id) => times.get(id) !== 1)).toEqual([]);
  // A gap is allowed where nobody can know, and then it is listed; what is listed may have arrived.
  expect(boards.length + lost.length).toBeGreaterThanOrEqual(minutes * UNITS - (counts.get('board/skipped') ?? 0));
  expect(nudges.length).toBe(minutes * UNITS - (counts.get('nudge/skipped') ?? 0));
  expect(nudges.filter((id) => (times.get(id) ?? 0) > 1).length).toBeLessThanOrEqual(faults);
  return { boards: boards.length, lost: lost.length };
};

test('three copies, killed and stopped at random: every slot once, rankings never twice, each reminder at least once', async () => {
  const all = await fleet(inject('redis'));
  const { copies, redis, keys, hire } = all;
  const MINUTES = 30;
  let faults = 0;
  await copies[0]?.tick(begin);
  for (let n = 1; n <= MINUTES; n++) {
    const at = begin.add({ minutes: n });
    const ticking = copies.map((copy) => copy.tick(at));
    const victim = n % copies.length;
    const { child } = copies[victim] ?? hire();
    if (n % 3 === 0) {
      // Somewhere in the middle: whatever it has in hand is left as it is.
      await Promise.race([ticking[victim], new Promise((resolve) => setImmediate(resolve))]);
      child.kill('SIGKILL');
      copies[victim] = hire();
      faults += 1;
    } else if (n % 3 === 1) {
      child.kill('SIGSTOP');
      await endLeases(redis, keys);
      await Promise.all(ticking.filter((_, i) => i !== victim));
      child.kill('SIGCONT');
      faults += 1;
    }
    await Promise.all(ticking);
    await endLeases(redis, keys);
  }
  await settle(all, begin.add({ minutes: MINUTES }));
  expect(faults).toBe(20);
  await account(all, MINUTES, faults * UNITS);
}, 60_000);

test('Redis killed again and again under three copies: nothing is lost and nothing runs twice', async () => {
  const { socket, signal } = await ownRedis();
  const all = await fleet(socket);
  const MINUTES = 12;
  await all.copies[0]?.tick(begin);
  for (let n = 1; n <= MINUTES; n++) {
    const at = begin.add({ minutes: n });
    const ticking = Promise.all(all.copies.map((copy) => copy.tick(at)));
    if (n % 3 === 0) {
      const down = once(all.redis, 'close');
      signal('SIGKILL');
      await down;
      await ready(all.redis, 10_000);
    }
    await ticking;
  }
  await settle(all, begin.add({ minutes: MINUTES }));
  expect(await account(all, MINUTES, 0)).toMatchObject({ lost: 0 });
}, 60_000);
