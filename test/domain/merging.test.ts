import { expect, test } from 'vitest';
import { decideMerger, decideSplit } from '../../src/domain/merging.ts';
import { type Member, newcomer } from '../../src/domain/organisation.ts';
import type { Grant } from '../../src/domain/roles.ts';
import { day } from '../values.ts';

const member = (id: string, over: Partial<Member> = {}): Member => ({ ...newcomer(`slack:${id}`, null), ...over });
const today = day('2026-11-23');
const admin: Grant = { role: 'admin', unit: null };

test('the first keeps its name and unit; the second becomes a name for it, with no unit and no roles', () => {
  const main = member('a', { name: '张三', unit: 'u1', since: day('2026-11-20') });
  const other = member('b', {
    name: '老张',
    unit: 'u2',
    since: day('2026-01-05'),
    roles: [{ role: 'leader', unit: 'u2' }],
  });
  const decided = decideMerger([other], { main, other, today });
  expect(decided).toMatchObject({
    members: [
      { ...main, roles: other.roles, merged: ['slack:b'] },
      { id: 'slack:b', unit: null, roles: [], mergedInto: 'slack:a' },
    ],
    facts: { from: 'u2', to: 'u1' },
  });
});

test('what the first lacks comes from the second; in one unit the earlier day of joining counts', () => {
  const other = member('b', { name: '张三', unit: 'u2', since: day('2026-01-05') });
  expect(decideMerger([], { main: member('a'), other, today })).toMatchObject({
    members: [{ name: '张三', unit: 'u2', since: other.since }, {}],
  });
  const main = member('a', { unit: 'u2', since: day('2026-11-20') });
  expect(decideMerger([], { main, other, today })).toMatchObject({ members: [{ since: other.since }, {}] });
});

test('a role that both hold is held once', () => {
  const [main, other] = [member('a', { roles: [admin] }), member('b', { roles: [admin] })];
  expect(decideMerger([main, other], { main, other, today })).toMatchObject({ members: [{ roles: [admin] }, {}] });
});

test('identities of the second follow it, so that each stands for the member directly', () => {
  const decided = decideMerger([], { main: member('a'), other: member('b', { merged: ['slack:c'] }), today });
  expect(decided).toMatchObject({
    members: [{ merged: ['slack:b', 'slack:c'] }, { mergedInto: 'slack:a' }, { id: 'slack:c', mergedInto: 'slack:a' }],
  });
});

test.each([
  ['same', [member('a'), member('a')], []],
  ['last-admin', [member('a'), member('b', { roles: [admin] })], [member('b', { roles: [admin] })]],
  [
    'admin-reads-no-complaints',
    [member('a', { roles: [{ role: 'intakeOfficer', unit: null }] }), member('b', { roles: [admin] })],
    [member('b', { roles: [admin] }), member('c', { roles: [admin] })],
  ],
] as const)('%s is refused', (rule, [main, other], officers) => {
  expect(decideMerger(officers, { main, other, today })).toMatchObject({ refused: rule });
});

test('taken apart, the second is somebody of its own; others that were merged stay', () => {
  const main = member('a', { name: '张三', merged: ['slack:b', 'slack:c'] });
  expect(decideSplit(main, 'slack:b', today)).toMatchObject({
    members: [{ merged: ['slack:c'] }, newcomer('slack:b', null)],
  });
  expect(decideSplit(main, 'slack:a', today)).toMatchObject({ refused: 'not-merged' });
  expect(decideSplit(null, 'slack:x', today)).toMatchObject({ refused: 'not-merged' });
});
