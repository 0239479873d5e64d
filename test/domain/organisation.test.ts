import { expect, test } from 'vitest';
import {
  newcomer,
  pathOf,
  reach,
  readPath,
  subtree,
  type Unit,
  unitLabel,
  unitsNamed,
} from '../../src/domain/organisation.ts';
import type { Role } from '../../src/domain/roles.ts';

const unit = (id: string, name: string, parent: string | null = null): Unit => ({
  id,
  name,
  parent,
  settings: {},
  chats: [],
});
const [yun, town, village, other, twin] = [
  unit('u1', '云岭县'),
  unit('u2', '城关镇', 'u1'),
  unit('u3', '东街村', 'u2'),
  unit('u4', '上水县'),
  unit('u5', '城关镇', 'u4'),
];
const units = [yun, town, village, other, twin];

test('a unit’s subtree is itself and everything below it', () => {
  expect(subtree(units, 'u1').map(({ id }) => id)).toEqual(['u1', 'u2', 'u3']);
  expect(subtree(units, 'u3').map(({ id }) => id)).toEqual(['u3']);
  expect(subtree(units, 'u9')).toEqual([]);
});

test.each<[role: 'coordinator' | 'leader' | 'unitHead', covers: string[]]>([
  ['coordinator', ['u1']],
  ['leader', ['u1', 'u2', 'u3']],
  ['unitHead', ['u1', 'u2', 'u3']],
])('a %s of the county covers %j', (role, covers) => {
  const person = { roles: [{ role, unit: 'u1' }] };
  expect(reach(person, role, units).map(({ id }) => id)).toEqual(covers);
});

test('who leads two units, one below the other, reaches each once; who leads none reaches none', () => {
  const grants = ['u2', 'u1'].map((id) => ({ role: 'leader' as Role, unit: id }));
  expect(reach({ roles: grants }, 'leader', units).map(({ id }) => id)).toEqual(['u1', 'u2', 'u3']);
  expect(reach({ roles: grants }, 'coordinator', units)).toEqual([]);
  expect(reach(null, 'leader', units)).toEqual([]);
});

test('a unit is called by its name, or by its path where another has the same', () => {
  expect(unitLabel(units, village)).toBe('东街村');
  expect(unitLabel(units, town)).toBe('云岭县/城关镇');
  expect(unitLabel(units, twin)).toBe('上水县/城关镇');
  expect(pathOf(units, village)).toEqual(['云岭县', '城关镇', '东街村']);
});

test.each([
  ['东街村', ['u3']],
  ['城关镇', ['u2', 'u5']],
  ['云岭县/城关镇', ['u2']],
  ['上水县／城关镇', ['u5']],
  ['云岭县/东街村', []],
  ['无此单位', []],
  ['', []],
])('“%s” names %j', (typed, ids) => {
  expect(unitsNamed(units, readPath(typed)).map(({ id }) => id)).toEqual(ids);
});

test('a whole path wins over the end of a longer one', () => {
  const top = unit('u6', '城关镇');
  expect(unitsNamed([...units, top], ['城关镇'])).toEqual([top]);
});

test('a newcomer has no unit, no role and owes nothing', () => {
  expect(newcomer('wecom:a', null)).toMatchObject({ unit: null, since: null, roles: [], unreachable: false });
});
