import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { type Appointment, decideAppointment } from '../../src/domain/appointing.ts';
import { type Member, newcomer, type Unit } from '../../src/domain/organisation.ts';
import { type Grant, holds, type Role, roles, unitRoles } from '../../src/domain/roles.ts';

const today = Temporal.PlainDate.from('2026-11-23');
const unit = (id: string, name: string, parent: string | null = null): Unit => ({
  id,
  name,
  parent,
  settings: {},
  chats: [],
});
const town = unit('u1', '城关镇');
const village = unit('u2', '上水乡');
const units = [town, village];

const person = (id: string, ...grants: readonly [Role, string | null][]): Member => ({
  ...newcomer(`wecom:${id}`, id.toUpperCase()),
  roles: grants.map(([role, of]): Grant => ({ role, unit: of })),
});
const a = person('a');
const b = person('b', ['coordinator', 'u1']);
const boss = person('boss', ['admin', null]);

const decide = (order: Partial<Appointment>, officers: readonly Member[] = [b, boss]) =>
  decideAppointment(
    { units, officers },
    { person: a, role: 'leader', take: false, unit: [], here: null, today, ...order },
  );

test('a role of a unit is given in the unit that is named, else the group’s, else the person’s own', () => {
  const home = { ...a, unit: 'u2' };
  expect(decide({ person: home, unit: ['城关镇'], here: village })).toMatchObject({ facts: { unit: '城关镇' } });
  expect(decide({ person: home, here: town })).toMatchObject({
    members: [{ roles: [{ role: 'leader', unit: 'u1' }] }],
  });
  expect(decide({ person: home })).toMatchObject({ members: [{ roles: [{ role: 'leader', unit: 'u2' }] }] });
  expect(decide({})).toEqual({ refused: 'unit-needed', values: { who: 'A（a）' } });
});

test('naming a second coordinator replaces the first, and says so', () => {
  const { members, facts } = decide({ role: 'coordinator', here: town }) as Extract<
    ReturnType<typeof decide>,
    { facts: unknown }
  >;
  expect(facts).toMatchObject({ outcome: 'given', who: 'A（a）', unit: '城关镇', replaced: 'B（b）' });
  expect(members.map(({ id, roles: held }) => [id, held.length])).toEqual([
    ['wecom:a', 1],
    ['wecom:b', 0],
  ]);
  expect(decide({ role: 'coordinator', here: village })).toMatchObject({ facts: { replaced: null } });
});

test('several leaders may lead one unit', () => {
  const first = person('c', ['leader', 'u1']);
  const decided = decide({ here: town }, [first, boss]);
  expect(decided).toMatchObject({ facts: { outcome: 'given', replaced: null }, members: [{ id: 'wecom:a' }] });
});

test('giving what is held and taking what is not changes nothing and says so', () => {
  expect(decide({ person: b, role: 'coordinator', here: town })).toMatchObject({
    members: [],
    facts: { outcome: 'already' },
  });
  expect(decide({ person: a, role: 'coordinator', here: town, take: true })).toMatchObject({
    members: [],
    facts: { outcome: 'not-held' },
  });
});

test('a role is taken where it is held, though the person is elsewhere at home', () => {
  const leader = { ...person('c', ['leader', 'u1']), unit: 'u2' };
  expect(decide({ person: leader, take: true })).toMatchObject({
    facts: { outcome: 'taken', unit: '城关镇' },
    members: [{ roles: [], unit: 'u2' }],
  });
  const twice = person('d', ['leader', 'u1'], ['leader', 'u2']);
  expect(decide({ person: twice, take: true })).toEqual({
    refused: 'unit-ambiguous',
    values: { unit: '', units: ['城关镇', '上水乡'] },
  });
  expect(decide({ person: twice, take: true, here: village })).toMatchObject({ facts: { unit: '上水乡' } });
});

test('a member joins a unit from today on, is moved, and is let go', () => {
  expect(decide({ role: 'member', here: town })).toMatchObject({
    members: [{ unit: 'u1', since: today }],
    facts: { outcome: 'joined', from: null },
  });
  const settled = { ...b, unit: 'u1', since: today.subtract({ days: 90 }) };
  expect(decide({ person: settled, role: 'member', unit: ['上水乡'] })).toMatchObject({
    members: [{ unit: 'u2', since: today, roles: b.roles }],
    facts: { outcome: 'joined', from: '城关镇' },
  });
  expect(decide({ person: settled, role: 'member', here: town })).toMatchObject({
    members: [],
    facts: { outcome: 'already' },
  });
  expect(decide({ person: settled, role: 'member', take: true, here: village })).toMatchObject({
    members: [{ unit: null, since: null }],
    facts: { outcome: 'left', unit: '城关镇' },
  });
  expect(decide({ person: settled, role: 'member', take: true, unit: ['上水乡'] })).toMatchObject({
    facts: { outcome: 'not-held' },
  });
});

test.each<[string, Partial<Appointment>, object]>([
  ['an unknown unit', { unit: ['无此镇'] }, { refused: 'unit-unknown', values: { unit: '无此镇' } }],
  ['a unit for a role of the organisation', { role: 'inspector', unit: ['城关镇'] }, { refused: 'unit-unfit' }],
  ['the last administrator', { person: boss, role: 'admin', take: true }, { refused: 'last-admin' }],
  [
    'an administrator who reads complaints',
    { person: boss, role: 'intakeOfficer' },
    { refused: 'admin-reads-no-complaints' },
  ],
  [
    'an intake officer who is administrator',
    { person: person('o', ['intakeOfficer', null]), role: 'admin' },
    { refused: 'admin-reads-no-complaints' },
  ],
])('%s is refused', (_, order, refusal) => {
  expect(decide(order)).toMatchObject(refusal);
});

test('an administrator may go when another one stays', () => {
  const second = person('c', ['admin', null]);
  expect(decide({ person: boss, role: 'admin', take: true }, [boss, second])).toMatchObject({
    facts: { outcome: 'taken' },
  });
});

test('a role of the organisation holds without a unit, whatever group it is given in', () => {
  expect(decide({ role: 'inspector', here: town })).toMatchObject({
    members: [{ roles: [{ role: 'inspector', unit: null }] }],
  });
});

test('however many are appointed and dismissed: an administrator stays, a unit has one coordinator, no admin reads complaints', () => {
  const step = fc.record({
    id: fc.constantFrom('a', 'b', 'c'),
    role: fc.constantFrom(...roles),
    take: fc.boolean(),
    unit: fc.constantFrom('城关镇', '上水乡'),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const people = new Map([a, b, person('c', ['admin', null])].map((one) => [one.id, one]));
      for (const { id, role, take, unit: name } of steps) {
        const officers = [...people.values()].filter((one) => one.roles.length > 0);
        const isOfUnit = role === 'member' || unitRoles.includes(role);
        const known = people.get(`wecom:${id}`) ?? a;
        const order = { person: known, role, take, unit: isOfUnit ? [name] : [], here: null, today };
        const decided = decideAppointment({ units, officers }, order);
        if ('refused' in decided) continue;
        for (const one of decided.members) people.set(one.id, one);

        const all = [...people.values()];
        const of = (r: Role, u: string | null) => all.filter((one) => holds(one, r, u)).length;
        expect(of('admin', null)).toBeGreaterThan(0);
        for (const u of units) expect(of('coordinator', u.id)).toBeLessThan(2);
        expect(all.some((one) => holds(one, 'admin', null) && holds(one, 'intakeOfficer', null))).toBe(false);
        const now = people.get(known.id) ?? a;
        const hasIt =
          role === 'member'
            ? now.unit === units.find((u) => u.name === name)?.id
            : holds(now, role, isOfUnit ? (units.find((u) => u.name === name)?.id ?? '') : null);
        expect(hasIt).toBe(!take);
      }
    }),
  );
});
