import { expect, test } from 'vitest';
import { patient, supervisor, type Watch } from '../../src/platforms/supervisor.ts';
import { ledger } from '../values.ts';

/** A supervisor whose connections and timers are in the test's hand. */
const house = (random = 1) => {
  const watches: Watch[] = [];
  const timers: { ms: number; run: () => void }[] = [];
  const { log, errors } = ledger();
  const line = supervisor(
    (watch) => {
      watches.push(watch);
      return { close() {} };
    },
    {
      log,
      random: () => random,
      wait: (ms, run) => {
        const timer = { ms, run };
        timers.push(timer);
        return () => void timers.splice(timers.indexOf(timer), 1);
      },
    },
  );
  return {
    line,
    errors,
    timers,
    attempts: () => watches.length,
    now: () => watches.at(-1) as Watch,
    /** Runs the one timer that is set, and says how long it was. */
    fire: () => {
      expect(timers).toHaveLength(1);
      const [timer] = timers.splice(0);
      timer?.run();
      return timer?.ms;
    },
  };
};

test('connects at once, and is up when the connection says so', () => {
  const { line, now, attempts } = house();
  expect(attempts()).toBe(1);
  expect(line.isUp()).toBe(false);
  now().up();
  expect(line.isUp()).toBe(true);
});

test('pauses double up to a minute, and it never gives up', () => {
  const { now, fire, attempts } = house();
  const pauses = Array.from({ length: 20 }, () => {
    now().ended('lost', '');
    return fire();
  });
  expect(pauses.slice(0, 8)).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]);
  expect(attempts()).toBe(21);
});

test('copies of the bot do not come back all at once', () => {
  const early = house(0);
  early.now().ended('lost', '');
  expect(early.fire()).toBe(500);
});

test('only a connection that held makes the next pause short again', () => {
  const { now, fire } = house();
  now().ended('lost', '');
  fire();
  now().up();
  now().ended('lost', '');
  expect(fire()).toBe(2_000);
  now().up();
  expect(fire()).toBe(patient.stableMs);
  now().ended('lost', '');
  expect(fire()).toBe(1_000);
});

test('refused credentials are tried again once a minute, and said aloud', () => {
  const { now, fire, errors } = house();
  for (let i = 1; i <= 10; i += 1) {
    now().ended('refused', '853000');
    expect(fire()).toBe(60_000);
    expect(errors).toHaveLength(i);
  }
});

test('who was kicked stays down, and says so', () => {
  const { line, now, timers, errors, attempts } = house();
  now().up();
  now().ended('kicked', '');
  expect(line.isUp()).toBe(false);
  expect(timers).toEqual([]);
  expect(errors).toHaveLength(1);
  expect(attempts()).toBe(1);
});

test('an old connection that speaks up late changes nothing', () => {
  const { line, now, fire, timers, attempts } = house();
  const old = now();
  old.ended('lost', '');
  old.ended('lost', '');
  fire();
  old.up();
  expect(line.isUp()).toBe(false);
  now().up();
  old.ended('kicked', '');
  expect(line.isUp()).toBe(true);
  expect(attempts()).toBe(2);
  expect(timers).toHaveLength(1);
});

test('stopped means stopped', () => {
  const { line, now, timers } = house();
  now().up();
  line.stop();
  now().ended('lost', '');
  now().up();
  expect(line.isUp()).toBe(false);
  expect(timers).toEqual([]);
});
