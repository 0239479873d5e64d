import { expect, test } from 'vitest';
import { atRest, type Exception, exceptionFor, inForceAt, nextEnd } from '../../src/domain/exception.ts';
import { packUnit, readUnit } from '../../src/store/organisation-rows.ts';

const exception = (ends: number, over: Partial<Exception> = {}): Exception => ({
  name: 'on-time-weight',
  values: { weightOnTime: 30 },
  approver: '李书记',
  basis: '5号文',
  until: '2026-12-31',
  ends,
  by: 'wecom:a',
  at: 0,
  ...over,
});
const unit = { id: 'u1', name: '城关镇', parent: null, settings: { weightOnTime: 15, undoMinutes: 5 }, chats: [] };

test('an exception is in force before its end, to the millisecond', () => {
  const excepted = { ...unit, exceptions: [exception(1_000)] };
  expect(inForceAt(excepted, 999).settings).toEqual({ weightOnTime: 30, undoMinutes: 5 });
  expect(inForceAt(excepted, 1_000)).toBe(excepted);
  expect(exceptionFor(excepted, 'on-time-weight', 999)).not.toBeNull();
  expect(exceptionFor(excepted, 'on-time-weight', 1_000)).toBeNull();
});

test('the next end is that of what is still in force', () => {
  const units = [
    { settings: {}, exceptions: [exception(10), exception(30)] },
    { settings: {}, exceptions: [exception(20)] },
  ];
  expect([0, 10, 20, 30].map((now) => nextEnd(units, now))).toEqual([10, 20, 30, Number.POSITIVE_INFINITY]);
});

test('a unit that was read as it is in force is written as it is at rest', () => {
  const excepted = { ...unit, exceptions: [exception(1_000)] };
  const changed = inForceAt(excepted, 0);
  expect(atRest({ ...changed, settings: { ...changed.settings, undoMinutes: 20 } }, excepted)).toEqual({
    ...excepted,
    settings: { weightOnTime: 15, undoMinutes: 20 },
  });
  const bare = { ...excepted, settings: {} };
  expect(atRest(inForceAt(bare, 0), bare)).toEqual(bare);
  expect(atRest(excepted, excepted)).toBe(excepted);
});

test('an exception is kept with its unit', () => {
  const excepted = { ...unit, exceptions: [exception(1_000)] };
  expect(readUnit('u1', packUnit(excepted))).toEqual(excepted);
});
