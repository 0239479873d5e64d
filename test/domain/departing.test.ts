import { expect, test } from 'vitest';
import { decideDeparture, isLastAdmin } from '../../src/domain/departing.ts';
import { type Member, newcomer } from '../../src/domain/organisation.ts';
import type { Grant } from '../../src/domain/roles.ts';
import { day } from '../values.ts';

const today = day('2026-11-23');
const units = ['城关镇', '上水乡'].map((name, i) => ({ id: `u${i + 1}`, name, parent: null, settings: {}, chats: [] }));
const member = (id: string, unit: string | null, ...roles: Grant[]): Member => ({
  ...newcomer(`slack:${id}`, id),
  unit,
  since: unit === null ? null : day('2026-01-05'),
  roles,
});
const admin = member('admin', null, { role: 'admin', unit: null });
const coordinator = member('li', 'u1', { role: 'coordinator', unit: 'u1' });
const decide = (person: Member, by: Member | null, officers: readonly Member[] = [admin, coordinator]) =>
  decideDeparture({ units, officers }, { person, by, today });

test('an administrator takes off anybody, with every role, wherever it is held', () => {
  const person = member('wang', 'u1', { role: 'leader', unit: 'u2' }, { role: 'inspector', unit: null });
  const home = { unit: 'u1', since: day('2026-01-05'), until: today };
  expect(decide(person, admin)).toEqual({
    members: [{ ...person, unit: null, since: null, roles: [], left: today, homes: [home] }],
    facts: {
      outcome: 'departed',
      who: 'wang（wang）',
      unit: '城关镇',
      ended: [
        { role: 'leader', unit: '上水乡' },
        { role: 'inspector', unit: null },
      ],
    },
  });
});

test('somebody who is nowhere and holds nothing cannot leave', () => {
  expect(decide(member('wang', null), admin)).toMatchObject({ members: [], facts: { outcome: 'nothing' } });
});

test.each([
  ['a coordinator of the own unit', member('wang', 'u1'), coordinator, null],
  ['a coordinator, himself', coordinator, coordinator, null],
  ['a coordinator of another unit', member('wang', 'u2'), coordinator, 'not-yours'],
  [
    'a coordinator, somebody in no unit',
    member('wang', null, { role: 'leader', unit: 'u1' }),
    coordinator,
    'not-yours',
  ],
  ['a coordinator, who holds more', member('wang', 'u1', { role: 'leader', unit: 'u2' }), coordinator, 'holds-more'],
  ['a coordinator, the head', member('wang', 'u1', { role: 'unitHead', unit: 'u1' }), coordinator, 'holds-more'],
  ['a colleague', member('wang', 'u1'), member('zhao', 'u1'), 'not-yours'],
  ['a stranger', member('wang', 'u1'), null, 'not-yours'],
  ['the last administrator, himself', admin, admin, 'last-admin'],
] as const)('%s: %#', (_, person, by, refused) => {
  const decided = decide(person, by);
  expect('refused' in decided ? decided.refused : null).toBe(refused);
});

test('an administrator is the last when nobody else is one', () => {
  expect(isLastAdmin(admin, [admin, coordinator])).toBe(true);
  expect(isLastAdmin(admin, [admin, { ...admin, id: 'slack:other' }])).toBe(false);
  expect(isLastAdmin(coordinator, [coordinator])).toBe(false);
});
