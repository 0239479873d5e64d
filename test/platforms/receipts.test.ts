import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { PlatformError, Unconfirmed } from '../../src/errors.ts';
import { translator } from '../../src/i18n.ts';
import { type Chat, chatKey, type Message, plain, text } from '../../src/message.ts';
import { answering, type PostReply } from '../../src/platforms/answering.ts';
import type { Later } from '../../src/platforms/receipts.ts';
import type { Answered, Post } from '../../src/ports.ts';
import { LEASE_MS, redisReplyLeases } from '../../src/store/reply-leases.ts';
import { place, redis } from '../engine.ts';
import { at, direct, group, ledger, monday, say, wang } from '../values.ts';

const t = translator('zh-CN');
const other: Chat = { ...group, id: 'g2' };

/** A platform whose chats take `room` more messages each, and a clock that opens them again. */
const house = () => {
  const { log, errors } = ledger();
  const clock = { now: Date.UTC(2026, 10, 23) };
  const leases = redisReplyLeases(redis, place().keys, () => clock.now);
  const room = new Map<string, number>();
  const said: string[] = [];
  const kept: Post[] = [];
  const timers: { ms: number; run: () => Promise<void> }[] = [];
  const later: Later = (ms, run) => {
    const timer = { ms, run };
    timers.push(timer);
    return () => void (timers.includes(timer) && timers.splice(timers.indexOf(timer), 1));
  };
  const answer = answering({
    ...{ leases, onRefused: async () => {}, now: () => at(monday), t, log, later },
    outbox: { enqueue: async (posts) => void kept.push(...posts) },
  });
  const post: PostReply = async (chat, reply) => {
    const left = room.get(chatKey(chat)) ?? 0;
    if (left === 0) throw new PlatformError('wecom', 'window-full', 'retry', '', { waitMs: 7_000 });
    room.set(chatKey(chat), left - 1);
    said.push(`${chat.id} ${plain(reply)}`);
  };
  const files = (message: Message, answers: readonly Partial<Answered>[] = [{ isReceipt: true }]) =>
    answer(
      message,
      async () => answers.map((over) => ({ chat: message.chat, reply: text('已记 1 项'), ...over })),
      post,
    );
  /** Runs the timers that are set; answers how long each was. */
  const fire = async () => {
    const due = timers.splice(0);
    await Promise.all(due.map(({ run }) => run()));
    return due.map(({ ms }) => ms);
  };
  const open = (chat: Chat, places: number) => void room.set(chatKey(chat), places);
  return { answer, files, post, said, kept, errors, clock, timers, fire, open };
};

const report = (over: Partial<Message> = {}) => say('/日清 走访', { sender: { id: randomUUID() }, ...over });

test('with room each report has its own receipt', async () => {
  const { files, said, open, timers } = house();
  open(group, 2);
  await files(report());
  await files(report());
  expect(said).toEqual(['g1 已记 1 项', 'g1 已记 1 项']);
  expect(timers).toEqual([]);
});

test('in a full group receipts become one line with a count, as soon as there is room, and no names', async () => {
  const { files, said, open, fire, kept } = house();
  for (let i = 0; i < 12; i += 1) await files(report());
  expect([said, kept]).toEqual([[], []]);
  open(group, 5);
  expect(await fire()).toEqual([7_000]);
  expect(said).toEqual(['g1 刚才又收到 12 条，都已记下。']);
});

test('one receipt that waited alone keeps its own words', async () => {
  const { files, said, open, fire } = house();
  await files(report());
  open(group, 1);
  await fire();
  expect(said).toEqual(['g1 已记 1 项']);
});

test('while some wait, those after them join and leave the room to the line', async () => {
  const { files, said, open, fire } = house();
  await files(report());
  open(group, 1);
  await files(report());
  expect(said).toEqual([]);
  await fire();
  expect(said).toEqual(['g1 刚才又收到 2 条，都已记下。']);
});

test('still full when it was to be said, the line waits on and counts what came meanwhile', async () => {
  const { files, said, open, fire } = house();
  await files(report());
  expect(await fire()).toEqual([7_000]);
  await files(report());
  open(group, 1);
  expect(await fire()).toEqual([7_000]);
  expect(said).toEqual(['g1 刚才又收到 2 条，都已记下。']);
  await files(report());
  expect(await fire()).toEqual([7_000]);
});

test('each chat has its own line', async () => {
  const { files, said, open, fire } = house();
  for (const chat of [group, group, other, other, other]) await files(report({ chat }));
  open(group, 1);
  open(other, 1);
  await fire();
  expect(said).toEqual(['g1 刚才又收到 2 条，都已记下。', 'g2 刚才又收到 3 条，都已记下。']);
});

test('a report delivered again while it waits, and after it was told, counts once', async () => {
  const { files, said, open, fire, clock } = house();
  const message = report();
  await files(message);
  clock.now += LEASE_MS;
  await files(message);
  await files(report());
  open(group, 5);
  await fire();
  clock.now += LEASE_MS;
  await files(message);
  expect(said).toEqual(['g1 刚才又收到 2 条，都已记下。']);
});

test('other answers, and private ones, are not merged: they wait as posts', async () => {
  const { files, kept, timers } = house();
  await files(report(), [{}]);
  await files(report({ chat: direct(wang) }), [{ isReceipt: true }]);
  expect(kept.map(({ chat }) => chat)).toEqual([group, direct(wang)]);
  expect(timers).toEqual([]);
});

test('what is not saved is counted nowhere', async () => {
  const { answer, files, post, said, open, fire } = house();
  await files(report());
  await files(report());
  await answer(report(), () => Promise.reject(new Unconfirmed('gone')), post);
  open(group, 1);
  await fire();
  expect(said).toEqual(['g1 刚才又收到 2 条，都已记下。']);
});

test('a stop hands what waits to the outbox, and a second one nothing more', async () => {
  const { answer, files, kept, timers } = house();
  const first = report();
  await files(first);
  await files(report());
  await files(report({ chat: other }));
  await answer.stop();
  await answer.stop();
  expect(kept.map(({ chat, reply }) => [chat.id, plain(reply)])).toEqual([
    ['g1', '刚才又收到 2 条，都已记下。'],
    ['g2', '已记 1 项'],
  ]);
  expect(kept[0]?.id).toBe(`merged/reply/${chatKey(group)}/${first.id}`);
  expect(timers).toEqual([]);
});

test('a line that the platform did not take for another reason goes to the outbox', async () => {
  const { answer, kept, fire } = house();
  const outcomes = [{ waitMs: 7_000 }, { waitMs: null }];
  const post: PostReply = async () => {
    throw new PlatformError('wecom', 'not-connected', 'retry', '', outcomes.shift() ?? {});
  };
  const receipt = async () => [{ chat: group, reply: text('已记 1 项'), isReceipt: true as const }];
  await answer(report(), receipt, post);
  await fire();
  expect(kept.map(({ reply }) => plain(reply))).toEqual(['已记 1 项']);
});
