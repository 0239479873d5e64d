import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { nudge } from '../../jobs/nudge.ts';
import type { Unit } from '../../src/domain/organisation.ts';
import { settingsOf } from '../../src/domain/settings.ts';
import { PlatformError } from '../../src/errors.ts';
import { memberId } from '../../src/message.ts';
import { mootIn } from '../../src/outbox/moot.ts';
import { redisPosts } from '../../src/store/posts.ts';
import { engine, mailbox, place } from '../engine.ts';
import { calendar, redis } from '../house.ts';
import { county, person } from '../town.ts';
import { at, cause, day, zone } from '../values.ts';

const [wang, li, zhao] = [person('wang', '王一'), person('li', '李二'), person('zhao', '赵三')];

test('those who owe are asked, each alone, with what they have left open; the others and the group hear nothing', async () => {
  const home = county();
  const town = await home.unit('城关镇', [wang, li, zhao, person('new', '新人')]);
  await home.tell(wang, '2026-11-23 10:00', '/日清 走访；未清：防汛台账；未清：园区征地，等县局批复');
  await home.tell(li, '2026-11-25 10:00', '/日清 无');
  await home.tell(zhao, '2026-11-25 10:00', '/请假 11-25');
  await home.directory.change(
    'join',
    [memberId('playground', person('new'))],
    (now) => {
      const member = now.member('playground:new');
      return { members: member ? [{ ...member, since: day('2026-11-25') }] : [], facts: null };
    },
    cause('playground:new'),
  );
  const posts = await home.run(nudge, town, '2026-11-25 17:00');
  expect(posts.map(({ chat }) => chat)).toEqual(['direct:wang']);
  expect(posts[0]?.text.split('\n')).toEqual([
    '11月25日（周三）的日清还没报，20:00 前发一条就行，例如：',
    '/日清 走访3户企业；未清：防汛台账',
    '没有事项就发 /日清 无',
    '往日未清 2 项：',
    '· 1. 防汛台账（已 2 个工作日） 🟡Y 黄灯',
    '· 2. 园区征地，等县局批复（已 2 个工作日） ⚪P 暂停',
    '[今日无事项] /日清 无',
    '[第 1 项已办完] /清 1',
    '[第 2 项已办完] /清 2',
  ]);
});

test('the commands of its buttons do what they say', async () => {
  const home = county();
  const town = await home.unit('城关镇', [wang]);
  await home.tell(wang, '2026-11-23 10:00', '/日清 走访；未清：防汛台账');
  const [post] = await home.run(nudge, town, '2026-11-24 17:00');
  const commands = (post?.reply ?? []).flatMap((block) => (block.kind === 'buttons' ? block.buttons : []));
  for (const { command } of commands) await home.tell(wang, '2026-11-24 17:05', command);
  expect(await home.reports.open(town.id, 'playground:wang')).toEqual([]);
  expect(await home.run(nudge, town, '2026-11-24 17:06')).toEqual([]);
});

test('who cannot be written to is not written to, and a long list is cut', async () => {
  const home = county();
  const town = await home.unit('城关镇', [wang, li]);
  const many = Array.from({ length: 12 }, (_, n) => `未清：事项${n + 1}`).join('；');
  await home.tell(wang, '2026-11-23 10:00', `/日清 ${many}`);
  await home.directory.change(
    'reach',
    ['playground:li'],
    (now) => {
      const member = now.member('playground:li');
      return { members: member ? [{ ...member, unreachable: true }] : [], facts: null };
    },
    cause('playground:li'),
  );
  const posts = await home.run(nudge, town, '2026-11-24 17:00');
  expect(posts.map(({ chat }) => chat)).toEqual(['direct:wang']);
  expect(posts[0]?.text).toContain('往日未清 12 项');
  expect(posts[0]?.text).toContain('还有 4 项，发 /清 看全部。');
});

test('in a year without its holidays the day is asked about, and it is said that nobody knows', async () => {
  const home = county();
  const town = await home.unit('城关镇', [wang]);
  const [post] = await home.run(nudge, town, '2027-03-02 17:00');
  expect(post?.text).toContain('2027 年的放假安排还没导入');
});

test('who has chosen a time is asked then and not at the unit’s; who wants none is not asked', async () => {
  const home = county();
  const town = await home.unit('城关镇', [wang, li, zhao]);
  await home.tell(wang, '2026-11-23 10:00', '/提醒 16:30');
  await home.tell(li, '2026-11-23 10:00', '/提醒 关');
  const unit = (await home.directory.unit(town.id)) ?? town;
  const times = dueOn(unit, '2026-11-24');
  expect(times).toEqual(['2026-11-24 16:30', '2026-11-24 17:00']);
  const asked = [];
  for (const time of times) asked.push((await home.run(nudge, town, time)).map(({ chat }) => chat));
  expect(asked).toEqual([['direct:wang'], ['direct:zhao']]);
});

test('where the unit has switched it off, and where it wants two', async () => {
  const home = county();
  const off = await home.unit('城关镇', [wang, li], { settings: { nudgeAt: 'off' } });
  expect(dueOn(off, '2026-11-24')).toEqual([]);
  await home.tell(li, '2026-11-23 10:00', '/提醒 17:30');
  const chosen = (await home.directory.unit(off.id)) ?? off;
  expect(dueOn(chosen, '2026-11-24')).toEqual(['2026-11-24 17:30']);
  expect((await home.run(nudge, off, '2026-11-24 17:30')).map(({ chat }) => chat)).toEqual(['direct:li']);
  const two = await home.unit('河西镇', [zhao], { settings: { nudgeAt: '16:00,18:00' } });
  expect(dueOn(two, '2026-11-24')).toEqual(['2026-11-24 16:00', '2026-11-24 18:00']);
  expect(await home.run(nudge, two, '2026-11-24 18:00')).toHaveLength(1);
});

test('a time on which nobody insists any more asks nobody', async () => {
  const home = county();
  const town = await home.unit('城关镇', [wang]);
  await home.tell(wang, '2026-11-23 10:00', '/提醒 16:30');
  await home.tell(wang, '2026-11-23 10:01', '/提醒 默认');
  expect(await home.run(nudge, town, '2026-11-24 16:30')).toEqual([]);
  expect(await home.run(nudge, town, '2026-11-24 17:00')).toHaveLength(1);
});

/** The minutes of one day at which somebody in the unit may be asked. */
const dueOn = (unit: Unit, date: string) =>
  nudge
    .due(
      { unit, settings: settingsOf(unit), calendar },
      Temporal.PlainDateTime.from(`${date}T00:00`),
      Temporal.PlainDateTime.from(`${date}T23:59`),
    )
    .map((minute) => minute.toString({ smallestUnit: 'minute' }).replace('T', ' '));

test('a reminder that could not go out at once does not reach who has filed meanwhile', async () => {
  const home = county();
  const town = await home.unit('城关镇', [wang, li]);
  const heard: string[] = [];
  let isDown = true;
  const mail = mailbox(async ({ chat }) => {
    if (isDown) throw new PlatformError('playground', 1, 'retry', '');
    heard.push(chat.id);
  });
  const { reports, directory, boards, lists, t } = home;
  const now = { at: at('2026-11-24 16:00') };
  const time = { real: Date.now() };
  const where = place();
  const posts = redisPosts(redis, where.keys, () => time.real);
  const isMoot = mootIn({ jobs: [nudge], directory, reports, calendar, zone });
  const sources = { reports, directory, boards, lists, t };
  const bot = engine(
    { ...where, posts },
    { jobs: [nudge], units: [town], mail, now, sources, isMoot, realNow: () => time.real },
  );
  await bot.at(now.at);
  await bot.at(at('2026-11-24 17:00'));
  await home.tell(wang, '2026-11-24 17:03', '/日清 无');
  isDown = false;
  time.real += 60_000;
  await bot.at(at('2026-11-24 17:05'));
  expect(heard).toEqual(['li']);
  expect(await posts.list()).toEqual([]);
});

test('on a day off who is on duty is asked once, at the usual hour; the others hear nothing', async () => {
  const home = county();
  const town = await home.unit('城关镇', [wang, li, zhao], { roles: { li: ['coordinator'] } });
  const week = await home.unit('白石镇', [person('sun', '孙四')], { settings: { cadence: 'weekly' } });
  await home.tell(li, '2026-11-27 10:00', '/值班 11-28 王一');
  await home.tell(li, '2026-11-27 10:00', '/值班 11-28 赵三');
  const heard: string[] = [];
  const now = { at: at('2026-11-28 00:00') };
  const mail = mailbox(async ({ chat }) => {
    heard.push(`${now.at.toZonedDateTimeISO(zone).toPlainTime().toString({ smallestUnit: 'minute' })} ${chat.id}`);
  });
  const { reports, directory, boards, lists, t } = home;
  const sources = { reports, directory, boards, lists, t };
  const bot = engine(place(), { jobs: [nudge], units: [town, week], mail, now, sources });
  await bot.at(now.at);
  await home.tell(zhao, '2026-11-28 11:00', '/日清 巡河');
  for (const time of ['17:00', '17:01', '20:00', '23:59']) await bot.at(at(`2026-11-28 ${time}`));
  await bot.at(at('2026-11-29 17:00'));
  expect(heard).toEqual(['17:00 wang']);
});

test('the night of a day of duty is quiet all the same', async () => {
  const home = county();
  const town = await home.unit('城关镇', [wang], {
    roles: { wang: ['coordinator'] },
    settings: { quietFrom: '16:30' },
  });
  await home.tell(wang, '2026-11-27 10:00', '/值班 11-28 王一');
  const heard: string[] = [];
  const now = { at: at('2026-11-28 00:00') };
  const mail = mailbox(async ({ chat }) => void heard.push(chat.id));
  const { reports, directory, boards, lists, t } = home;
  const sources = { reports, directory, boards, lists, t };
  const bot = engine(place(), { jobs: [nudge], units: [town], mail, now, sources });
  await bot.at(now.at);
  for (const time of ['2026-11-28 17:00', '2026-11-28 20:00', '2026-11-30 08:30']) await bot.at(at(time));
  expect(heard).toEqual([]);
});
