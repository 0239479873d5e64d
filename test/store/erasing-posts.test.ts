import { expect, test } from 'vitest';
import { plain, text } from '../../src/message.ts';
import { readPost } from '../../src/store/post-rows.ts';
import { redisPosts } from '../../src/store/posts.ts';
import { post } from '../engine.ts';
import { organisation, realNow, redis } from '../organisation.ts';
import { at, cause, day, li, wang } from '../values.ts';

const WORDS = '园区征地协议，等县局批复';
const nine = at('2026-11-23 09:00');

/** 甲镇, where Wang has filed something, and an outbox. */
const begun = async () => {
  const home = organisation();
  const town = await home.unit('甲镇');
  const [id, other] = [await home.member(wang, town), await home.member(li, town)];
  const items = [
    { kind: 'open' as const, text: WORDS },
    { kind: 'done' as const, text: '开会' },
  ];
  const filing = { unit: town.id, day: day('2026-11-23'), onTime: true, items, listCarried: false };
  await home.reports.file(filing, cause(id));
  const posts = redisPosts(redis, home.keys, realNow);
  const erase = (of = id) =>
    home.directory.erase(async () => ({ ids: [of], facts: { id: of } }), cause('playground:boss'));
  const next = (attempt: string) =>
    posts.next('playground:group:g1', { holder: 'copy', now: nine, day: 1, settled: null, attempt });
  return { ...home, posts, id, other, erase, next };
};

const digest = () => post({ reply: text(`甲镇：王一 ${WORDS}；李二 开会`) });

test('what waits goes out without the words and the name of whom was erased, and otherwise as it was', async () => {
  const { posts, erase, next } = await begun();
  const table = { kind: 'table', columns: ['谁'], rows: [['王一', WORDS]] } as const;
  const mention = { kind: 'mention', member: 'playground:li', name: '李二' } as const;
  const one = { ...digest(), reply: [...digest().reply, table, mention] };
  await posts.add([one]);
  await erase();
  const { post: handed } = await next('a');
  expect(handed).toMatchObject({ id: one.id, delivery: one.delivery });
  expect(handed && plain(handed.reply)).toBe('甲镇：… …；李二 开会\n谁\n…  …\n@李二');
});

test('what failed keeps its place and its reason, not the words', async () => {
  const { posts, erase, next, keys } = await begun();
  const one = digest();
  await posts.add([one]);
  await next('a');
  const settled = { id: one.id, attempt: 'a', outcome: 'refused', code: '93000' } as const;
  await posts.next('playground:group:g1', { holder: 'copy', now: nine, day: 1, settled, attempt: null });
  await erase();
  expect(await posts.list()).toMatchObject([{ id: one.id, state: 'refused', code: '93000' }]);
  const names = await redis.keys(`${keys.failedPosts(0).slice(0, -1)}*`);
  const records = (await Promise.all(names.map((name) => redis.hvals(name)))).flat();
  expect(records).toHaveLength(1);
  expect(records.join()).not.toMatch(/征地|王一/);
});

test('a post that is being sent meanwhile is settled as if nothing had happened', async () => {
  const { posts, erase, next } = await begun();
  const one = digest();
  await posts.add([one]);
  await next('a');
  await erase();
  const settled = { id: one.id, attempt: 'a', outcome: 'sent' } as const;
  await posts.next('playground:group:g1', { holder: 'copy', now: nine, day: 1, settled, attempt: null });
  expect(await posts.list()).toEqual([]);
});

test('several that became one message are scrubbed each', async () => {
  const { posts, erase, keys } = await begun();
  await posts.add([digest()]);
  const [key] = await redis.keys(`${keys.posts('playground:group:g1')}`);
  const [[id, record] = ['', '']] = Object.entries(await redis.hgetall(key ?? ''));
  await redis.hset(key ?? '', id, `${record}\n${record.split('\n')[1]}`);
  await erase();
  const body = (await redis.hget(key ?? '', id))?.split('\n').slice(1).join('\n') ?? '';
  expect(plain(readPost(body, nine).reply)).not.toMatch(/征地|王一/);
  expect(body.split('\n')).toHaveLength(2);
});

test('of nobody else and of no unit anything is lost', async () => {
  const { posts, erase, next, other } = await begun();
  const one = digest();
  await posts.add([one]);
  await erase(other);
  const { post: handed } = await next('a');
  expect(handed && plain(handed.reply)).toBe(`甲镇：王一 ${WORDS}；… 开会`);
});
