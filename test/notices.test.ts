import { expect, test } from 'vitest';
import { calendarFrom } from '../src/domain/calendar.ts';
import { minuteOf } from '../src/domain/slot.ts';
import { notices } from '../src/notices.ts';
import { minute } from './engine.ts';
import { at, zone } from './values.ts';

const begun = (over: { now?: string; until?: string; isReachable?: boolean; code?: string } = {}) => {
  const { now = '2026-11-23 09:00', until = '2026-11-23 08:59', isReachable = true, code = null } = over;
  return notices({
    slots: { settled: async () => ({ until: minuteOf(minute(until)), done: new Set() }) },
    calendar: calendarFrom(),
    now: at(now).toZonedDateTimeISO(zone),
    isReachable,
    claimCode: async () => code,
  });
};

test('a bot on which all is well has nothing to tell', async () => {
  expect(await begun()).toEqual([]);
  expect(await begun({ until: '2026-11-23 10:00' })).toEqual([]);
});

test('what the operator should do is said, each by its own sentence', async () => {
  expect(await begun({ code: '8F3K-22QD' })).toEqual([{ key: 'start.claim', params: { code: '8F3K-22QD' } }]);
  expect(await begun({ isReachable: false })).toEqual([{ key: 'start.nobody', params: {} }]);
  expect(await begun({ now: '2027-01-04 09:00' })).toEqual([{ key: 'start.calendar', params: {} }]);
  expect(await begun({ until: '2026-12-24 10:01' })).toEqual([
    { key: 'start.clock-ahead', params: { until: '2026-12-24T10:01' } },
  ]);
});
