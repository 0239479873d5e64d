import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { type Chat, chatKey, text } from '../../../src/message.ts';
import type { Post } from '../../../src/ports.ts';
import { redisPosts } from '../../../src/store/posts.ts';
import { house, redis } from '../../house.ts';
import { at, direct, group, monday, say, wang } from '../../values.ts';

const boss = { id: 'boss', name: '管' };
const yesterday = at('2026-11-20 17:00');

/** A town with an admin, and posts that failed in it. */
const troubled = async (locale: 'zh-CN' | 'en' = 'zh-CN') => {
  const home = house({ locale });
  const unit = await home.town();
  await home.member(boss, unit, [{ role: 'admin', unit: null }]);
  const posts = redisPosts(redis, home.keys, () => Date.now());
  const next = (chat: Chat, settled: Parameters<typeof posts.next>[1]['settled'], attempt: string | null) =>
    posts.next(chatKey(chat), { holder: 'copy', now: yesterday, day: 20_777, settled, attempt });
  const made = (over: Partial<Post>): Post => ({
    ...{ id: `a/${randomUUID()}`, chat: direct(wang), reply: text('内容'), delivery: 'atLeastOnce' },
    ...{ notBefore: yesterday, expiresAt: yesterday.add({ hours: 400 }), source: null },
    ...over,
  });
  const fails = async (over: Partial<Post>, outcome: 'refused' | 'unknown' | 'retry', code: string) => {
    const one = made(over);
    await posts.add([one]);
    await next(one.chat, null, 'attempt');
    await next(one.chat, { id: one.id, attempt: 'attempt', outcome, code, waitMs: 60_000 }, null);
    return one;
  };
  const orders = (line: string) => home.ask(say(line, { sender: boss, chat: direct(boss) }));
  const waiting = async () => (await posts.list()).filter(({ state }) => state === 'queued').map(({ id }) => id);
  return { ...home, posts, made, fails, orders, waiting };
};

const nudge = { job: 'nudge', slot: '2026-11-20T17:00', unit: 'u1' };
const publish = { job: 'list-publish', slot: '2026-11-20T10:00', unit: 'u1' };

test('nothing failed, nothing waits', async () => {
  const { orders } = await troubled();
  expect(await orders('/发件')).toBe('没有发不出去的消息，也没有在等的消息。');
  expect(await orders('/发件 重发 全部')).toBe('没有发不出去的消息，不用重发。');
});

test('what failed is listed with number, time, chat and reason in plain words, and never with its contents', async () => {
  const { orders, fails, posts, made } = await troubled();
  await fails({ id: 'a/1', source: nudge }, 'refused', '60111');
  await fails({ id: 'a/2', chat: group, delivery: 'atMostOnce', source: publish }, 'unknown', 'no-answer');
  await posts.add([made({ id: 'a/3', chat: { ...group, id: 'g9' }, expiresAt: yesterday })]);
  await fails({ chat: direct(boss) }, 'retry', '45009');
  const answer = await orders('/发件');
  expect(answer).toBe(
    [
      '最近两天有 3 条没能发出：',
      '· 1. 11月20日（周五）17:00 提醒还没报的人 → 王一：没有发出，通讯录里没有这个人，或不在应用的可见范围（代码 60111）',
      '· 2. 11月20日（周五）17:00 红黑榜公布 → 城关镇的群：可能已经发出，没有得到确认，平台没有回应',
      '· 3. 11月20日（周五）17:00 回复 → g9的群：到期还没能发出，机器人当时没有运行，或前面的消息一直没发完',
      '重发一条：/发件 重发 1；全部：/发件 重发 全部',
      '有 1 条在等：',
      '· 管 1 条，已试 1 次，超过了平台的发送频率（代码 45009），会继续重试',
    ].join('\n'),
  );
});

test('of somebody who cannot be written to it says what that person has to do', async () => {
  const { orders, fails } = await troubled();
  await fails({ id: 'a/1' }, 'refused', '93006');
  await fails({ id: 'a/2', chat: group }, 'refused', '93006');
  const answer = await orders('/发件');
  expect(answer).toContain('→ 王一：没有发出，对方还没有打开过和机器人的单聊，请他给机器人发一句话（代码 93006）');
  expect(answer).toContain('→ 城关镇的群：没有发出，找不到这个会话');
});

test('what only waits for room in the platform’s window was not tried, and says so', async () => {
  const { orders, posts, made } = await troubled();
  const one = made({ id: 'a/1', chat: group });
  await posts.add([one, made({ id: 'a/2', chat: group })]);
  const turn = { holder: 'copy', now: yesterday, day: 20_777 };
  await posts.next(chatKey(group), { ...turn, settled: null, attempt: 'a' });
  const full = { id: one.id, attempt: 'a', outcome: 'full', code: 'window-full', waitMs: 60_000 } as const;
  await posts.next(chatKey(group), { ...turn, settled: full, attempt: null });
  expect(await orders('/发件')).toContain('· 城关镇的群 2 条，超过了平台的发送频率，有空位就发');
});

test('in English too', async () => {
  const { orders, fails } = await troubled('en');
  await fails({ id: 'a/1', source: nudge }, 'refused', '93000');
  const answer = await orders('/outbox');
  expect(answer).toContain('→ 王一: not sent, the group’s robot was removed or switched off: add and bind it again');
  expect(answer).toContain('/outbox resend 1');
});

test('sent again by its number, once however often the message comes', async () => {
  const { fails, waiting, hear } = await troubled();
  const one = await fails({ id: 'a/1' }, 'refused', '60111');
  const other = await fails({ id: 'a/2' }, 'refused', '60111');
  const order = say('/发件 重发 1', { sender: boss, chat: direct(boss) });
  const told = [await hear(order), await hear(order)].map((answers) => answers[0]?.text);
  expect(told).toEqual(Array(2).fill('已重新发送 1 条（第 1 条），安静时段里的等到能打扰时再发。'));
  expect(await waiting()).toEqual([one.id]);
  expect(await hear(say('/发件 重发 全部', { sender: boss, chat: direct(boss) }))).toMatchObject([
    { text: expect.stringContaining('（第 2 条）') },
  ]);
  expect((await waiting()).sort()).toEqual([one.id, other.id]);
});

test('what may stand in its chat already is sent again only when that is confirmed', async () => {
  const { fails, orders, waiting } = await troubled();
  await fails({ id: 'a/1', chat: group, delivery: 'atMostOnce' }, 'unknown', 'no-answer');
  await fails({ id: 'a/2', chat: group, delivery: 'atMostOnce' }, 'refused', '93000');
  expect(await orders('/发件 重发 1、2')).toBe(
    '第 1 条可能已经发出，再发会有两条一样的。确定要再发，请说：/发件 重发 1、2 确认',
  );
  expect(await waiting()).toEqual([]);
  expect(await orders('/发件 重发 全部')).toBe(
    '已重新发送 1 条（第 2 条），安静时段里的等到能打扰时再发。另有 1 条可能已经发出，再发会重复，没有重发。确定要再发，请说：/发件 重发 全部 确认',
  );
  expect(await waiting()).toEqual(['a/2']);
  expect(await orders('/发件 重发 全部')).toMatch(/^1 条都可能已经发出/);
  expect(await orders('/发件 重发 1 确认')).toContain('已重新发送 1 条（第 1 条）');
  expect((await waiting()).sort()).toEqual(['a/1', 'a/2']);
});

test('a reminder whose outcome nobody knows may stand twice: that is its kind', async () => {
  const { posts, made, orders, waiting } = await troubled();
  await posts.add([made({ id: 'a/1' })]);
  const turn = (settled: Parameters<typeof posts.next>[1]['settled'], attempt: string | null) =>
    posts.next(chatKey(direct(wang)), { holder: 'c', now: yesterday, day: 1, settled, attempt });
  for (const attempt of ['1', '2', '3']) {
    await turn(null, attempt);
    await turn({ id: 'a/1', attempt, outcome: 'unknown', code: 'no-answer', waitMs: -1 }, null);
  }
  expect(await waiting()).toEqual([]);
  expect(await orders('/发件 重发 全部')).toContain('已重新发送 1 条');
});

test.each([
  ['/发件 重发 9', '没有第 9 条，发 /发件 看现在有哪些。'],
  ['/发件 重发', '请说重发哪一条，例如：/发件 重发 3，或 /发件 重发 全部。发 /发件 看编号。'],
  ['/发件 删除 1', '没看懂。看发不出去的和在等的：/发件；重发：/发件 重发 3，或 /发件 重发 全部。'],
])('“%s” changes nothing', async (line, answer) => {
  const { fails, orders, waiting } = await troubled();
  await fails({ id: 'a/1' }, 'refused', '60111');
  expect(await orders(line)).toBe(answer);
  expect(await waiting()).toEqual([]);
});

test('asked in a group, the list goes to the admin alone; nobody else may ask', async () => {
  const { fails, hear } = await troubled();
  await fails({ id: 'a/1' }, 'refused', '60111');
  const answers = await hear(say('/发件', { sender: boss }));
  expect(answers.map(({ chat }) => chat)).toEqual(['g1', 'boss']);
  expect(answers[0]?.text).not.toContain('王一');
  expect(await hear(say('/发件', { at: at(monday) }))).toEqual([
    { chat: 'g1', text: expect.stringContaining('管理员') },
  ]);
});
