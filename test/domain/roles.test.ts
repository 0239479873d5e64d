import { expect, test } from 'vitest';
import {
  holds,
  isAllowed,
  mayRun,
  type Role,
  roleAtEnd,
  roleNamed,
  roles,
  rolesOf,
  unitRoles,
} from '../../src/domain/roles.ts';

/**
 * Who may run what, written out a second time: member, coordinator, leader, unitHead, inspector, reviewer,
 * appealDecider, intakeOfficer, admin, stranger.
 */
const table: Record<string, string> = {
  日清: 'mcluirdoas',
  清: 'm',
  补报: 'm',
  改: 'm',
  撤回: 'm',
  周结: 'm',
  我的: 'm',
  导出: 'mcluirda',
  请假: 'mclu',
  销假: 'mc',
  值班: 'mclu',
  提醒: 'm',
  看: 'mclu',
  答复: 'lu',
  未报: 'c',
  报到: 'mcluirdoas',
  榜: 'mluira',
  为什么: 'mluira',
  活动: 'mcluira',
  点评: 'lu',
  指标: 'mcluira',
  红黑榜: 'mcluirda',
  申诉: 'clud',
  绑定: 'a',
  认领: 'mcluirdoas',
  任命: 'a',
  名册: 'clua',
  应急: 'ua',
  合规: 'uia',
  减负: 'uia',
  发件: 'a',
  设置: 'clua',
  帮助: 'mcluirdoas',
};
const letters: Record<string, Role | null> = {
  m: 'member',
  c: 'coordinator',
  l: 'leader',
  u: 'unitHead',
  i: 'inspector',
  r: 'reviewer',
  d: 'appealDecider',
  o: 'intakeOfficer',
  a: 'admin',
  s: null,
};

/** Somebody with this role alone; without any, a person the bot has never seen. */
const holder = (role: Role | null) => {
  if (role === null) return null;
  if (role === 'member') return { unit: 'u1', roles: [] };
  return { unit: null, roles: [{ role, unit: unitRoles.includes(role) ? 'u1' : null }] };
};

test('every command of the table is in the list of rights, and no other', () => {
  expect(Object.keys(table).sort()).toEqual(Object.keys(mayRun).sort());
});

const cells = Object.keys(table).flatMap((command) =>
  Object.entries(letters).map(([letter, role]) => ({ command, role, may: table[command]?.includes(letter) })),
);
test.each(cells)('/$command by $role: $may', ({ command, role, may }) => {
  expect(isAllowed(mayRun[command] ?? [], holder(role))).toBe(may);
});

test('who has a unit is a member of it, with or without a role', () => {
  expect(rolesOf({ unit: 'u1', roles: [{ role: 'admin', unit: null }] })).toEqual(new Set(['member', 'admin']));
  expect(rolesOf({ unit: null, roles: [] })).toEqual(new Set());
  expect(rolesOf(null)).toEqual(new Set());
});

test('a unit’s role holds in that unit alone, the organisation’s everywhere', () => {
  const coordinator = { roles: [{ role: 'coordinator', unit: 'u1' } as const] };
  expect(holds(coordinator, 'coordinator', 'u1')).toBe(true);
  expect(holds(coordinator, 'coordinator', 'u2')).toBe(false);
  expect(holds(coordinator, 'leader', 'u1')).toBe(false);
  expect(holds({ roles: [{ role: 'inspector', unit: null }] }, 'inspector', 'u2')).toBe(true);
  expect(holds(null, 'admin', null)).toBe(false);
});

test.each([
  ['联络员', 'coordinator'],
  ['Coordinator', 'coordinator'],
  ['ＡＤＭＩＮ', 'admin'],
  ['领导', 'leader'],
  ['班子成员', 'leader'],
  ['一把手', 'unitHead'],
  ['单位负责人', 'unitHead'],
  ['督查', 'inspector'],
  ['审核人', 'reviewer'],
  ['复核人', 'appealDecider'],
  ['受理人', 'intakeOfficer'],
  ['管理员', 'admin'],
  ['干部', 'member'],
  ['成员', 'member'],
  ['皇帝', null],
  ['', null],
])('“%s” names the role %s', (word, role) => {
  expect(roleNamed(word)).toBe(role);
});

test('every role can be named in English by its own identifier', () => {
  expect(roles.map((role) => roleNamed(role))).toEqual(roles);
});

test.each([
  ['城关镇联络员', { before: '城关镇', role: 'coordinator' }],
  ['县委办单位负责人', { before: '县委办', role: 'unitHead' }],
  ['联络员', null],
  ['张三', null],
])('“%s” ends in %o', (word, ending) => {
  expect(roleAtEnd(word)).toEqual(ending);
});
