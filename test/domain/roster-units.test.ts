import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pathOf, type Unit } from '../../src/domain/organisation.ts';
import { pathKey, placeUnits } from '../../src/domain/roster-units.ts';

const unit = (id: string, name: string, parent: string | null = null): Unit => ({
  id,
  name,
  parent,
  settings: {},
  chats: [],
});

/** The tree after `paths` were placed. */
const after = (units: readonly Unit[], paths: readonly (readonly string[])[]) => {
  const { made, hung, at } = placeUnits(units, paths);
  const kept = units.filter(({ id }) => !hung.some((each) => each.id === id));
  return { at, made, hung, all: [...kept, ...hung, ...made] };
};

test('in whatever order rows stand, the same tree comes of them, and placing them again changes nothing', () => {
  const names = fc.constantFrom('县', '镇', '乡', '村', '办');
  const paths = fc.array(fc.array(names, { minLength: 1, maxLength: 3 }), { maxLength: 8 });
  const tree = (all: readonly Unit[]) => all.map((each) => pathOf(all, each).join('/')).sort();
  fc.assert(
    fc.property(paths, (all) => {
      const { at, all: units } = after([], all);
      const placed = all.filter((path) => typeof at.get(pathKey(path)) === 'string');
      const again = after(units, placed);
      expect(again.made).toEqual([]);
      expect(again.hung).toEqual([]);
      expect(new Set(tree(units)).size).toBe(units.length);
    }),
  );
});

test('a unit found by name is not made twice, and one with a parent keeps it', () => {
  const units = [unit('u1', '县'), unit('u2', '镇', 'u1'), unit('u3', '乡')];
  const { at, made, hung } = placeUnits(units, [['镇'], ['县', '镇'], ['县', '乡'], ['市', '镇']]);
  expect([at.get('镇'), at.get('县/镇'), at.get('县/乡')]).toEqual([{ fault: 'unit-ambiguous' }, 'u2', 'u3']);
  expect(hung).toEqual([unit('u3', '乡', 'u1')]);
  expect(made).toEqual([unit('u4', '市'), unit('u5', '镇', 'u4')]);
});

test('a circle of any length is found, in the file and with the tree', () => {
  const { at, made } = placeUnits(
    [unit('u1', '县'), unit('u2', '镇', 'u1')],
    [
      ['甲', '乙'],
      ['乙', '丙'],
      ['丙', '甲'],
      ['丁', '丁'],
      ['镇', '县'],
    ],
  );
  for (const key of ['甲/乙', '乙/丙', '丙/甲', '丁/丁', '镇/县'])
    expect(at.get(key)).toEqual({ fault: 'unit-below-itself' });
  expect(made).toEqual([]);
});

test('a chain of a hundred thousand units ends at a sentence, not at the stack', () => {
  const chain = Array.from({ length: 100_000 }, (_, i) => [`单位${i + 1}`, `单位${i}`]);
  expect(placeUnits([], chain).at.get('单位1/单位0')).toEqual({ fault: 'unit-too-deep' });
});
