import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { heart } from '../../src/scheduler/heart.ts';
import { diary } from '../engine.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse('2026-11-23T08:59:30Z') });
});
afterEach(() => {
  vi.useRealTimers();
});

const SECOND_MS = 1_000;

/** A heart whose beats end as `ends` says, one after the other; the last end stays. */
const beating = (...ends: ('done' | 'left' | 'fails' | 'hangs')[]) => {
  let count = 0;
  const { log, said } = diary();
  const { start, stop } = heart(async () => {
    const end = ends[Math.min(count, ends.length - 1)];
    count += 1;
    if (end === 'fails') throw new Error('gone');
    if (end === 'hangs') await new Promise(() => {});
    return { isAllDone: end === 'done' };
  }, log);
  return { start, stop, said, count: () => count };
};
const pass = (seconds: number) => vi.advanceTimersByTimeAsync(seconds * SECOND_MS);

test('beats at the start, and then with every minute', async () => {
  const { start, stop, count } = beating('done');
  start();
  await pass(0);
  expect(count()).toBe(1);
  await pass(31);
  expect(count()).toBe(2);
  await pass(5 * 60);
  expect(count()).toBe(7);
  await stop();
  await pass(5 * 60);
  expect(count()).toBe(7);
});

test('looks again within seconds when another copy holds something', async () => {
  const { start, stop, count } = beating('left', 'left', 'done');
  start();
  await pass(11);
  expect(count()).toBe(3);
  await pass(15);
  expect(count()).toBe(3);
  await stop();
});

test('goes on after failures, and says so once a trouble', async () => {
  const { start, stop, count, said } = beating('fails', 'fails', 'fails', 'done', 'fails', 'done');
  start();
  await pass(16);
  expect(count()).toBe(4);
  expect(said('tick failed')).toHaveLength(1);
  await pass(60);
  expect(said('tick failed')).toHaveLength(2);
  expect(count()).toBe(6);
  await stop();
});

test('never beats while it is still at it', async () => {
  const { start, stop, count } = beating('hangs');
  start();
  await pass(10 * 60);
  expect(count()).toBe(1);
  await stop();
});

test('a process that was busy at the minute beats as soon as it can, not a minute later', async () => {
  const { start, stop, count } = beating('done');
  start();
  await pass(0);
  vi.setSystemTime(Date.parse('2026-11-23T09:00:03.500Z')); // nothing ran for 33.5 seconds
  await pass(31);
  expect(count()).toBe(2);
  await stop();
});

test('stops between a failure and the next look', async () => {
  const { start, stop, count } = beating('fails');
  start();
  await pass(0);
  await stop();
  await pass(60);
  expect(count()).toBe(1);
});
