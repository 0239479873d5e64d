import { expect, test } from 'vitest';
import { NOT_CONNECTED, PlatformError } from '../../src/errors.ts';
import { redisPosts } from '../../src/store/posts.ts';
import { chatOf, engine, mailbox, place, post, redis } from '../engine.ts';

/** Two copies of the bot on one store, of which the first is not connected. */
const house = () => {
  const where = place();
  const time = { real: Date.now() };
  const posts = redisPosts(redis, where.keys, () => time.real);
  const state = { isConnected: false };
  const make = (isConnected: () => boolean) => {
    const mail = mailbox(async () => {
      if (!isConnected()) throw new PlatformError('playground', NOT_CONNECTED, 'retry', 'down');
    });
    return { ...engine({ ...where, posts }, { mail, realNow: () => time.real }), sent: mail.sent };
  };
  return { standby: make(() => state.isConnected), holder: make(() => true), state, time };
};

test('what a copy that stands by takes up goes out by the one that is connected, seconds later, in order', async () => {
  const { standby, holder, time } = house();
  const all = [post(), post(), post({ chat: chatOf('g2') })];
  await standby.outbox.enqueue(all);
  expect(await standby.outbox.drain()).toBe(0);
  time.real += 3_000;
  expect(await holder.outbox.drain()).toBe(3);
  expect(holder.sent.filter(({ chat }) => chat.endsWith('g1')).map(({ id }) => id)).toEqual(
    all.slice(0, 2).map(({ id }) => id),
  );
});

test('an hour without a connection gives nothing up, and makes no wait longer', async () => {
  const { standby, state, time } = house();
  await standby.outbox.enqueue([post()]);
  for (let second = 0; second < 3_600; second += 3) {
    expect(await standby.outbox.drain()).toBe(0);
    time.real += 3_000;
  }
  state.isConnected = true;
  expect(await standby.outbox.drain()).toBe(1);
  expect(standby.said('post not sent')).toEqual([]);
});
