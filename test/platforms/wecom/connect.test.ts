import { expect, test } from 'vitest';
import { lineTiming } from '../../../src/platforms/wecom/connect.ts';
import type { WecomServer } from '../../fakes/wecom-server.ts';
import { connected, wecom } from './house.ts';

const quickly = { interval: 5 };
const asked = (server: WecomServer) => server.frames.filter(({ frame }) => frame.cmd === 'aibot_subscribe').length;
/** Our own, not the SDK's. */
const pings = (server: WecomServer) =>
  server.frames.filter(({ from, frame }) => from === 'bot' && frame.headers.req_id.startsWith('alive_')).length;

test('comes back after every loss, more often than the SDK alone would, on one connection', async () => {
  const { server, bot } = await connected();
  for (let loss = 1; loss <= 12; loss += 1) {
    server.drop();
    await expect.poll(() => server.subscriptions() === loss + 1 && bot.isUp(), quickly).toBe(true);
  }
  expect(server.connections()).toBe(1);
  server.inGroup('g1', 'zhang', '还在吗');
  await server.seen(() => server.posts.length === 1);
});

test('waits for a server that is not there yet', async () => {
  const { server, bot, lines } = await connected();
  const port = Number(new URL(server.url).port);
  await server.close();
  await expect.poll(() => lines.filter((line) => line.includes('connection lost')).length).toBeGreaterThan(3);
  expect(bot.isUp()).toBe(false);
  const back = await wecom({ server: { port } });
  await expect.poll(() => back.server.subscriptions() === 1 && bot.isUp()).toBe(true);
  await bot.stop();
});

test('wrong credentials are said aloud each time, tried again slowly, and more than five times', async () => {
  const { server, bot, lines } = await wecom({ secret: 'wrong' });
  const made = bot();
  await server.seen(() => asked(server) >= 7);
  expect(made.isUp()).toBe(false);
  const said = lines.filter((line) => line.startsWith('error the platform does not accept these credentials'));
  expect(said.length).toBeGreaterThanOrEqual(6);
  expect(said[0]).toContain('853000');
  expect(said[0]).toContain('againMs: 40');
  await expect.poll(() => server.connections()).toBeLessThanOrEqual(1);
});

test('who is kicked says so, closes, and does not fight', async () => {
  const { server, bot, another, lines } = await connected();
  const second = another();
  await expect.poll(() => second.isUp() && !bot.isUp()).toBe(true);
  server.inGroup('g1', 'zhang', '谁在');
  await server.seen(() => server.posts.length === 1);
  // Many times the pause after a loss.
  await server.seen(() => pings(server) > 12);
  expect(server.subscriptions()).toBe(2);
  expect(server.connections()).toBe(1);
  expect(bot.isUp()).toBe(false);
  expect(second.isUp()).toBe(true);
  expect(lines.filter((line) => line.startsWith('error another connection has taken our place'))).toHaveLength(1);
});

test('a connection on which pings stay without answer is given up', async () => {
  const { server, bot, lines } = await connected();
  await server.seen(() =>
    server.frames.some(({ from, frame }) => from === 'server' && frame.headers.req_id.startsWith('alive_')),
  );
  server.faults.answersPings = false;
  await server.seen(() => server.subscriptions() > 1);
  server.faults.answersPings = true;
  await expect.poll(() => bot.isUp()).toBe(true);
  expect(lines.join()).toContain('no answer to pings');
});

test('the SDK alone gives such a connection up too, at its third beat', async () => {
  const { server } = await connected({ line: { probeMs: 60_000, heartbeatMs: 20 } });
  await server.seen(() => server.frames.some(({ frame }) => frame.headers.req_id.startsWith('ping_')));
  server.faults.answersPings = false;
  await server.seen(() => server.subscriptions() > 1);
});

test('a server that never answers our own pings is not taken for dead', async () => {
  const { server, bot } = await wecom();
  server.faults.answersPings = false;
  const made = bot();
  await server.seen(() => pings(server) > 4);
  expect(server.subscriptions()).toBe(1);
  expect(made.isUp()).toBe(true);
});

test('our pings look like the SDK’s', async () => {
  const { server } = await connected();
  const [ping] = await server.seen(() => {
    const pings = server.frames.filter(({ frame }) => frame.cmd === 'ping');
    return pings.length > 0 && pings;
  });
  expect(ping?.frame).toEqual({ cmd: 'ping', headers: { req_id: expect.stringMatching(/^alive_\d+_[0-9a-f]{8}$/) } });
});

test('a server that takes the connection and says nothing is not waited for', async () => {
  const { server, bot, lines } = await wecom({ line: { connectMs: 50 } });
  server.faults.isMute = true;
  const made = bot();
  await server.seen(() => asked(server) > 1);
  server.faults.isMute = false;
  await expect.poll(() => made.isUp()).toBe(true);
  expect(lines.join()).toContain('not subscribed in time');
});

test('“not subscribed” in answer to what we say makes a new connection', async () => {
  const { server, bot, kept } = await connected();
  server.faults.refuseNext.push(846_609);
  server.inGroup('g1', 'zhang', '一');
  await expect.poll(() => server.subscriptions() === 2 && bot.isUp()).toBe(true);
  expect(kept).toHaveLength(1);
});

test('a socket that stays open after `disconnected_event` is closed by us, and left alone for minutes', async () => {
  const { server, bot, lines } = await connected();
  server.deafen();
  await expect.poll(() => server.connections(), quickly).toBe(0);
  expect(bot.isUp()).toBe(false);
  expect(lines.filter((line) => line.includes('is the bot running twice'))).toHaveLength(1);
  expect(server.subscriptions()).toBe(1);
});

test('a dead connection is found within a minute, whichever of its signs is missing', () => {
  const { probeMs, probeAnswerMs, heartbeatMs } = lineTiming;
  // An answer that just came, then two that do not with the pause between them; of the SDK's beats three.
  expect(probeMs + 3 * probeAnswerMs).toBeLessThan(60_000);
  expect(3 * heartbeatMs).toBeLessThan(60_000);
});

test('a connection that is made anew in the night kicks nobody, and is the only one', async () => {
  const { server, bot } = await connected({ renewal: () => 150 });
  await server.seen(() => server.subscriptions() >= 3);
  await expect.poll(() => bot.isUp(), quickly).toBe(true);
  expect(server.connections()).toBeLessThanOrEqual(2);
  expect(server.frames.some(({ frame }) => JSON.stringify(frame).includes('disconnected_event'))).toBe(false);
});

test('a bot that is stopped while it connects stays stopped', async () => {
  const { server, bot } = await wecom();
  const made = bot();
  await made.stop();
  // Time enough for another one.
  bot();
  await server.seen(() => pings(server) > 2);
  expect(made.isUp()).toBe(false);
  expect(server.connections()).toBe(1);
  expect(server.subscriptions()).toBe(1);
});
