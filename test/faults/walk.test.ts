import { expect, test } from 'vitest';
import { wecomServer } from '../fakes/wecom-server.ts';
import { bots, call } from './bot.ts';

const units = [
  ['城关镇', 'cheng'],
  ['白石镇', 'bai'],
] as const;

/**
 * The way of a county's first week and a half, through the official SDK against a local WeCom, the clock moved by hand.
 */
test('claim, bind, appoint, a week of reports; nudge, digest, missing list and board arrive where they belong', async () => {
  const server = await wecomServer();
  const { start } = await bots();
  const bot = await start({
    WECOM_BOT_ID: server.account.botId,
    WECOM_BOT_SECRET: server.account.secret,
    WECOM_BOT_NAME: server.account.botName,
    WECOM_WS_URL: server.url,
    PLAYGROUND: 'on',
  });
  await server.seen(() => server.isConnected());
  const answerTo = (msgid: string) => server.seen(() => server.posts.find(({ to }) => to === msgid)?.text ?? false);
  const say = async (group: string, user: string, text: string) =>
    answerTo(group === '' ? server.inDirect(user, text) : server.inGroup(group, user, text));
  const clock = async (now: string) => {
    const before = server.posts.length;
    expect((await call(bot.url, 'clock', { now })).status).toBe(200);
    return server.posts.slice(before);
  };
  const to = (posts: Awaited<ReturnType<typeof clock>>, beginning: RegExp) =>
    posts.filter(({ text }) => beginning.test(text)).map(({ chat }) => chat.id);

  await clock('2026-11-27T10:00:00+08:00');
  expect(await say('', 'boss', `/认领 ${bot.claimCode}`)).toContain('管理员');
  for (const [unit, person] of units) {
    expect(await say(unit, 'boss', `/绑定 ${unit}`)).toContain('已新建单位');
    expect(await say(unit, 'boss', `/任命 ${person}1 联络员`)).toContain('联络员');
    expect(await say(unit, 'boss', `/任命 ${person}2 领导`)).toContain('领导');
    for (const n of [1, 2, 3, 4]) {
      await say('', `${person}${n}`, `/报到 第${n}人`);
      expect(await say(unit, `${person}${n}`, '/日清 走访；未清：协议')).toContain('已记 1 项，未清 1 项');
    }
  }

  await clock('2026-11-30T09:30:00+08:00');
  for (const day of ['2026-11-30', '2026-12-01', '2026-12-02', '2026-12-03', '2026-12-04']) {
    if (day !== '2026-12-01') await clock(`${day}T10:00:00+08:00`);
    for (const [unit, person] of units) {
      for (const n of [1, 2, 3]) {
        expect(await say(unit, `${person}${n}`, `/日清 走访${day}；上报台账${day}`)).toContain('按时：已记 2 项');
      }
    }
    if (day === '2026-11-30') {
      const nudges = await clock('2026-11-30T17:00:00+08:00');
      expect(to(nudges, /还没报/).toSorted()).toEqual(['bai4', 'cheng4']);
      const morning = await clock('2026-12-01T09:00:00+08:00');
      expect(to(morning, /^简报/).toSorted()).toEqual(['bai2', 'cheng2']);
      expect(to(morning, /未报 1 人：第4人/).toSorted()).toEqual(['bai1', 'cheng1']);
      expect(morning).toHaveLength(4);
    }
  }

  const monday = await clock('2026-12-07T09:30:00+08:00');
  const boards = monday.filter(({ text, file }) => /^(?:#+ )?单位榜/u.test(text) && !file);
  // Its picture below it.
  expect(monday.filter(({ file }) => file?.type === 'image')).toHaveLength(2);
  expect(boards.map(({ chat }) => chat.id).toSorted()).toEqual(['城关镇', '白石镇'].toSorted());
  expect(boards[0]?.text).toContain('| 1 | 城关镇 | 83.8 |');
  expect(boards[0]?.text).toContain('仅供工作调度，不作为考核依据');
  const why = await say('城关镇', 'cheng1', '/为什么 城关镇 上周');
  // 15 of 20 on time; 30 done of 30 named and 4 carried in.
  expect(why).toContain('100 ×（20 × 30/34 + 10 × 15/20）÷ 30 = 83.8');

  // Nobody's contents or names were told to a group.
  const inGroups = server.posts.filter(({ chat, via }) => chat.kind === 'group' && via === 'push');
  expect(inGroups.filter(({ text }) => /第\d人|走访|协议/.test(text))).toEqual([]);
  await server.close();
}, 60_000);
