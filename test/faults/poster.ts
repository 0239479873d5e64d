/**
 * One copy of the outbox as a process: `node poster.ts <socket> <namespace> <port> <first chat> <chats> <posts a chat>`
 * enqueues its share, says `added`, and sends until it is ended.
 */
import { writeSync } from 'node:fs';
import { Temporal } from 'temporal-polyfill';
import { PlatformError } from '../../src/errors.ts';
import { text } from '../../src/message.ts';
import { outbox } from '../../src/outbox.ts';
import { within } from '../../src/platforms/wecom/voice.ts';
import type { Post } from '../../src/ports.ts';
import { keysIn } from '../../src/store/keys.ts';
import { redisLimits } from '../../src/store/limits.ts';
import { redisPosts } from '../../src/store/posts.ts';
import { connect, ready } from '../../src/store/redis.ts';
import { redisWaker } from '../../src/store/waker.ts';
import { silent } from '../store/own-redis.ts';
import { deliveryOf, perChat, perRobot } from './posting-limits.ts';

const [socket = '', namespace = '', port = '', ...numbers] = process.argv.slice(2);
const [first = 0, chats = 0, each = 0] = numbers.map(Number);
const redis = connect(socket, silent);
await ready(redis, 5_000);
const keys = keysIn(namespace);
const take = within(redisLimits(redis, keys, 'wecom'));
const clock = () => Temporal.Now.instant();

const post = async (chat: string, id: string): Promise<void> => {
  const sent = fetch(`http://127.0.0.1:${port}/${chat}/${encodeURIComponent(id)}`, { method: 'POST' });
  const answer = await sent.then(
    (response) => response.status,
    () => null,
  );
  if (answer === null) throw new PlatformError('wecom', 'no-answer', 'unknown', 'no answer');
  if (answer !== 200) throw new PlatformError('wecom', 45009, 'retry', 'too often', { waitMs: perChat.ms });
};

const box = outbox({
  posts: redisPosts(redis, keys, Date.now),
  waker: redisWaker(redis, keys, silent),
  platforms: new Map([
    [
      'wecom',
      {
        async send(chat, _reply, id) {
          await take(
            [
              { key: chat.id, ...perChat },
              { key: 'robot', ...perRobot },
            ],
            { isPost: true },
          );
          await post(chat.id, id);
        },
      },
    ],
  ]),
  clock,
  realNow: Date.now,
  admission: { dayOf: () => 0, opensAt: async (_post, _place, at) => at },
  isMoot: async () => false,
  onRefused: async () => {},
  random: Math.random,
  log: silent,
});
box.start();

const now = clock();
const all = Array.from({ length: chats * each }, (_, n): Post => {
  const chat = first + Math.floor(n / each);
  return {
    id: `${chat}/${n % each}`,
    chat: { platform: 'wecom', kind: 'group', id: `g${chat}` },
    reply: text('提醒'),
    delivery: deliveryOf(chat),
    notBefore: now,
    expiresAt: now.add({ hours: 12 }),
    source: null,
  };
});
await box.enqueue(all);
writeSync(1, 'added\n');
