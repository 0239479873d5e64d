import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { newcomer, type Unit } from '../../src/domain/organisation.ts';
import type { Role } from '../../src/domain/roles.ts';
import { changeSetting, unitToSet } from '../../src/domain/setting-change.ts';
import type { SettingName } from '../../src/domain/setting-rules.ts';
import { readSettings } from '../../src/domain/setting-text.ts';

const unit = (id: string, name: string, parent: string | null = null): Unit => ({
  id,
  name,
  parent,
  settings: {},
  chats: [],
});
const county = unit('u1', '云岭县');
const town = unit('u2', '城关镇', 'u1');
const hamlet = unit('u3', '安静村', 'u1');
const units = [county, town, hamlet];
const holder = (role: Role, of: string | null) => ({ ...newcomer('wecom:a', null), roles: [{ role, unit: of }] });

test.each([
  ['', ['', null, '']],
  ['截止 18:30', ['', 'deadline', '18:30']],
  ['截止：18:30', ['', 'deadline', '18:30']],
  ['截止： 18：30', ['', 'deadline', '18：30']],
  ['截止18:30', ['', 'deadline', '18:30']],
  ['截止=18:30', ['', 'deadline', '18:30']],
  ['频次每周', ['', 'cadence', '每周']],
  ['城关镇 截止 18:30', ['城关镇', 'deadline', '18:30']],
  ['云岭县/城关镇 安静 18:30 至 08:30', ['云岭县/城关镇', 'quiet', '18:30 至 08:30']],
  ['城关镇', ['城关镇', null, '']],
  ['截止', ['', 'deadline', '']],
  ['安静村', ['安静村', null, '']],
  ['安静村 补报5', ['安静村', 'late', '5']],
  ['Finance Bureau Deadline 18:30', ['Finance Bureau', 'deadline', '18:30']],
  ['leave approval on', ['', 'approval', 'on']],
  ['Finance Bureau on-time-weight 30', ['Finance Bureau', 'on-time-weight', '30']],
  ['cleared-weight 30', ['', 'cleared-weight', '30']],
  ['Finance Bureau copy check 85', ['Finance Bureau', 'copy', '85']],
  ['城关镇 日清权重 30', ['城关镇', 'cleared-weight', '30']],
  ['榜首 3', ['', 'top', '3']],
  ['截至 18:30', ['截至 18:30', null, '']],
])('“%s” is read as %j', (text, [path, name, value]) => {
  const read = readSettings(text);
  expect([read.unit.join('/'), read.name, read.value]).toEqual([path, name, value]);
});

const idOf = (found: ReturnType<typeof unitToSet>) => ('refused' in found ? found.refused : found.id);

test.each<[role: Role, of: string | null, named: string, here: Unit | null, result: string]>([
  ['coordinator', 'u2', '', null, 'u2'],
  ['coordinator', 'u2', '', town, 'u2'],
  ['coordinator', 'u2', '城关镇', hamlet, 'u2'],
  ['coordinator', 'u2', '', hamlet, 'not-yours'],
  ['coordinator', 'u2', '安静村', town, 'not-yours'],
  ['coordinator', 'u1', '城关镇', null, 'not-yours'],
  ['leader', 'u1', '城关镇', null, 'u2'],
  ['unitHead', 'u1', '城关镇', null, 'u2'],
  ['leader', 'u2', '云岭县', null, 'not-yours'],
  ['leader', 'u1', '', null, 'unit-needed'],
  ['leader', 'u1', '', hamlet, 'u3'],
  ['admin', null, '', town, 'u2'],
  ['admin', null, '安静村', town, 'u3'],
  ['admin', null, '', null, 'unit-needed'],
  ['inspector', null, '', town, 'not-yours'],
  ['admin', null, '无此镇', town, 'unknown'],
])('a %s of %s who names “%s” in the group of %o sets %s', (role, of, named, here, result) => {
  expect(idOf(unitToSet(units, holder(role, of), named === '' ? [] : [named], here))).toBe(result);
});

test('somebody without a role can set nothing', () => {
  expect(idOf(unitToSet(units, null, ['城关镇'], null))).toBe('not-yours');
});

const change = (of: Unit, name: SettingName, value: string, now = '2026-11-23T10:00') =>
  changeSetting(
    [county, of, hamlet],
    of,
    { name, value },
    { by: { id: 'wecom:a', name: '李二' }, now: Temporal.PlainDateTime.from(now).toZonedDateTime('Asia/Shanghai') },
  );

test('a new cadence is in force from today, once today’s reports were due from tomorrow; what was before is kept', () => {
  const after = (now: string) => change(town, 'cadence', '每周', now);
  expect(after('2026-11-23T20:00')).toMatchObject({
    units: [{ settings: { cadence: 'weekly' }, formerCadences: [{ cadence: 'daily', before: '2026-11-23' }] }],
    facts: { since: '2026-11-23' },
  });
  expect(after('2026-11-23T20:01')).toMatchObject({
    units: [{ formerCadences: [{ cadence: 'daily', before: '2026-11-24' }] }],
    facts: { since: '2026-11-24' },
  });
  expect(change(town, 'deadline', '18:30')).toMatchObject({ facts: { since: null } });
});

test('a change is kept beside what was set before', () => {
  const set = { ...town, settings: { undoMinutes: 30 } };
  expect(change(set, 'deadline', '18:30')).toMatchObject({
    units: [{ id: 'u2', settings: { undoMinutes: 30, deadline: '18:30' } }],
    facts: { outcome: 'changed', unit: '城关镇', name: 'deadline' },
  });
});

test('the same value again changes nothing; a default that is chosen is recorded', () => {
  const chosen = { ...town, settings: { cadence: 'daily' as const } };
  expect(change(chosen, 'cadence', '每日')).toMatchObject({ units: [], facts: { outcome: 'same' } });
  expect(change(town, 'cadence', '每日')).toMatchObject({
    units: [{ settings: { cadence: 'daily' } }],
    facts: { outcome: 'changed' },
  });
});

test('默认 gives back all that belongs to the setting', () => {
  const set = { ...town, settings: { quietFrom: '18:00', quietTo: '09:00', undoMinutes: 30 } };
  expect(change(set, 'quiet', '默认')).toMatchObject({ units: [{ settings: { undoMinutes: 30 } }] });
  expect(change(town, 'quiet', 'Default')).toMatchObject({ units: [], facts: { outcome: 'same' } });
});

test('a value outside the range is refused with the range', () => {
  expect(change(town, 'late', '11')).toEqual({ refused: 'range-late', values: { value: '11', from: 0, to: 10 } });
  expect(change(town, 'deadline', '12:00')).toMatchObject({
    refused: 'range-deadline',
    values: { from: '15:30', to: '23:59' },
  });
});

test('a value that does not fit the others is refused', () => {
  expect(change(town, 'deadline', '16:00')).toMatchObject({ refused: 'nudge-after-deadline' });
  expect(change(town, 'quiet', '16:30-08:30')).toMatchObject({ refused: 'nudge-in-quiet' });
  expect(change({ ...town, settings: { digestAt: '08:30' } }, 'quiet', '18:30-09:00')).toMatchObject({
    refused: 'digest-in-quiet',
  });
});

test.each([
  ['记录', [[], null]],
  ['城关镇 记录', [['城关镇'], null]],
  ['截止 改动', [[], 'deadline']],
  ['城关镇 截止 LOG', [['城关镇'], 'deadline']],
])('“%s” asks for the changes of %j', (text, [path, name]) => {
  const read = readSettings(text);
  expect([read.unit, read.name, read.value, read.changes]).toEqual([path, name, '', true]);
});
