/** Each setting, changed in chat by somebody who may, changes what the product does. */
import { expect, test } from 'vitest';
import { copyCheck } from '../../../jobs/copy-check.ts';
import { dailyDigest } from '../../../jobs/daily-digest.ts';
import { nudge } from '../../../jobs/nudge.ts';
import { weeklyBoard } from '../../../jobs/weekly-board.ts';
import { weeklyDraft } from '../../../jobs/weekly-draft.ts';
import { houseSettingNames } from '../../../src/domain/house-settings.ts';
import { listSettingNames } from '../../../src/domain/list-settings.ts';
import { type SettingName, settingNames } from '../../../src/domain/setting-rules.ts';
import type { Job } from '../../../src/job.ts';
import { county, minutesOf, person } from '../../town.ts';

const [wang, li, boss] = [person('wang', '王一'), person('li', '李二'), person('boss', '管')];

/** A county with four towns below it; Boss may set everything, Wang is in 城关镇. */
const begun = async () => {
  const home = county();
  const above = await home.unit('云岭县', []);
  const town = await home.unit('城关镇', [wang, li], { parent: above.id, roles: { li: ['leader'] } });
  for (const name of ['白石镇', '柳塘镇', '清溪乡', '上水乡', '下水乡', '中水乡']) {
    await home.unit(name, [person(`${name}1`), person(`${name}2`)], { parent: above.id });
  }
  await home.member(boss, null, [{ role: 'admin', unit: null }]);
  const set = async (line: string) => {
    const [answer] = await home.tell(boss, '2026-11-23 08:00', `/设置 ${line}`);
    expect(answer?.text).toContain('已改为');
  };
  const settingsNow = async () => (await home.directory.unit(town.id))?.settings ?? {};
  /** The first minute at which a job falls due for the town in the week. */
  const firstDue = async (job: Job) => minutesOf(job, await settingsNow(), '2026-11-23', '2026-11-30')[0] ?? null;
  const say = async (when: string, text: string, where?: string) =>
    (await home.tell(wang, when, text, where)).map((answer) => answer.text).join('\n');
  /** Everybody but Wang and Li files on five days of the week of 23 November; some leave things open. */
  const week = async () => {
    for (const day of ['23', '24', '25', '26', '27']) {
      for (const [n, name] of ['白石镇', '柳塘镇', '清溪乡', '上水乡', '下水乡', '中水乡'].entries()) {
        for (const one of [1, 2]) {
          const late = n === 2 && day > '24' ? '20:30' : '17:00';
          const open = n === 1 ? `；未清：事${day}` : '';
          await home.tell(person(`${name}${one}`), `2026-11-${day} ${late}`, `/日清 走访${day}${open}`);
        }
      }
    }
  };
  const board = (where = '白石镇') => say('2026-11-30 09:00', '/榜 上周', where);
  return { ...home, above, town, set, settingsNow, firstDue, say, week, board };
};

type Home = Awaited<ReturnType<typeof begun>>;

/** What is set, and what is to be different after it. Set by another test where that says so. */
const cases: Partial<Record<SettingName, readonly [line: string, seen: (home: Home) => Promise<unknown>]>> = {
  cadence: ['城关镇 频次 每周', ({ firstDue }) => firstDue(nudge)],
  deadline: ['城关镇 截止 18:30', ({ say }) => say('2026-11-24 19:00', '/日清 走访3户企业')],
  nudge: ['城关镇 提醒 16:30', ({ firstDue }) => firstDue(nudge)],
  digest: ['城关镇 简报 08:45', ({ firstDue }) => firstDue(dailyDigest)],
  digests: ['城关镇 简报频次 每周', ({ firstDue }) => firstDue(dailyDigest)],
  week: [
    '城关镇 周结 下周一 10:00',
    async ({ say }) => [
      await say('2026-11-30 10:00', '/周结 上周 协议签了3份'),
      await say('2026-12-07 10:01', '/周结 上周 又一份'),
    ],
  ],
  draft: ['城关镇 草稿 16:00', ({ firstDue }) => firstDue(weeklyDraft)],
  lines: [
    '云岭县 行数 16',
    async ({ unit, member, above, run }) => {
      for (let n = 0; n < 14; n += 1) await unit(`村${n}`, [person(`村${n}`)], { parent: above.id });
      await member(person('head'), above, [{ role: 'leader', unit: above.id }]);
      return (await run(dailyDigest, above, '2026-11-24 09:00'))[0]?.text.split('\n').length;
    },
  ],
  answer: [
    '城关镇 答复 3',
    async ({ say, tell }) => {
      await say('2026-11-24 10:00', '/日清 求助：请协调用地');
      return (await tell(li, '2026-11-25 10:00', '/答复'))[0]?.text;
    },
  ],
  late: ['城关镇 补报 5', ({ say }) => say('2026-11-30 10:00', '/补报 11-24 走访')],
  undo: [
    '城关镇 撤回 30',
    async ({ say }) => {
      await say('2026-11-24 10:00', '/日清 走访');
      return say('2026-11-24 10:20', '/撤回');
    },
  ],
  copy: [
    '城关镇 查重 80',
    async ({ say, run, town }) => {
      await say('2026-11-23 10:00', '/日清 走访3户企业；上报防汛台账');
      await say('2026-11-24 10:00', '/日清 走访5户企业；上报防汛台账');
      return run(copyCheck, town, '2026-11-25 10:00');
    },
  ],
  soon: [
    '城关镇 蓝灯 0',
    async ({ say }) => {
      await say('2026-11-24 10:00', '/日清 未清：协议');
      return say('2026-11-24 10:00', '/我的');
    },
  ],
  grace: [
    '城关镇 红灯 0',
    async ({ say }) => {
      await say('2026-11-24 10:00', '/日清 未清：协议');
      return say('2026-11-26 10:00', '/我的');
    },
  ],
  board: ['城关镇 周榜 10:30', ({ firstDue }) => firstDue(weeklyBoard)],
  top: [
    '云岭县 榜首 3',
    async ({ set, week, board }) => {
      await set('云岭县 门槛 3');
      await week();
      return (await board()).split('\n').filter((line) => /^\d/.test(line)).length;
    },
  ],
  around: [
    '云岭县 前后 0',
    async ({ set, week, tell }) => {
      await set('云岭县 门槛 3');
      await week();
      const seen = await tell(person('白石镇1'), '2026-11-30 09:00', '/榜 上周');
      return (seen[0]?.text ?? '').split('\n').filter((line) => /^\d/.test(line)).length;
    },
  ],
  least: [
    '云岭县 门槛 3',
    async ({ week, board }) => {
      await week();
      return board();
    },
  ],
  smoothing: [
    '云岭县 平滑 5',
    async ({ set, week, board }) => {
      await set('云岭县 门槛 3');
      await week();
      return board();
    },
  ],
  'on-time-weight': [
    '云岭县 按时权重 20',
    async ({ set, week, say }) => {
      await set('云岭县 门槛 3');
      await week();
      return say('2026-11-30 09:00', '/为什么 清溪乡 上周');
    },
  ],
  'cleared-weight': [
    '云岭县 日清权重 0',
    async ({ set, week, say }) => {
      await set('云岭县 门槛 3');
      await week();
      return say('2026-11-30 09:00', '/为什么 柳塘镇 上周');
    },
  ],
};

/**
 * Their own tests show it: quiet hours and budgets at the outbox, approval with the leave, the lists' with the lists,
 * boards of people in boards/people.test.ts, the organisation's in house-settings.test.ts, compliance.test.ts and sensitive.test.ts.
 */
const elsewhere: readonly string[] = [
  'quiet',
  'private',
  'group',
  'approval',
  'persons',
  'persons-least',
  ...listSettingNames,
  ...houseSettingNames,
];

test('every setting is among these', () => {
  const known = [...Object.keys(cases), ...elsewhere];
  expect(settingNames.filter((name) => !known.includes(name))).toEqual([]);
});

test.each(Object.entries(cases))('%s acts', async (_, [line, seen]) => {
  const [changed, left] = [await begun(), await begun()];
  await changed.set(line);
  const [after, before] = [await seen(changed), await seen(left)];
  expect(after).not.toEqual(before);
});
