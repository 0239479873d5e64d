import { type ChildProcess, spawn } from 'node:child_process';
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
/** Posts that one copy may have under way at a time: one a conversation. */
const AT_ONCE = UNITS;
const begin = Temporal.Instant.from('2026-11-23T01:00:00Z');

type Copy = {
  readonly child: ChildProcess;
  /** Resolves with what it could not end; also when it is dead. */
  tick(at: Temporal.Instant): Promise<number>;
};

/** Three copies of the bot on one store, and what they were heard to send. */
const fleet = async (socket: string) => {
  const namespace = `f-${randomUUID().slice(0, 8)}`;
  const redis = connect(socket, silent);
  await ready(redis, 5_000);
  onTestFinished(() => redis.disconnect());
  const keys = keysIn(namespace);
  const sent: string[] = [];
  /** Hears of every run and every post, by whom. */
  const heard = new Set<(who: Copy) => void>();

  const hire = (): Copy => {
    const child = spawn(process.execPath, [copyFile, socket, namespace], { stdio: ['pipe', 'pipe', 'inherit'] });
    onTestFinished(() => void child.kill('SIGKILL'));
    // A line may be cut off by the kill.
    child.stdin.on('error', () => {});
    const waiting = new Map<string, (left: number) => void>();
    createInterface(child.stdout).on('line', (line) => {
      const [word, what = '', left] = line.split(' ');
      if (word === 'sent') sent.push(what);
      if (word !== 'done') for (const hear of heard) hear(copy);
      if (word === 'done') waiting.get(what)?.(Number(left));
    });
    child.on('exit', () => {
      for (const end of waiting.values()) end(1);
    });
    const copy: Copy = {
      child,
      tick: (at) =>
        new Promise<number>((resolve) => {
          waiting.set(at.toString(), resolve);
          if (child.exitCode !== null || child.signalCode !== null) resolve(1);
          child.stdin.write(`${at.toString()}\n`);
        }),
    };
    return copy;
  };
  const copies = [hire(), hire(), hire()];
  return {
    redis,
    keys,
    sent,
    heard,
    copies,
    hire,
    slots: redisSlots(redis, keys),
    posts: redisPosts(redis, keys, realNow),
  };
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
  const skipped = counts.get('nudge/skipped') ?? 0;
  // One that was posted, but could not be recorded before it was too old, is recorded as skipped.
  expect(nudges.length).toBeGreaterThanOrEqual(minutes * UNITS - skipped);
  expect(nudges.filter((id) => (times.get(id) ?? 0) > 1).length).toBeLessThanOrEqual(faults * AT_ONCE);
  return { boards: boards.length, lost: lost.length };
};

/** The copy that is at the `n`-th run or post of what begins now; null when all is over before. */
const caught = (
  { heard }: Awaited<ReturnType<typeof fleet>>,
  n: number,
  over: Promise<unknown>,
): Promise<Copy | null> =>
  new Promise((resolve) => {
    let count = 0;
    const hear = (who: Copy) => {
      count += 1;
      if (count === n) resolve(who);
    };
    heard.add(hear);
    over.then(() => {
      heard.delete(hear);
      resolve(null);
    });
  });

test('three copies, killed and stopped in the middle of their work: every slot once, rankings never twice, reminders at least once', async () => {
  const all = await fleet(inject('redis'));
  const { copies, redis, keys, hire } = all;
  const MINUTES = 16;
  let [kills, stops] = [0, 0];
  await copies[0]?.tick(begin);
  for (let n = 1; n <= MINUTES; n++) {
    const at = begin.add({ minutes: n });
    const ticking = Promise.all(copies.map((copy) => copy.tick(at)));
    // Ten runs and ten posts a minute: each minute another one of them is hit.
    const victim = await caught(all, 1 + ((n * 7) % 20), ticking);
    if (victim && n % 2 === 0) {
      victim.child.kill('SIGKILL');
      copies[copies.indexOf(victim)] = hire();
      kills += 1;
    } else if (victim) {
      victim.child.kill('SIGSTOP');
      await endLeases(redis, keys);
      // The others take over what it has in hand; then it wakes.
      await Promise.all(copies.map((copy) => (copy === victim ? 0 : copy.tick(at.add({ seconds: 1 })))));
      victim.child.kill('SIGCONT');
      stops += 1;
    }
    await ticking;
    await endLeases(redis, keys);
  }
  await settle(all, begin.add({ minutes: MINUTES }));
  expect(kills).toBeGreaterThan(4);
  expect(stops).toBeGreaterThan(4);
  await account(all, MINUTES, kills + stops);
}, 120_000);

test('Redis killed again and again under three copies: nothing is lost and nothing runs twice', async () => {
  const { socket, signal } = await ownRedis();
  const all = await fleet(socket);
  const MINUTES = 12;
  await all.copies[0]?.tick(begin);
  for (let n = 1; n <= MINUTES; n++) {
    const at = begin.add({ minutes: n });
    const ticking = Promise.all(all.copies.map((copy) => copy.tick(at)));
    if (n % 2 === 0 && (await caught(all, 1 + ((n * 7) % 20), ticking))) {
      const down = once(all.redis, 'close');
      signal('SIGKILL');
      await down;
      await ready(all.redis, 10_000);
    }
    await ticking;
  }
  // Each copy knows what became of what it had in hand, and tells it when it is connected again.
  for (let i = 1, left = 1; left > 0 && i < 50; i++) {
    const at = begin.add({ minutes: MINUTES, milliseconds: 100 * i });
    left = Math.max(...(await Promise.all(all.copies.map((copy) => copy.tick(at)))));
  }
  await settle(all, begin.add({ minutes: MINUTES }));
  expect(await account(all, MINUTES, 0)).toMatchObject({ lost: 0 });
}, 120_000);
