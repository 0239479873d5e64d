import { expect, test } from 'vitest';
import { burdenReport } from '../../jobs/burden-report.ts';
import { nudge } from '../../jobs/nudge.ts';
import { epochDay } from '../../src/domain/calendar.ts';
import { chatKey, chatOf } from '../../src/message.ts';
import type { Post } from '../../src/ports.ts';
import { redisPosts } from '../../src/store/posts.ts';
import { redis } from '../organisation.ts';
import { county, minutesOf, person } from '../town.ts';
import { at, zone } from '../values.ts';

const people = ['a', 'b', 'c', 'd'].map((id) => person(id, `甲${id}`));
const admin = person('admin', '管理员');

/** A county whose posts go out as the outbox sends them; everything that went out is written down beside. */
const home = async () => {
  const home = county();
  const unit = await home.unit('城关镇', people);
  await home.member(admin, null, [{ role: 'admin', unit: null }]);
  const posts = redisPosts(redis, home.keys, () => Date.now());
  const log: { chat: string; job: string; at: string }[] = [];
  const send = async (chat: string, job: string, when: string, outcome: 'sent' | 'refused' | 'moot' = 'sent') => {
    const moment = at(when);
    const post: Post = {
      id: `${job}/${when.replace(' ', 'T')}/${chat}`,
      chat: chatOf(chat),
      reply: [],
      delivery: 'atLeastOnce',
      notBefore: moment,
      expiresAt: moment.add({ hours: 24 }),
      source: { job, slot: when, unit: unit.id },
    };
    await posts.add([post]);
    await posts.add([post]);
    const local = epochDay(moment.toZonedDateTimeISO(zone).toPlainDate());
    const turn = { holder: 'h', now: moment, day: local };
    const { post: taken } = await posts.next(chat, { ...turn, settled: null, attempt: post.id });
    if (!taken) throw new Error(`not handed out: ${post.id}`);
    const settled = {
      id: taken.id,
      attempt: post.id,
      ...(outcome === 'refused' ? { outcome, code: 'x' } : { outcome }),
    };
    // What the store did not confirm is told again.
    for (let told = 0; told < 2; told += 1) await posts.next(chat, { ...turn, settled, attempt: null });
    if (outcome === 'sent') log.push({ chat, job, at: when });
  };
  const nudges = async (when: string) => {
    for (const { chat } of await home.run(nudge, unit, when)) {
      const [kind = '', id = ''] = chat.split(':');
      await send(chatKey({ platform: 'playground', kind: kind === 'group' ? 'group' : 'direct', id }), 'nudge', when);
    }
  };
  return { ...home, unit, send, nudges, log };
};

test('on the second workday of a month, in the first tree alone', () => {
  const due = (parent: string | null) => minutesOf(burdenReport, {}, '2026-09-28', '2026-12-05', [], { parent });
  expect(due(null)).toEqual(['2026-10-09 09:00', '2026-11-03 09:00', '2026-12-02 09:00']);
  expect(due('u0')).toEqual([]);
});

test('what the report counts is what went out, told twice or not; answers and what was refused are not in it', async () => {
  const { send, run, unit, log } = await home();
  for (const [chat, job, when] of [
    ['playground:direct:a', 'daily-digest', '2026-11-23 09:00'],
    ['playground:direct:a', 'weekly-draft', '2026-11-27 15:00'],
    ['playground:direct:b', 'weekly-draft', '2026-11-27 15:00'],
    ['playground:group:城关镇', 'weekly-board', '2026-11-30 09:30'],
    ['playground:direct:a', 'daily-digest', '2026-12-01 09:00'],
  ] as const) {
    await send(chat, job, when);
  }
  await send('playground:direct:b', 'copy-check', '2026-11-24 10:00', 'refused');
  await send('playground:direct:c', 'copy-check', '2026-11-24 10:00', 'moot');
  const november = log.filter(({ at }) => at.startsWith('2026-11'));
  const count = (isOf: (chat: string) => boolean) => november.filter(({ chat }) => isOf(chat)).length;
  const [post] = await run(burdenReport, unit, '2026-12-02 09:00');
  const lines = post?.text.split('\n') ?? [];
  expect(lines[1]).toBe(`· 私信 ${count((c) => c.includes('direct'))} 条，2 个人收到，人均 1.5 条，最多的一人 2 条`);
  expect(lines[2]).toBe(
    `· 群消息 ${count((c) => c.includes('group'))} 条，1 个群收到，每群平均 1.0 条，最多的一群 1 条`,
  );
});

test('a reminder is followed to its report: the median, and those that were needless', async () => {
  const { nudges, send, tell, run, unit } = await home();
  const [a, b, c] = people;
  if (!a || !b || !c) throw new Error('nobody');
  await nudges('2026-11-24 17:00');
  await tell(a, '2026-11-24 17:10', '/日清 走访3户企业');
  await tell(b, '2026-11-24 17:30', '/日清 走访3户企业');
  await tell(c, '2026-11-24 17:40', '/请假 11-24 看病');
  // Filed while the reminder was on its way.
  await tell(a, '2026-11-25 16:59', '/日清 上报台账');
  await send('playground:direct:a', 'nudge', '2026-11-25 17:00');
  const [post] = await run(burdenReport, unit, '2026-12-02 09:00');
  expect(post?.text).toContain('催报 5 条：当天随后报了的 2 条，中位数 20 分钟，没有报的 1 条');
  expect(post?.text).toContain('多余的催报 2 条：已经报了的 1 条，当天请假的 1 条');
});

test('a group in which nobody has reported for 45 days is proposed for dissolution, and not before', async () => {
  const { tell, run, unit, send } = await home();
  const [a] = people;
  if (!a) throw new Error('nobody');
  await tell(a, '2026-11-23 10:00', '/日清 走访3户企业');
  // Who has cost nobody anything says nothing: one message makes the month worth a report.
  await send('playground:direct:a', 'daily-digest', '2026-12-15 09:00');
  const proposed = async (when: string) =>
    (await run(burdenReport, unit, when))[0]?.text.includes('城关镇的群 45 天没人报送');
  expect(await proposed('2027-01-06 09:00')).toBe(false);
  expect(await proposed('2027-01-07 09:00')).toBe(true);
});

test('administrators alone are told, when there is something to account for, and nobody is named', async () => {
  const { send, run, unit } = await home();
  await send('playground:direct:a', 'daily-digest', '2026-11-23 09:00');
  expect(await run(burdenReport, unit, '2026-11-03 09:00')).toEqual([]);
  const posts = await run(burdenReport, unit, '2026-12-02 09:00');
  expect(posts.map(({ chat }) => chat)).toEqual(['direct:admin']);
  expect(posts[0]?.text).not.toMatch(/甲/);
});
