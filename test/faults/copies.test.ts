/** Two copies of the bot, real processes on one Redis, and one WeCom that takes one connection of a bot. */
import { setTimeout as wait } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { expect, onTestFinished, test } from 'vitest';
import { keysIn } from '../../src/store/keys.ts';
import { dataOf, entriesOf } from '../../src/store/replay.ts';
import { scopesOf } from '../../src/store/verify.ts';
import { type WecomServer, wecomServer } from '../fakes/wecom-server.ts';
import { brisk, copiesOn, kicksIn, outsideRedis } from './copies.ts';

const soon = { timeout: 15_000, interval: 20 };

const house = async () => {
  const [redis, server] = await Promise.all([outsideRedis(), wecomServer()]);
  onTestFinished(() => server.close());
  return { redis, server, ...copiesOn(redis, server) };
};

const answersTo = (server: WecomServer, msgid: string) => server.posts.filter(({ to }) => to === msgid);
const answerTo = async (server: WecomServer, msgid: string) =>
  server.seen(() => answersTo(server, msgid)[0]?.text ?? false, 10_000);

/** Bound groups: g1 and so on. WeCom takes thirty messages a minute in each. */
const settle = async (server: WecomServer, claimCode: string | null, groups = 1) => {
  await answerTo(server, server.inDirect('boss', `/认领 ${claimCode}`));
  for (let g = 1; g <= groups; g += 1) await answerTo(server, server.inGroup(`g${g}`, 'boss', `/绑定 第${g}镇`));
};
const GROUPS = 12;

/** Every report in the store, by its number, as often as it is there. */
const storedIn = async (url: string): Promise<number[]> => {
  const redis = new Redis(url);
  onTestFinished(() => redis.disconnect());
  const keys = keysIn('rq');
  const stored: number[] = [];
  for (const scope of await scopesOf(redis, keys)) {
    for await (const entries of entriesOf(redis, keys, scope)) {
      for (const data of await dataOf(redis, keys, scope, entries)) {
        for (const [, n] of (data ?? '').matchAll(/第(\d+)件事/gu)) stored.push(Number(n));
      }
    }
  }
  return stored;
};

test('killed, stopped and replaced in turn under load: one connection, every answer true, none twice', async () => {
  const { redis, server, start } = await house();
  const first = await start();
  await server.seen(() => server.isConnected());
  await settle(server, first.claimCode, GROUPS);
  const second = await start();
  await expect.poll(second.standing, soon).toBe('standby');

  const asked = new Map<string, number>();
  let [n, isOver, most] = [0, false, 0];
  const talk = async () => {
    while (!isOver) {
      if (server.isConnected()) {
        n += 1;
        asked.set(server.inGroup(`g${1 + (n % GROUPS)}`, `p${n}`, `/日清 第${n}件事`), n);
      }
      most = Math.max(most, server.connections());
      await wait(60);
    }
  };
  const talking = talk();
  const hears = async () => {
    const before = server.posts.length;
    await server.seen(() => server.posts.length > before + 10, 15_000);
  };

  await hears();
  const killedAt = Date.now();
  await first.end('SIGKILL');
  await server.seen(() => !server.isConnected());
  await server.seen(() => server.isConnected(), 15_000);
  // Here and below with room for a busy machine.
  expect(Date.now() - killedAt).toBeLessThan(brisk.turn.leaseMs + 2_000);
  await hears();

  const third = await start();
  await expect.poll(third.standing, soon).toBe('standby');
  await second.end('SIGTERM');
  const stoppedAt = Date.now();
  await server.seen(() => server.isConnected(), 15_000);
  expect(Date.now() - stoppedAt).toBeLessThan(brisk.turn.askMs + 1_500);
  await hears();
  isOver = true;
  await talking;
  await server.seen(() => [...asked.keys()].slice(-5).every((id) => answersTo(server, id).length > 0), 10_000);

  const answered = [...asked].filter(([id]) => answersTo(server, id).some(({ text }) => text.includes('已记')));
  expect(answered.length).toBeGreaterThan(30);
  for (const [id] of asked) expect(answersTo(server, id).length).toBeLessThanOrEqual(1);
  const stored = await storedIn(redis.url);
  expect(new Set(stored).size).toBe(stored.length);
  expect(answered.map(([, report]) => report).filter((report) => !stored.includes(report))).toEqual([]);
  expect(server.subscriptions()).toBe(3);
  expect(most).toBeLessThanOrEqual(1);
  expect(kicksIn(server)).toBe(0);
}, 90_000);

test('a holder that was stopped and wakes up neither sends nor takes in, and does not come back', async () => {
  const { server, start } = await house();
  const first = await start();
  await server.seen(() => server.isConnected());
  await settle(server, first.claimCode);
  const second = await start();
  await expect.poll(second.standing, soon).toBe('standby');

  first.process.kill('SIGSTOP');
  // Into the socket of the one that sleeps: WeCom does not know better.
  const lost = [1, 2, 3].map((n) => server.inGroup('g1', 'zhang', `/日清 睡着时第${n}件事`));
  await server.seen(() => server.subscriptions() === 2, 15_000);
  const kept = server.inGroup('g1', 'zhang', '/日清 醒着的一件事');
  expect(await answerTo(server, kept)).toContain('已记 1 项');
  first.process.kill('SIGCONT');
  await expect.poll(first.standing, soon).toBe('standby');

  await wait(3 * brisk.turn.leaseMs);
  for (const id of lost) expect(answersTo(server, id)).toEqual([]);
  expect(await second.standing()).toBe('ok');
  expect([server.subscriptions(), server.connections(), kicksIn(server)]).toEqual([2, 1, 1]);
  expect(first.said.join('\n')).not.toContain('another connection has taken our place');
  expect(await answerTo(server, server.inGroup('g1', 'zhang', '/我的'))).not.toContain('睡着时');
}, 90_000);

test('two deployments with one bot do not fight: each says so once, and pauses grow', async () => {
  const server = await wecomServer();
  onTestFinished(() => server.close());
  const [here, there] = await Promise.all([outsideRedis(), outsideRedis()]);
  const mine = await copiesOn(here, server).start();
  await server.seen(() => server.isConnected());
  const other = await copiesOn(there, server).start();
  await wait(12_000);

  const at = server.frames.filter(({ frame }) => frame.cmd === 'aibot_subscribe').map(({ at }) => at);
  // Pauses of 2 to 3 s, then 4 to 6, then 8 to 12, on each side.
  expect(at.length).toBeGreaterThan(2);
  expect(at.length).toBeLessThanOrEqual(7);
  expect(server.connections()).toBeLessThanOrEqual(1);
  for (const { said } of [mine, other]) {
    expect(said.filter((line) => line.includes('is the bot running twice')).length).toBe(1);
  }
  const standings = await Promise.all([mine.standing(), other.standing()]);
  expect(standings.toSorted()).toEqual(['failing', 'ok']);
}, 60_000);

test('while Redis is away people are told; the connection goes before its lease can be another’s, and comes back', async () => {
  const { redis, server, start } = await house();
  const long = { ...brisk, turn: { ...brisk.turn, leaseMs: 12_000, marginMs: 1_000 } };
  const only = await start(long);
  await server.seen(() => server.isConnected());
  await settle(server, only.claimCode);

  redis.signal('SIGSTOP');
  const stoppedAt = Date.now();
  expect(await answerTo(server, server.inGroup('g1', 'zhang', '/日清 走访'))).toContain('还没有确认保存');
  expect(Date.now() - stoppedAt).toBeLessThan(5_000);
  await server.seen(() => !server.isConnected(), 20_000);
  expect(Date.now() - stoppedAt).toBeLessThan(long.turn.leaseMs);
  expect(await only.standing()).toBe('failing');
  redis.signal('SIGCONT');
  await server.seen(() => server.isConnected(), 15_000);
  expect(await answerTo(server, server.inGroup('g1', 'zhang', '/日清 走访'))).toContain('已记');
}, 60_000);

test('a copy with wrong credentials says so, is not ready, and asks slowly', async () => {
  const { server, start } = await house();
  const wrong = await start(brisk, { WECOM_BOT_SECRET: 'wrong' });
  const asked = () => server.frames.filter(({ frame }) => frame.cmd === 'aibot_subscribe').length;
  await server.seen(() => asked() >= 3);
  expect(await wrong.standing()).toBe('failing');
  expect(wrong.said.join('\n')).toContain('does not accept these credentials');
  const at = server.frames.filter(({ frame }) => frame.cmd === 'aibot_subscribe').map(({ at }) => at);
  for (const [i, moment] of at.slice(1).entries()) {
    expect(moment - (at[i] ?? 0)).toBeGreaterThanOrEqual(brisk.again.refusedMs - 50);
  }
}, 30_000);
