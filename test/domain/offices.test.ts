import { expect, test } from 'vitest';
import { comparedWith } from '../../src/domain/board.ts';
import { coordinatorsOf, leadersAt } from '../../src/domain/offices.ts';
import type { Member, Unit } from '../../src/domain/organisation.ts';
import type { Grant } from '../../src/domain/roles.ts';

const unit = (id: string, parent: string | null = null): Unit => ({ id, name: id, parent, settings: {}, chats: [] });
const officer = (id: string, ...roles: Grant[]): Member => ({
  id,
  name: null,
  unit: null,
  since: null,
  roles,
  unreachable: false,
});
const tree = [unit('u1'), unit('u2', 'u1'), unit('u3', 'u1'), unit('u4', 'u3')];

test("a coordinator is one of the unit itself: not of the one above it, and no other officer's name for it", () => {
  const officers = [
    officer('a', { role: 'coordinator', unit: 'u2' }),
    officer('b', { role: 'coordinator', unit: 'u1' }),
    officer('c', { role: 'leader', unit: 'u2' }),
    officer('d', { role: 'admin', unit: null }),
  ];
  expect(coordinatorsOf(officers, 'u2').map(({ id }) => id)).toEqual(['a']);
});

test('a leader of several units gets one digest, at the hour of the first, about all that lies below', () => {
  const officers = [
    officer('head', { role: 'unitHead', unit: 'u1' }, { role: 'leader', unit: 'u3' }),
    officer('line', { role: 'leader', unit: 'u3' }, { role: 'leader', unit: 'u2' }),
    officer('clerk', { role: 'coordinator', unit: 'u1' }),
  ];
  const at = (id: string) =>
    leadersAt(officers, tree, id).map(({ leader, reach }) => [leader.id, reach.map((u) => u.id)]);
  expect(at('u1')).toEqual([['head', ['u1', 'u2', 'u3', 'u4']]]);
  expect(at('u2')).toEqual([['line', ['u2', 'u3', 'u4']]]);
  expect(at('u3')).toEqual([]);
});

test('a unit stands beside its sisters; one without any beside nobody, or its children beside each other', () => {
  const beside = (units: readonly Unit[], id: string) =>
    comparedWith(units, units.find((one) => one.id === id) ?? unit(id)).map((one) => one.id);
  expect(beside(tree, 'u2')).toEqual(['u2', 'u3']);
  expect(beside(tree, 'u1')).toEqual(['u2', 'u3']);
  expect(beside(tree, 'u4')).toEqual(['u4']);
  expect(beside([unit('u1'), unit('u2')], 'u2')).toEqual(['u1', 'u2']);
});
