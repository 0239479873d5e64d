import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Member } from '../../src/domain/organisation.ts';
import { changeReminder, nudgesOf, nudgeTimes, readNudges, readReminder } from '../../src/domain/reminding.ts';
import { unitOf } from '../engine.ts';

const wang: Member = { id: 'playground:wang', name: '王一', unit: 'u1', since: null, roles: [], unreachable: false };

test.each([
  ['17:30', '17:30'],
  ['１７：３０', '17:30'],
  ['下午5点半', '17:30'],
  ['5点半', '17:30'],
  ['4:05', '16:05'],
  ['17:33', '17:30'],
  ['关', 'off'],
  ['不要', 'off'],
  ['OFF', 'off'],
  ['默认', null],
  ['default', null],
])('“%s” asks for %s', (typed, at) => {
  expect(readReminder(typed)).toEqual({ at });
});

test.each(['明天', '25:00', '17:00 18:00', '王一'])('“%s” asks for nothing', (typed) => {
  expect(readReminder(typed)).toBe('unreadable');
});

test.each([
  ['15:00', '15:00'],
  ['20:30，18:30', '18:30,20:30'],
  ['16:00 and 18:00', '16:00,18:00'],
  ['16:00和18:30', '16:00,18:30'],
  ['停', 'off'],
  ['14:55', null],
  ['16:00 16:30', null],
  ['', null],
])('a unit’s “%s” is kept as %s', (typed, kept) => {
  expect(readNudges(typed)).toBe(kept);
});

test.each([
  ['17:30', {}, true],
  ['15:00', {}, true],
  ['14:55', {}, false],
  ['18:25', {}, true],
  ['18:30', {}, false],
  ['17:30', { deadline: '17:30' }, false],
  ['19:00', { quietFrom: '20:00' }, true],
  ['20:00', { quietFrom: '21:00' }, false],
  ['17:00', { quietFrom: '17:00' }, false],
])('an own time of %s where the unit has set %j: %s', (at, settings, isTaken) => {
  const changed = changeReminder(wang, unitOf('u1', settings), at);
  expect('facts' in changed).toBe(isTaken);
  if (!('facts' in changed)) return;
  expect(changed.facts).toEqual({ own: at, times: [at] });
  expect(changed.units).toMatchObject([{ ownNudges: [at] }]);
});

test('the unit keeps each time once; what is the same again changes nothing', () => {
  const unit = { ...unitOf('u1'), ownNudges: ['17:30'] };
  expect(changeReminder({ ...wang, nudgeAt: '17:30' }, unit, '17:30')).toMatchObject({ members: [], units: [] });
  expect(changeReminder(wang, unit, '16:00')).toMatchObject({ units: [{ ownNudges: ['16:00', '17:30'] }] });
  expect(changeReminder({ ...wang, nudgeAt: '17:30' }, unit, null)).toMatchObject({ members: [wang], units: [] });
});

test('a time from another unit, or one that quiet hours have reached, gives way to the unit’s', () => {
  const mover = { ...wang, nudgeAt: '16:30' };
  expect(nudgesOf(mover, unitOf('u2'))).toEqual(['17:00']);
  expect(nudgesOf(mover, { ...unitOf('u2'), ownNudges: ['16:30'] })).toEqual(['16:30']);
  const quiet = { ...unitOf('u2', { nudgeAt: '15:00', quietFrom: '16:00' }), ownNudges: ['16:30'] };
  expect(nudgesOf(mover, quiet)).toEqual(['15:00']);
  expect(nudgeTimes(quiet)).toEqual(['15:00']);
});

test('where the unit has none, who chose a time still has it', () => {
  const unit = { ...unitOf('u1', { nudgeAt: 'off' }), ownNudges: ['16:30'] };
  expect([nudgesOf({ ...wang, nudgeAt: '16:30' }, unit), nudgesOf(wang, unit), nudgeTimes(unit)]).toEqual([
    ['16:30'],
    [],
    ['16:30'],
  ]);
});

const time = fc
  .integer({ min: 0, max: 95 })
  .map((n) => `${`${n >> 2}`.padStart(2, '0')}:${`${(n % 4) * 15}`.padStart(2, '0')}`);

test('every time of every member is one at which the unit’s slots run, before the deadline and outside quiet hours', () => {
  fc.assert(
    fc.property(fc.array(time), fc.option(time), time, time, (ownNudges, own, deadline, quietFrom) => {
      const unit = { ...unitOf('u1', { nudgeAt: 'off', deadline, quietFrom }), ownNudges };
      const times = nudgesOf(own === null ? wang : { ...wang, nudgeAt: own }, unit);
      for (const one of times) {
        expect(nudgeTimes(unit)).toContain(one);
        expect(one < deadline && one < quietFrom && one >= '15:00').toBe(true);
      }
    }),
  );
});
