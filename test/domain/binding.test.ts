import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type BindingOrder, decideBinding, readBinding } from '../../src/domain/binding.ts';
import { nameKey } from '../../src/domain/names.ts';
import { pathOf, subtree, type Unit } from '../../src/domain/organisation.ts';

const order = (path: string[], more: Partial<BindingOrder> = {}): BindingOrder => ({
  path,
  toTop: false,
  rebind: false,
  ...more,
});

test.each<[string, BindingOrder | null]>([
  ['城关镇', order(['城关镇'])],
  ['  城关镇 ', order(['城关镇'])],
  ['城关镇 上级 云岭县', order(['云岭县', '城关镇'])],
  ['城关镇 上级：云岭县', order(['云岭县', '城关镇'])],
  ['城关镇上级 云岭县', order(['云岭县', '城关镇'])],
  ['城关镇 属于 云岭县', order(['云岭县', '城关镇'])],
  ['城关镇属于云岭县', order(['云岭县', '城关镇'])],
  ['城关镇 隶属于 云岭县', order(['云岭县', '城关镇'])],
  ['云岭县/城关镇', order(['云岭县', '城关镇'])],
  ['云岭县／城关镇／东街村', order(['云岭县', '城关镇', '东街村'])],
  ['东街村 上级 云岭县/城关镇', order(['云岭县', '城关镇', '东街村'])],
  ['Finance Bureau under Yunling County', order(['Yunling County', 'Finance Bureau'])],
  ['上级 云岭县', order(['云岭县', ''])],
  ['under Yunling County', order(['Yunling County', ''])],
  ['城关镇 上级 无', order(['城关镇'], { toTop: true })],
  ['改 上水乡', order(['上水乡'], { rebind: true })],
  ['改绑 云岭县/上水乡', order(['云岭县', '上水乡'], { rebind: true })],
  ['rebind Shangshui', order(['Shangshui'], { rebind: true })],
  ['改革办', order(['改革办'])],
  ['上级机关', order(['上级机关'])],
  ['', null],
  ['改', null],
  ['城关镇 上级', null],
  ['上级', null],
  ['解除', null],
  ['改 取消', null],
  ['//', null],
])('“%s” is read as %j', (text, read) => {
  expect(readBinding(text)).toEqual(read);
});

/** Binds one after the other, as people would; a refusal leaves things as they are. */
const after = (...said: readonly (readonly [chat: string, text: string])[]): readonly Unit[] => {
  let units: readonly Unit[] = [];
  for (const [chat, text] of said) {
    const read = readBinding(text);
    const decided = read && decideBinding(units, read, chat);
    if (!decided || 'refused' in decided) continue;
    const changed = new Map(decided.units.map((unit) => [unit.id, unit]));
    const kept = units.map((unit) => changed.get(unit.id) ?? unit);
    units = [...kept, ...decided.units.filter(({ id }) => !units.some((unit) => unit.id === id))];
  }
  return units;
};
const paths = (units: readonly Unit[]) =>
  units.map((unit) => `${pathOf(units, unit).join('/')} ${unit.chats.join(' ')}`.trim());
const told = (units: readonly Unit[], chat: string, text: string) => {
  const read = readBinding(text);
  if (!read) throw new Error('nothing to bind');
  const decided = decideBinding(units, read, chat);
  return 'refused' in decided ? decided : decided.facts;
};

test('makes a missing unit, and its missing parents', () => {
  expect(paths(after(['g1', '城关镇']))).toEqual(['城关镇 g1']);
  expect(paths(after(['g1', '城关镇 上级 云岭县']))).toEqual(['云岭县', '云岭县/城关镇 g1']);
  expect(after(['g1', '云岭县/城关镇']).map(({ id }) => id)).toEqual(['u1', 'u2']);
});

test('several groups may speak for one unit, found in any width', () => {
  expect(paths(after(['g1', 'Ｆｉｎａｎｃｅ'], ['g2', 'finance']))).toEqual(['Ｆｉｎａｎｃｅ g1 g2']);
  expect(told(after(['g1', '城关镇']), 'g2', '城关镇')).toMatchObject({ outcome: 'bound', isNew: false, groups: 2 });
});

test('a unit without a parent is hung in below the one that is named', () => {
  expect(paths(after(['g1', '城关镇'], ['g2', '云岭县/城关镇']))).toEqual(['云岭县/城关镇 g1 g2', '云岭县']);
});

test('the parent of the group’s own unit can be set, put right and taken away', () => {
  const first = after(['g1', '城关镇'], ['g1', '上级 云岭县']);
  expect(paths(first)).toEqual(['云岭县/城关镇 g1', '云岭县']);
  expect(told(first, 'g1', '城关镇 上级 上水县')).toMatchObject({
    outcome: 'same',
    parent: '上水县',
    newParents: ['上水县'],
  });
  expect(paths(after(['g1', '云岭县/城关镇'], ['g1', '城关镇 上级 无']))).toEqual(['云岭县', '城关镇 g1']);
});

test('a town of the same name in another county is another unit', () => {
  expect(paths(after(['g1', '云岭县/城关镇'], ['g2', '上水县/城关镇']))).toEqual([
    '云岭县',
    '云岭县/城关镇 g1',
    '上水县',
    '上水县/城关镇 g2',
  ]);
});

test('a name that two units have must be told with the parent', () => {
  const two = after(['g1', '云岭县/城关镇'], ['g2', '上水县/城关镇']);
  expect(told(two, 'g3', '城关镇')).toEqual({
    refused: 'ambiguous',
    values: { unit: '城关镇', units: ['云岭县/城关镇', '上水县/城关镇'], example: '云岭县/城关镇' },
  });
  expect(told(two, 'g2', '城关镇')).toMatchObject({ outcome: 'same', unit: '上水县/城关镇' });
});

test('a bound group moves only when told so, and the first unit keeps all but the group', () => {
  const bound = after(['g1', '城关镇'], ['g2', '城关镇']);
  expect(told(bound, 'g1', '上水乡')).toEqual({
    refused: 'bound-elsewhere',
    values: { bound: '城关镇', wanted: '上水乡' },
  });
  expect(told(bound, 'g1', '改 上水乡')).toMatchObject({
    outcome: 'rebound',
    from: '城关镇',
    unit: '上水乡',
    isNew: true,
  });
  expect(paths(after(['g1', '城关镇'], ['g2', '城关镇'], ['g1', '改 上水乡']))).toEqual(['城关镇 g2', '上水乡 g1']);
});

test('asks how often a unit reports until somebody has said so, and recommends weekly to towns and villages', () => {
  expect(told([], 'g1', '城关镇')).toMatchObject({ asksCadence: true, isSmall: true, isTop: true });
  expect(told([], 'g1', '云岭县/县委办')).toMatchObject({ asksCadence: true, isSmall: false, isTop: false });
  const decided = after(['g1', '城关镇']).map((unit) => ({ ...unit, settings: { cadence: 'daily' as const } }));
  expect(told(decided, 'g2', '城关镇')).toMatchObject({ asksCadence: false });
  expect(told(after(['g1', '城关镇']), 'g1', '城关镇')).toMatchObject({ asksCadence: false });
});

test.each([
  ['its own parent', '城关镇 上级 城关镇', 'below-itself'],
  ['what is below it as its parent', '云岭县 上级 城关镇', 'below-itself'],
  ['31 characters', '长'.repeat(31), 'too-long'],
  ['digits alone', '12345', 'no-letter'],
  ['an emoji', '😀', 'no-letter'],
  ['seven levels', 'a/b/c/d/e/f/g', 'too-deep'],
])('%s is refused', (_, text, refused) => {
  expect(told(after(['g1', '云岭县/城关镇']), 'g2', text)).toMatchObject({ refused });
});

test('a second unit of one name at the top is refused', () => {
  const two = after(['g1', '云岭县/城关镇'], ['g2', '上水县/城关镇'], ['g1', '城关镇 上级 无']);
  expect(told(two, 'g2', '城关镇 上级 无')).toEqual({ refused: 'name-taken', values: { unit: '城关镇' } });
});

test('a group without a unit has no parent to set', () => {
  expect(told([], 'g1', '上级 云岭县')).toMatchObject({ refused: 'no-letter' });
});

test('whatever is bound in whatever order, the tree stays a tree, sisters differ in name, and a group has one unit', () => {
  const name = fc.constantFrom('甲', '乙', '丙', '丁', 'Ａ', 'a');
  const said = fc.oneof(
    name,
    fc.tuple(name, name).map(([a, b]) => `${a}/${b}`),
    fc.tuple(name, name, name).map(([a, b, c]) => `改 ${a} 上级 ${b}/${c}`),
    name.map((a) => `改 ${a}`),
    name.map((a) => `上级 ${a}`),
    name.map((a) => `${a} 上级 无`),
  );
  const steps = fc.array(fc.tuple(fc.constantFrom('g1', 'g2', 'g3'), said), { maxLength: 12 });
  fc.assert(
    fc.property(steps, (all) => {
      const units = after(...all);
      const places = units.map(({ parent, name }) => `${parent} ${nameKey(name)}`);
      expect(new Set(places).size).toBe(units.length);
      expect(new Set(units.map(({ id }) => id)).size).toBe(units.length);
      const tops = units.filter(({ parent }) => parent === null);
      expect(tops.flatMap(({ id }) => subtree(units, id))).toHaveLength(units.length);
      const chats = units.flatMap((unit) => unit.chats);
      expect(new Set(chats).size).toBe(chats.length);
    }),
    { numRuns: 300 },
  );
});
