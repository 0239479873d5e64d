import { expect, test } from 'vitest';
import { commands } from '../../commands/index.ts';
import { jobs } from '../../jobs/index.ts';
import { type Evidence, judge, selfCheck, tables } from '../../src/domain/compliance.ts';
import { bannedIndicator, postsTo, ruleNamed, ruleNumbers } from '../../src/domain/compliance-rules.ts';
import type { Exception } from '../../src/domain/exception.ts';
import type { Unit } from '../../src/domain/organisation.ts';
import type { Settings } from '../../src/domain/settings.ts';

const NOW = 1_000;

const unit = (settings: Partial<Settings> = {}, over: Partial<Unit> = {}): Unit => ({
  id: 'u1',
  name: '云岭县',
  parent: null,
  settings: { level: 'county', cadence: 'daily', ...settings },
  chats: ['playground:group:g1'],
  ...over,
});

const evidence = (over: Partial<Evidence> = {}): Evidence => ({
  ...tables,
  units: [unit()],
  coordinated: new Set(['u1']),
  nameless: 0,
  indicators: [],
  commands: commands.map(({ name }) => name),
  now: NOW,
  ...over,
});

/** Approved until `ends`. */
const approved = (name: string, values: Partial<Settings>, ends: number): { exceptions: readonly Exception[] } => ({
  exceptions: [{ name, values, approver: '李书记', basis: '5号文', until: '2026-12-31', ends, by: 'wecom:a', at: 0 }],
});

test('a well-kept county breaks nothing; what the product cannot do yet is said', () => {
  const found = selfCheck(evidence());
  expect(found.filter(({ verdict }) => verdict === 'fail' || verdict === 'excepted')).toEqual([]);
  expect(found.filter(({ verdict }) => verdict === 'later').map(({ rule }) => rule)).toEqual(['C02', 'C10', 'C12']);
  expect(found.map(({ rule }) => rule).sort()).toEqual([...ruleNumbers]);
});

test('every job says to whom it writes, and no other does', () => {
  expect(jobs.map(({ name }) => name).filter((name) => !postsTo[name])).toEqual([]);
});

const breaking: readonly (readonly [string, string, Partial<Evidence>])[] = [
  ['C01', 'reminders go to a group', { postsTo: { ...postsTo, nudge: ['group'] } }],
  ['C01', 'the missing list goes to a group', { postsTo: { ...postsTo, 'missing-list': ['coordinator', 'group'] } }],
  ['C01', 'there is a roll-call', { commands: ['接龙'] }],
  ['C02', 'anybody assigns', { commands: ['交办'], mayRun: { 交办: ['anyone'] } }],
  ['C02', 'nobody has said who assigns', { commands: ['交办'], mayRun: {} }],
  ['C03', 'persons are ranked without approval', { units: [unit({ personBoard: 'on' })] }],
  ['C03', 'there is a command for attendance', { commands: ['考勤'] }],
  ['C03', 'an indicator counts presence', { indicators: [{ name: '在线时长', unit: '件' }] }],
  ['C04', 'warned units are named without approval', { units: [unit({ listNames: 'on' })] }],
  ['C04', 'punctuality weighs more than it may', { units: [unit({ weightOnTime: 30 })] }],
  ['C05', 'an indicator counts likes', { indicators: [{ name: '点赞数', unit: '件' }] }],
  ['C06', 'a command asks where somebody is', { commands: ['位置'] }],
  ['C07', 'nobody can export', { commands: ['日清'] }],
  ['C08', 'an indicator counts papers', { indicators: [{ name: '发文数', unit: '件' }] }],
  ['C09', 'leaders get the missing list', { postsTo: { ...postsTo, 'missing-list': ['leader'] } }],
  ['C09', 'members may ask who is missing', { mayRun: { 未报: ['member'] } }],
  ['C11', 'nothing proposes to dissolve groups', { postsTo: {} }],
  ['C12', 'an indicator counts quiz scores', { indicators: [{ name: '测试成绩', unit: '件' }] }],
  ['C13', 'the level is not said', { units: [unit({ level: '' })] }],
  ['C13', 'a township names no platform', { units: [unit({ level: 'township' })] }],
  ['C14', 'digests go to a group', { postsTo: { ...postsTo, 'daily-digest': ['group'] } }],
  ['C15', 'quiet hours begin too late', { units: [unit({ quietFrom: '22:00' })] }],
  ['C15', 'quiet hours end too early', { units: [unit({ quietTo: '06:00' })] }],
  ['C16', 'nobody has confirmed a cadence', { units: [{ ...unit(), settings: { level: 'county' } }] }],
  ['C17', 'a group has no owner', { coordinated: new Set() }],
  ['C17', 'somebody has no name', { nameless: 1 }],
  ['C19', 'nobody counts the messages', { commands: ['日清'] }],
];
test.each(breaking)('%s is broken when %s', (rule, _, over) => {
  const number = ruleNamed(rule);
  expect(number && judge(number, evidence(over)).verdict).toBe('fail');
  expect(number && judge(number, evidence()).verdict).not.toBe('fail');
});

test.each([
  ['list-names', { listNames: 'on' as const }],
  ['on-time-weight', { weightOnTime: 30 }],
])('%s beside the rule is an exception while it is approved, and broken after', (name, values) => {
  const units = (ends: number) => [unit(values, approved(name, values, ends))];
  expect(judge('C04', evidence({ units: units(NOW + 1) }))).toMatchObject({ verdict: 'excepted', decides: name });
  expect(judge('C04', evidence({ units: units(NOW) }))).toMatchObject({ verdict: 'fail', decides: name });
});

test('what the rule asks for keeps it', () => {
  const verdict = (over: Partial<Evidence>, rule: 'C02' | 'C10' | 'C12' | 'C13' | 'C15') =>
    judge(rule, evidence(over)).verdict;
  expect(verdict({ commands: ['交办'], mayRun: { 交办: ['leader'] } }, 'C02')).toBe('pass');
  expect(verdict({ commands: ['建议', '投诉'] }, 'C10')).toBe('pass');
  expect(verdict({ commands: ['测试'] }, 'C12')).toBe('pass');
  expect(verdict({ units: [unit({ level: 'township', platform: '云岭县政务云' })] }, 'C13')).toBe('pass');
  expect(verdict({ units: [unit({}, { emergency: { until: NOW + 1, reason: '防汛' } })] }, 'C15')).toBe('excepted');
  expect(verdict({ units: [unit({}, { emergency: { until: NOW, reason: '防汛' } })] }, 'C15')).toBe('pass');
});

test.each([
  ['会议次数', 'C08'],
  ['发文数', 'C08'],
  ['照片数', 'C08'],
  ['字数', 'C08'],
  ['学习笔记', 'C08'],
  ['点赞数', 'C05'],
  ['学习时长', 'C08'],
  ['在线时长', 'C03'],
  ['活跃用户数', 'C03'],
  ['招商引资到位资金', null],
  ['办结件数', null],
  ['河长巡河里程', null],
])('an indicator called %s falls under %s', (name, rule) => {
  expect(bannedIndicator(name)).toBe(rule);
});

test.each([
  ['C03', 'C03'],
  ['c3', 'C03'],
  ['Ｃ０３', 'C03'],
  ['3', 'C03'],
  ['19', 'C19'],
  ['C20', null],
  ['C0', null],
  ['C', null],
  ['', null],
])('“%s” names rule %s', (word, rule) => {
  expect(ruleNamed(word)).toBe(rule);
});
