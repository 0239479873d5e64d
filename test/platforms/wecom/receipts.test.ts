import { expect, test } from 'vitest';
import { PlatformError, WINDOW_FULL } from '../../../src/errors.ts';
import { plain, text } from '../../../src/message.ts';
import type { Receive } from '../../../src/ports.ts';
import { connected } from './house.ts';

/** A bot whose groups take three messages, then none until they are opened, and that answers reports with receipts. */
const rushed = async (waitMs: number) => {
  let room = 3;
  const receive: Receive = async ({ chat }) => [{ chat, reply: text('已记 1 项'), isReceipt: true }];
  const take = async () => {
    room -= 1;
    if (room < 0) throw new PlatformError('wecom', WINDOW_FULL, 'retry', 'our count is full', { waitMs });
  };
  const house = await connected({ receive, take });
  for (let i = 0; i < 15; i += 1) house.server.inGroup('g1', `zhang${i}`, '/日清 走访');
  await house.server.seen(() => house.heard.length === 15 && house.server.posts.length === 3);
  const open = () => {
    room = 10;
  };
  return { ...house, open, said: () => house.server.posts.map((post) => post.text) };
};

test('a rush of reports in a group ends in one line, said as soon as there is room', async () => {
  const { server, said, open, kept } = await rushed(400);
  open();
  await server.seen(() => server.posts.length > 3);
  expect(said()).toEqual([...Array(3).fill('已记 1 项'), '刚才又收到 12 条，都已记下。']);
  expect(kept).toEqual([]);
});

test('stopped meanwhile, the bot leaves the line in the outbox', async () => {
  const { bot, said, kept } = await rushed(60_000);
  await expect.poll(() => said()).toHaveLength(3);
  await bot.stop();
  expect(kept.map(({ chat, reply }) => [chat.id, plain(reply)])).toEqual([['g1', '刚才又收到 12 条，都已记下。']]);
});
