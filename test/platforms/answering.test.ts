import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { afterAll, expect, inject, test } from 'vitest';
import { PlatformError, Unconfirmed } from '../../src/errors.ts';
import { translator } from '../../src/i18n.ts';
import { type Chat, plain, text } from '../../src/message.ts';
import { answering, type PostReply } from '../../src/platforms/answering.ts';
import type { Answered, Post, ReplyLeases } from '../../src/ports.ts';
import { keysIn } from '../../src/store/keys.ts';
import { LEASE_MS, redisReplyLeases } from '../../src/store/reply-leases.ts';
import { at, direct, group, ledger, monday, say, wang } from '../values.ts';

const redis = new Redis(inject('redis'));
afterAll(() => redis.disconnect());
const t = translator('zh-CN');

type Over = {
  readonly hasApp?: boolean;
  readonly leases?: Partial<ReplyLeases>;
  readonly enqueue?: (posts: readonly Post[]) => Promise<void>;
  /** Whether it waits for leases that others hold; the clock goes on meanwhile. */
  readonly isPatient?: boolean;
};

const house = (over: Over = {}) => {
  const { log, errors } = ledger();
  const clock = { now: Date.UTC(2026, 10, 23) };
  const real = redisReplyLeases(redis, keysIn(randomUUID()), () => clock.now);
  const kept: Post[] = [];
  const posts: string[] = [];
  const failures: PlatformError['outcome'][] = [];
  const enqueue = over.enqueue ?? (async (posts) => void kept.push(...posts));
  const answer = answering({
    leases: { ...real, ...over.leases },
    outbox: { enqueue },
    onRefused: async () => {},
    now: () => at(monday),
    t,
    log,
    hasApp: over.hasApp ?? false,
    ...(over.isPatient && {
      wait: async (ms: number) => {
        clock.now += ms;
      },
    }),
  });

  const post: PostReply = async (chat: Chat, reply) => {
    const failure = failures.shift();
    if (failure !== 'retry' && failure !== 'refused') posts.push(`${chat.kind} ${plain(reply)}`);
    if (failure) throw new PlatformError('wecom', 1, failure, '');
  };
  return { answer, post, posts, failures, kept, errors, clock, leases: real };
};

const said = (words: string): readonly Answered[] => [{ chat: group, reply: text(words) }];
const both: readonly Answered[] = [...said('已私信发给你。'), { chat: direct(wang), reply: text('你的数') }];

test('many deliveries at once are answered once', async () => {
  const { answer, post, posts } = house();
  const message = say('/日清 走访');
  await Promise.all(Array.from({ length: 10 }, () => answer(message, async () => said('已记'), post)));
  expect(posts).toEqual(['group 已记']);
});

test('what was answered is not asked again: a refusal stands though the person may do it by now', async () => {
  const { answer, post, posts, clock } = house();
  const message = say('/绑定 城关镇');
  const asked: string[] = [];
  const ask = (words: string) => async () => {
    asked.push(words);
    return said(words);
  };
  await answer(message, ask('只有管理员可以用'), post);
  clock.now += 2 * LEASE_MS;
  await answer(message, ask('已绑定'), post);
  expect([posts, asked]).toEqual([['group 只有管理员可以用'], ['只有管理员可以用']]);
});

test('one person’s messages are asked in the order they came, though a lease comes late', async () => {
  const late = Promise.withResolvers<'go'>();
  const leases = { claim: (id: string) => (id.endsWith('/first') ? late.promise : Promise.resolve('go' as const)) };
  const { answer, post } = house({ leases });
  const asked: string[] = [];
  const told = ['first', 'second'].map((id) =>
    answer(
      say('/日清 走访', { id }),
      async () => {
        asked.push(id);
        return said(id);
      },
      post,
    ),
  );
  await new Promise((resolve) => setImmediate(resolve));
  expect(asked).toEqual([]);
  late.resolve('go');
  await Promise.all(told);
  expect(asked).toEqual(['first', 'second']);
});

test('the same id in another chat is another message', async () => {
  const { answer, post, posts } = house();
  const message = say('/日清 走访');
  await answer(message, async () => said('已记'), post);
  await answer({ ...message, chat: direct(wang) }, async () => [{ chat: direct(wang), reply: text('已记') }], post);
  expect(posts).toEqual(['group 已记', 'direct 已记']);
});

test('a crash between the private part and the line in the group: only the line is still said', async () => {
  const { answer, post, posts, clock, leases } = house();
  const message = say('/我的');
  await leases.claim(`reply/playground:group:g1/${message.id}/playground:direct:wang`);
  await leases.sent(`reply/playground:group:g1/${message.id}/playground:direct:wang`);
  clock.now += LEASE_MS;
  await answer(message, async () => both, post);
  expect(posts).toEqual(['group 已私信发给你。']);
});

test('what the platform did not take goes to the outbox once, and not into the chat a second time', async () => {
  const { answer, post, posts, failures, kept, clock } = house();
  const message = say('/日清 走访');
  failures.push('retry');
  await answer(message, async () => said('已记'), post);
  clock.now += LEASE_MS;
  await answer(message, async () => said('已记'), post);
  expect(posts).toEqual([]);
  expect(kept).toMatchObject([{ id: `reply/playground:group:g1/${message.id}`, chat: group, source: null }]);
});

test('what it may have taken is not said again', async () => {
  const { answer, post, posts, failures, kept, clock } = house();
  const message = say('/日清 走访');
  failures.push('unknown');
  await answer(message, async () => said('已记'), post);
  clock.now += LEASE_MS;
  await answer(message, async () => said('已记'), post);
  expect([posts, kept]).toEqual([['group 已记'], []]);
});

test('who cannot be written to privately is told in the group, once', async () => {
  const { answer, post, posts, failures, clock } = house();
  const message = say('/我的');
  failures.push('refused');
  await answer(message, async () => both, post);
  clock.now += LEASE_MS;
  await answer(message, async () => both, post);
  expect(posts).toEqual([`group ${t('reply.cannot-write-privately')}`]);
});

test('where an app writes to people, who is out of its range is told so', async () => {
  const { answer, post, posts, failures } = house({ hasApp: true });
  failures.push('refused');
  await answer(say('/我的'), async () => both, post);
  expect(posts).toEqual([`group ${t('reply.cannot-write-app')}`]);
});

test('a private part that is only late is kept, and the group line is true', async () => {
  const { answer, post, posts, failures, kept } = house();
  failures.push('retry');
  await answer(say('/我的'), async () => both, post);
  expect(posts).toEqual(['group 已私信发给你。']);
  expect(kept).toMatchObject([{ chat: direct(wang) }]);
});

test('“not confirmed” is said, and a redelivery after the lease gets the true answer', async () => {
  const { answer, post, posts, clock, errors } = house();
  const message = say('/日清 走访');
  await answer(message, () => Promise.reject(new Unconfirmed('gone')), post);
  clock.now += LEASE_MS;
  await answer(message, async () => said('已记'), post);
  expect(posts).toEqual([`group ${t('error.unconfirmed')}`, 'group 已记']);
  expect(errors).toEqual([]);
});

test('where the platform delivers again nothing is said before it is confirmed, and then at once', async () => {
  const { answer, post, posts } = house();
  const message = say('/日清 走访');
  await answer(message, async () => null, post);
  await answer(message, async () => said('已记'), post);
  expect(posts).toEqual(['group 已记']);
});

test('a delivery that is acknowledged waits for a lease whose holder has died', async () => {
  const { answer, post, posts, leases } = house({ isPatient: true });
  const message = say('/我的');
  await leases.claim(`reply/playground:group:g1/${message.id}`);
  await leases.claim(`reply/playground:group:g1/${message.id}/playground:direct:wang`);
  await answer(message, async () => both, post);
  expect(posts).toEqual(['direct 你的数', 'group 已私信发给你。']);
});

test('and says nothing when the holder lives after all', async () => {
  const { answer, post, posts, leases } = house({ isPatient: true });
  const message = say('/日清 走访');
  const id = `reply/playground:group:g1/${message.id}`;
  await leases.claim(id);
  const ask = async () => {
    await leases.sent(id);
    return said('已记');
  };
  await answer(message, ask, post);
  expect(posts).toEqual([]);
});

test('with the leases’ Redis gone the person still hears', async () => {
  const gone = () => Promise.reject(new Unconfirmed('gone'));
  const { answer, post, posts } = house({ leases: { claim: gone, sent: gone } });
  await answer(say('/日清 走访'), async () => said('已记'), post);
  expect(posts).toEqual(['group 已记']);
});

test('leases that never come keep the command waiting for a moment only', async () => {
  const { answer } = house({ leases: { claim: () => new Promise(() => {}) } });
  await new Promise<void>((asked) => {
    const ask = async () => {
      asked();
      return said('已记');
    };
    void answer(say('/日清 走访'), ask, async () => {});
  });
});

test('neither a bug nor a lost outbox escapes, or stays unlogged', async () => {
  const { answer, post, posts, errors, failures } = house({ enqueue: () => Promise.reject(new Unconfirmed('gone')) });
  await answer(say('/日清 走访'), () => Promise.reject(new TypeError('bug')), post);
  expect(posts).toEqual([`group ${t('error.unconfirmed')}`]);
  expect(errors).toHaveLength(1);
  failures.push('retry', 'retry');
  await answer(say('/日清 走访'), async () => said('已记'), post);
  expect(errors).toHaveLength(2);
});

test('what is not for the bot is not answered', async () => {
  const { answer, post, posts } = house();
  await answer(say('大家好'), async () => [], post);
  expect(posts).toEqual([]);
});
