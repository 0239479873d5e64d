import { expect, test } from 'vitest';
import type { Turn } from '../../src/platforms/exclusive.ts';
import { patient, supervisor, type Watch } from '../../src/platforms/supervisor.ts';
import type { Rest } from '../../src/ports.ts';
import { ledger } from '../values.ts';

/** A supervisor whose connections and timers are in the test's hand. */
const house = (random = 1, over: { turn?: Turn; renewal?: () => number } = {}) => {
  const closed: number[] = [];
  const watches: Watch[] = [];
  const timers: { ms: number; run: () => void }[] = [];
  const { log, errors } = ledger();
  const line = supervisor(
    (watch) => {
      const n = watches.push(watch);
      return { close: () => void closed.push(n) };
    },
    {
      log,
      ...over,
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
    closed,
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

test('who is kicked does not fight: it says so once, and tries again after minutes', () => {
  const { line, now, timers, errors, fire } = house();
  const pauses: unknown[] = [];
  for (let kick = 1; kick <= 7; kick += 1) {
    now().up();
    now().ended('kicked', '');
    expect(line.isUp()).toBe(false);
    const [again] = timers.filter(({ ms }) => ms !== patient.kicked.forgetMs);
    pauses.push(again?.ms);
    timers.splice(0, timers.length, ...(again ? [again] : []));
    fire();
  }
  // With the most jitter, which is half as long again: two deployments do not keep step.
  expect(pauses).toEqual([90, 180, 360, 720, 1_350, 1_350, 1_350].map((seconds) => seconds * 1_000));
  expect(errors).toHaveLength(1);
});

test('after half an hour without a kick the next one is the first', () => {
  const { now, timers, errors } = house();
  const kick = () => {
    now().up();
    now().ended('kicked', '');
    return timers.find(({ ms }) => ms !== patient.kicked.forgetMs);
  };
  kick()?.run();
  timers.find(({ ms }) => ms === patient.kicked.forgetMs)?.run();
  timers.splice(0);
  expect(kick()?.ms).toBe(90_000);
  expect(errors).toHaveLength(2);
});

/** A turn in the test's hand. */
const turns = () => {
  const given: (Rest | null)[] = [];
  const state = { isOurs: false, isStandby: false };
  let [begin, end] = [() => {}, () => {}];
  const turn: Turn = {
    start(onBegin, onEnd) {
      [begin, end] = [onBegin, onEnd];
    },
    isOurs: () => state.isOurs,
    isStandby: () => state.isStandby,
    giveBack: async (rest) => {
      given.push(rest);
      over();
    },
    stop: async () => {},
  };
  const over = () => {
    state.isOurs = false;
    end();
  };
  const ours = () => {
    state.isOurs = true;
    begin();
  };
  return { turn, state, given, ours, over };
};

test('nobody connects before it is his turn', () => {
  const { turn, ours, state } = turns();
  const { line, attempts, now } = house(1, { turn });
  state.isStandby = true;
  expect([attempts(), line.isUp(), line.isStandby()]).toEqual([0, false, true]);
  ours();
  now().up();
  expect([attempts(), line.isUp()]).toEqual([1, true]);
});

test('when the turn ends, the connection does, and nothing is tried', () => {
  const { turn, ours, over } = turns();
  const { line, now, closed, timers, attempts } = house(1, { turn });
  ours();
  now().up();
  const watch = now();
  over();
  watch.ended('lost', '');
  watch.up();
  expect([closed, timers, line.isUp(), watch.isOurs()]).toEqual([[1], [], false, false]);
  ours();
  expect(attempts()).toBe(2);
});

test('a turn that is over by the clock alone is over for what is sent and taken in', () => {
  const { turn, ours, state } = turns();
  const { line, now, attempts, timers } = house(1, { turn });
  ours();
  now().up();
  expect(now().isOurs()).toBe(true);
  state.isOurs = false;
  expect([now().isOurs(), line.isUp()]).toEqual([false, false]);
  timers.splice(0);
  // The platform tells us of the other copy: no kick by a stranger.
  now().ended('kicked', '');
  expect([timers, attempts()]).toEqual([[], 1]);
});

test('who is kicked in his turn gives it back for a while', () => {
  const { turn, ours, given } = turns();
  const { now, errors, attempts } = house(1, { turn });
  ours();
  now().up();
  now().ended('kicked', '');
  expect(given).toEqual([{ ...patient.kicked, firstMs: 90_000 }]);
  expect([errors.length, attempts()]).toEqual([1, 1]);
});

test('who cannot connect for two minutes lets another copy try; refused credentials are everybody’s', () => {
  const { turn, ours, given } = turns();
  const { now, timers } = house(1, { turn });
  const yields = () => timers.filter(({ ms }) => ms === patient.yieldMs);
  ours();
  now().ended('refused', '853000');
  expect(yields()).toHaveLength(0);
  now().up();
  ours();
  now().ended('lost', '');
  expect(yields()).toHaveLength(1);
  timers.find(({ ms }) => ms === 1_000)?.run();
  now().up();
  expect(yields()).toHaveLength(0);
  now().ended('lost', '');
  timers.find(({ ms }) => ms < patient.yieldMs)?.run();
  now().ended('lost', '');
  expect(yields()).toHaveLength(1);
  yields()[0]?.run();
  expect(given).toEqual([null]);
});

test('a connection that seems well is made anew when it is time, without a pause', () => {
  const { now, timers, closed, attempts, line } = house(1, { renewal: () => 77_000 });
  now().up();
  timers.find(({ ms }) => ms === 77_000)?.run();
  expect([closed, attempts(), line.isUp()]).toEqual([[1], 2, false]);
  now().up();
  expect(line.isUp()).toBe(true);
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
