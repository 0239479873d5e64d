import { expect, test } from 'vitest';
import { dailyDigest } from '../../jobs/daily-digest.ts';
import { jobs } from '../../jobs/index.ts';
import { missingList } from '../../jobs/missing-list.ts';
import { nudge } from '../../jobs/nudge.ts';
import { weeklyBoard } from '../../jobs/weekly-board.ts';
import { weeklyDigest } from '../../jobs/weekly-digest.ts';
import { weeklyDraft } from '../../jobs/weekly-draft.ts';
import type { Settings } from '../../src/domain/settings.ts';
import type { Job } from '../../src/job.ts';
import { minutesOf } from '../town.ts';

/** Days of the month on which a job falls due, with the minute when it is not the usual one. */
const days = (job: Job, from: string, to: string, settings: Partial<Settings> = {}) =>
  minutesOf(job, settings, `${from}T00:00`, `${to}T23:59`).map((minute) => minute.slice(5));

test('an ordinary week: Monday 23 to Sunday 29 November 2026', () => {
  const week = (job: Job, settings?: Partial<Settings>) => days(job, '2026-11-23', '2026-11-29', settings);
  // On the days off too: some may be on duty.
  expect(week(nudge)).toEqual([23, 24, 25, 26, 27, 28, 29].map((date) => `11-${date} 17:00`));
  expect(week(missingList)).toEqual(['11-23 09:00', '11-24 09:00', '11-25 09:00', '11-26 09:00', '11-27 09:00']);
  expect(week(dailyDigest)).toEqual(['11-24 09:00', '11-25 09:00', '11-26 09:00', '11-27 09:00']);
  expect(week(weeklyDigest)).toEqual(['11-23 09:00']);
  expect(week(weeklyBoard)).toEqual(['11-23 09:30']);
  expect(week(weeklyDraft)).toEqual(['11-27 15:00']);
});

test.each([
  ['2026-09-14', '2026-09-20', { draft: '09-20', board: '09-14', workdays: 6 }],
  ['2026-09-21', '2026-09-27', { draft: '09-24', board: '09-21', workdays: 4 }],
  ['2026-09-28', '2026-10-04', { draft: '09-30', board: '09-28', workdays: 3 }],
  ['2026-10-05', '2026-10-11', { draft: '10-10', board: '10-08', workdays: 3 }],
  ['2026-02-09', '2026-02-15', { draft: '02-14', board: '02-09', workdays: 6 }],
  ['2026-02-16', '2026-02-22', { draft: undefined, board: undefined, workdays: 0 }],
  ['2026-02-23', '2026-03-01', { draft: '02-28', board: '02-24', workdays: 5 }],
])('the week of %s keeps to the calendar of holidays and make-up workdays', (from, to, { draft, board, workdays }) => {
  expect(days(weeklyDraft, from, to).map((minute) => minute.slice(0, 5))).toEqual(draft ? [draft] : []);
  expect(days(weeklyBoard, from, to).map((minute) => minute.slice(0, 5))).toEqual(board ? [board] : []);
  expect(days(weeklyDigest, from, to).map((minute) => minute.slice(0, 5))).toEqual(board ? [board] : []);
  expect(days(dailyDigest, from, to)).toHaveLength(Math.max(0, workdays - 1));
});

test('a unit that reports weekly gets no daily nudge and no daily missing list; one that is off no draft either', () => {
  const count = (job: Job, cadence: Settings['cadence']) => days(job, '2026-11-23', '2026-11-29', { cadence }).length;
  expect([nudge, missingList, weeklyDraft].map((job) => count(job, 'weekly'))).toEqual([0, 0, 1]);
  expect([nudge, missingList, weeklyDraft].map((job) => count(job, 'off'))).toEqual([0, 0, 0]);
  expect([nudge, missingList, weeklyDraft].map((job) => count(job, 'exception'))).toEqual([0, 0, 0]);
});

test('from the day of a change on the new cadence decides what is posted; the last day under the old one is not chased', () => {
  const formerCadences = [{ cadence: 'daily' as const, before: '2026-11-25' }];
  const week = (job: Job, cadence: Settings['cadence']) =>
    minutesOf(job, { cadence }, '2026-11-23T00:00', '2026-11-29T23:59', undefined, { formerCadences });
  expect(week(nudge, 'weekly')).toEqual(['2026-11-23 17:00', '2026-11-24 17:00']);
  expect(week(missingList, 'weekly')).toEqual(['2026-11-23 09:00', '2026-11-24 09:00']);
  expect(week(weeklyDraft, 'weekly')).toEqual(['2026-11-27 15:00']);
  expect(week(weeklyDraft, 'off')).toEqual([]);
});

test('the hours are the settings of the unit', () => {
  const settings = { nudgeAt: '16:30', digestAt: '18:05' };
  const week = (job: Job) => days(job, '2026-11-26', '2026-11-29', settings);
  expect(week(nudge)).toEqual([26, 27, 28, 29].map((date) => `11-${date} 16:30`));
  // In the evening the day itself is told, and on the last workday its week.
  expect(week(dailyDigest)).toEqual(['11-26 18:05']);
  expect(week(weeklyDigest)).toEqual(['11-27 18:05']);
});

test('a unit without a group has no board to be posted', () => {
  expect(minutesOf(weeklyBoard, {}, '2026-11-23T00:00', '2026-11-29T23:59', [])).toEqual([]);
});

test('a minute is due once: after `from`, up to and including `to`', () => {
  const between = (from: string, to: string) => minutesOf(nudge, {}, `2026-11-23T${from}`, `2026-11-23T${to}`);
  expect(between('16:59', '17:00')).toHaveLength(1);
  expect(between('17:00', '17:01')).toHaveLength(0);
});

test('cut anywhere, a month has the same minutes', () => {
  for (const job of jobs) {
    const whole = minutesOf(job, {}, '2026-09-28T00:00', '2026-10-31T23:59');
    const cuts = ['2026-10-08T08:59', '2026-10-08T09:00', '2026-10-08T17:00', '2026-10-10T15:00', '2026-10-12T09:30'];
    for (const cut of cuts) {
      const parts = [...minutesOf(job, {}, '2026-09-28T00:00', cut), ...minutesOf(job, {}, cut, '2026-10-31T23:59')];
      expect(parts).toEqual(whole);
    }
  }
});

/** What these tell is of use on any day. */
const ofAnyDay = new Set(['exception-end', 'burden-report', 'list-draft', 'list-notice', 'list-close', 'list-publish']);

test('a post is still of use when its slot is caught up at the last minute, and never on another workday', () => {
  for (const { name, catchUpMinutes, expiresMinutes } of jobs) {
    expect(expiresMinutes).toBeGreaterThanOrEqual(catchUpMinutes);
    if (ofAnyDay.has(name)) continue;
    expect(expiresMinutes).toBeLessThan(15 * 60);
  }
});

test('what ranks units or hints at a slip is never posted twice', () => {
  expect(jobs.filter(({ delivery }) => delivery === 'atMostOnce').map(({ name }) => name)).toEqual([
    'weekly-board',
    'copy-check',
    'freeze-board',
    'list-publish',
  ]);
  expect(new Set(jobs.map(({ name }) => name)).size).toBe(jobs.length);
});
