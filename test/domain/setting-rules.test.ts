import fc from 'fast-check';
import { expect, test } from 'vitest';
import { houseSettingNames } from '../../src/domain/house-settings.ts';
import { conflictIn } from '../../src/domain/setting-conflicts.ts';
import { type SettingName, settingNamed, settingNames, settingRules } from '../../src/domain/setting-rules.ts';
import { defaults, type Settings, settingsOf } from '../../src/domain/settings.ts';

/** The edges of each range, and what lies just outside. */
const edges: [name: SettingName, typed: string, change: Partial<Settings> | null][] = [
  ['cadence', '每日', { cadence: 'daily' }],
  ['cadence', '每周', { cadence: 'weekly' }],
  ['cadence', 'WEEKLY', { cadence: 'weekly' }],
  ['cadence', '关', { cadence: 'off' }],
  ['cadence', '每月', null],
  ['deadline', '15:30', { deadline: '15:30' }],
  ['deadline', '23:59', { deadline: '23:59' }],
  ['deadline', '15:29', null],
  ['deadline', '24:00', null],
  ['nudge', '15:00', { nudgeAt: '15:00' }],
  ['nudge', '20:30', { nudgeAt: '20:30' }],
  ['nudge', '关', { nudgeAt: 'off' }],
  ['nudge', '18:00、16:00', { nudgeAt: '16:00,18:00' }],
  ['nudge', '16:00 17:59', null],
  ['nudge', '15:00 17:00 19:00', null],
  ['nudge', '14:59', null],
  ['nudge', '20:31', null],
  ['digest', '08:30', { digestAt: '08:30' }],
  ['digest', '18:30', { digestAt: '18:30' }],
  ['digest', '08:29', null],
  ['digest', '18:31', null],
  ['digests', '每日', { digestEvery: 'daily' }],
  ['digests', 'weekly', { digestEvery: 'weekly' }],
  ['digests', '关', { digestEvery: 'off' }],
  ['digests', '每月', null],
  ['digests', 'constructor', null],
  ['week', '下周一 10:00', { weekDueAt: '10:00' }],
  ['week', '10点', { weekDueAt: '10:00' }],
  ['week', '最后一个工作日', { weekDueAt: 'last' }],
  ['week', '周一 15:00', null],
  ['week', '周三 10:00', null],
  ['draft', '13:00', { draftAt: '13:00' }],
  ['draft', '18:00', { draftAt: '18:00' }],
  ['draft', '18:01', null],
  ['lines', '16', { digestLines: 16 }],
  ['lines', '20', { digestLines: 20 }],
  ['lines', '21', null],
  ['lines', '15', null],
  ['answer', '0.5', { answerWorkdays: 0.5 }],
  ['answer', '半个工作日', { answerWorkdays: 0.5 }],
  ['answer', '半天', { answerWorkdays: 0.5 }],
  ['answer', '1.5', { answerWorkdays: 1.5 }],
  ['answer', '2天半', null],
  ['answer', '3个工作日', { answerWorkdays: 3 }],
  ['answer', '5', { answerWorkdays: 5 }],
  ['answer', '5.5', null],
  ['answer', '0', null],
  ['answer', '', null],
  ['quiet', '21:00-07:30', { quietFrom: '21:00', quietTo: '07:30' }],
  ['quiet', '17:00 至 9:30', { quietFrom: '17:00', quietTo: '09:30' }],
  ['quiet', '21:01-07:30', null],
  ['quiet', '21:00-07:29', null],
  ['quiet', '12:00-13:00', null],
  ['quiet', '18:30', null],
  ['private', '0', { privateMost: 0 }],
  ['private', '6条', { privateMost: 6 }],
  ['private', '7', null],
  ['group', '4', { groupMost: 4 }],
  ['group', '5', null],
  ['late', '0', { lateWorkdays: 0 }],
  ['late', '10个工作日', { lateWorkdays: 10 }],
  ['late', '１０', { lateWorkdays: 10 }],
  ['late', '11', null],
  ['late', '-1', null],
  ['late', '1.5', null],
  ['undo', '0', { undoMinutes: 0 }],
  ['undo', '60 分钟', { undoMinutes: 60 }],
  ['undo', '61', null],
  ['undo', '一小时', null],
  ['copy', '80', { copyPercent: 80 }],
  ['copy', '100%', { copyPercent: 100 }],
  ['copy', '关', { copyPercent: 0 }],
  ['copy', '79', null],
  ['copy', '101', null],
  ['copy', '0', null],
  ['soon', '0', { lampSoon: 0 }],
  ['soon', '10个工作日', { lampSoon: 10 }],
  ['soon', '11', null],
  ['grace', '0', { lampGrace: 0 }],
  ['grace', '10', { lampGrace: 10 }],
  ['grace', '11', null],
  ['board', '08:30', { boardAt: '08:30' }],
  ['board', '18:30', { boardAt: '18:30' }],
  ['board', '关', { boardAt: 'off' }],
  ['board', '18:31', null],
  ['top', '3', { boardTop: 3 }],
  ['top', '10名', { boardTop: 10 }],
  ['top', '2', null],
  ['top', '11', null],
  ['around', '0', { boardNeighbours: 0 }],
  ['around', '10', { boardNeighbours: 10 }],
  ['around', '11', null],
  ['least', '3份', { boardLeast: 3 }],
  ['least', '20', { boardLeast: 20 }],
  ['least', '2', null],
  ['least', '21', null],
  ['smoothing', '5', { boardSmoothing: 5 }],
  ['smoothing', '20', { boardSmoothing: 20 }],
  ['smoothing', '关', { boardSmoothing: 0 }],
  ['smoothing', '21', null],
  ['on-time-weight', '0', { weightOnTime: 0 }],
  ['on-time-weight', '20', { weightOnTime: 20 }],
  ['on-time-weight', '21', { weightOnTime: 21 }],
  ['on-time-weight', '40', { weightOnTime: 40 }],
  ['on-time-weight', '41', null],
  ['cleared-weight', '40', { weightCleared: 40 }],
  ['cleared-weight', '41', null],
  ['lists', '每月', { listEvery: 'monthly' }],
  ['lists', '每季度', { listEvery: 'quarterly' }],
  ['lists', '关', { listEvery: 'off' }],
  ['lists', '每周', null],
  ['honour', '1个', { honourMost: 1 }],
  ['honour', '10', { honourMost: 10 }],
  ['honour', '0', null],
  ['honour', '11', null],
  ['honour-score', '60分', { honourLeast: 60 }],
  ['honour-score', '100', { honourLeast: 100 }],
  ['honour-score', '59', null],
  ['honour-score', '101', null],
  ['warning', '0', { warningMost: 0 }],
  ['warning', '关', { warningMost: 0 }],
  ['warning', '5个', { warningMost: 5 }],
  ['warning', '6', null],
  ['appeal', '1', { appealWorkdays: 1 }],
  ['appeal', '5个工作日', { appealWorkdays: 5 }],
  ['appeal', '0', null],
  ['appeal', '6', null],
  ['decision', '1', { decisionWorkdays: 1 }],
  ['decision', '5', { decisionWorkdays: 5 }],
  ['decision', '0', null],
  ['decision', '6', null],
  ['list-names', '开', { listNames: 'on' }],
  ['list-names', 'off', { listNames: 'off' }],
  ['list-names', '公布', null],
  ['level', '县', { level: 'county' }],
  ['level', 'TOWN', { level: 'township' }],
  ['level', '国', null],
  ['platform', '云岭县政务云', { platform: '云岭县政务云' }],
  ['platform', '。', null],
  ['notice', '仅限本县内部', { notice: '仅限本县内部' }],
  ['notice', '可作考核参考', null],
  ['notice', '内'.repeat(41), null],
  ['secrets', '青松工程，赤水计划', { secrets: '青松工程，赤水计划' }],
];
test.each(edges)('%s “%s” gives %j', (name, typed, change) => {
  expect(settingRules[name].read(typed)).toEqual(change);
});

test('every default lies in its own range, and together they fit; what nobody has said has none', () => {
  const unsaid: readonly string[] = houseSettingNames;
  for (const name of settingNames.filter((each) => !unsaid.includes(each))) {
    const { value, from, to } = settingRules[name].value(defaults);
    expect(settingRules[name].read(`${value ?? `${from}-${to}`}`)).not.toBeNull();
  }
  expect(conflictIn({ settings: {} })).toBeNull();
});

test.each(['频次', '截止', '提醒', '简报', '安静', '私信', '群消息', '补报', '撤回'])('“%s” is a setting', (word) => {
  expect(settingNamed(word)).not.toBeNull();
});

test('each setting has an English name, and no word names two', () => {
  expect(settingNames.map((name) => settingNamed(name.toUpperCase()))).toEqual(settingNames);
  const words = settingNames.flatMap((name) => settingRules[name].words);
  expect(new Set(words).size).toBe(words.length);
  expect(settingNamed('截至')).toBeNull();
});

test.each<[string, Partial<Settings>, string | null]>([
  ['a reminder at the deadline', { nudgeAt: '17:00', deadline: '17:00' }, 'nudge-after-deadline'],
  ['a reminder a minute before the deadline', { nudgeAt: '16:59', deadline: '17:00' }, null],
  ['a reminder when quiet hours begin', { nudgeAt: '18:30' }, 'nudge-in-quiet'],
  ['a reminder a minute before', { nudgeAt: '18:29' }, null],
  ['no reminder at all', { nudgeAt: 'off' }, null],
  ['a second reminder in quiet hours', { nudgeAt: '16:00,18:30' }, 'nudge-in-quiet'],
  ['a second reminder after the deadline', { nudgeAt: '15:00,18:00', deadline: '17:00' }, 'nudge-after-deadline'],
  ['a digest when quiet hours begin', { digestAt: '18:30' }, 'digest-in-quiet'],
  ['an evening digest before them', { digestAt: '18:05' }, null],
  ['a digest when quiet hours end', { digestAt: '08:30' }, null],
  ['a digest before they end', { quietTo: '09:30' }, 'digest-in-quiet'],
  ['two weights of nothing', { weightOnTime: 0, weightCleared: 0 }, 'no-weight'],
  ['one weight of nothing', { weightOnTime: 0 }, null],
  ['a digest after later quiet hours began', { digestAt: '18:30', quietFrom: '19:00' }, null],
])('%s: %s', (_, settings, rule) => {
  expect(conflictIn({ settings })?.refused ?? null).toBe(rule);
});

test('whatever passes as hours leaves a reminder and a digest that may be sent', () => {
  const minute = fc
    .integer({ min: 0, max: 1439 })
    .map((m) => `${`${Math.floor(m / 60)}`.padStart(2, '0')}:${`${m % 60}`.padStart(2, '0')}`);
  fc.assert(
    fc.property(minute, minute, minute, minute, (nudge, digest, from, to) => {
      const settings = {
        ...settingRules.nudge.read(nudge),
        ...settingRules.digest.read(digest),
        ...settingRules.quiet.read(`${from}-${to}`),
      };
      if (conflictIn({ settings })) return;
      const { nudgeAt, digestAt, quietFrom, quietTo } = settingsOf({ settings });
      for (const hour of [nudgeAt, digestAt]) expect(quietTo <= hour && hour < quietFrom).toBe(true);
      expect(quietFrom <= '21:00' && quietTo >= '07:30').toBe(true);
    }),
  );
});
