import { expect, test } from 'vitest';
import { Unconfirmed } from '../../src/errors.ts';
import { elapsed } from '../../src/platforms/elapsed.ts';
import { exclusive, turnTiming as timing } from '../../src/platforms/exclusive.ts';
import type { ConnectionLeases, Held, Rest } from '../../src/ports.ts';
import { ledger } from '../values.ts';

const patience = () => new Promise((resolve) => setImmediate(resolve));

/** Time that the test moves, with the timers that fall due on the way. */
const time = () => {
  let now = 0;
  const timers = new Set<{ at: number; run: () => void }>();
  return {
    clock: () => now,
    /** As a process that is stopped: the clock goes on, no timer fires. */
    sleep(ms: number) {
      now += ms;
    },
    wait: (ms: number, run: () => void) => {
      const timer = { at: now + ms, run };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    async pass(ms: number) {
      const until = now + ms;
      for (;;) {
        await patience();
        const next = [...timers].toSorted((one, other) => one.at - other.at)[0];
        if (!next || next.at > until) break;
        timers.delete(next);
        now = Math.max(now, next.at);
        next.run();
      }
      now = Math.max(now, until);
      await patience();
    },
  };
};

/** A store with one lease, as the scripts keep it, on the test's time. */
const store = (clock: () => number) => {
  let lease: { id: string; token: number; until: number } | null = null;
  let tokens = 0;
  const given: { token: number; rest: Rest | null }[] = [];
  const faults = { isDown: false, slow: null as Promise<void> | null };
  const leases: ConnectionLeases = {
    async hold(_, { id }, { leaseMs }): Promise<Held> {
      if (faults.isDown) throw new Unconfirmed('down');
      if (lease && lease.until <= clock()) lease = null;
      if (lease && lease.id !== id) return { heldMs: lease.until - clock(), by: { id: lease.id, process: '' } };
      tokens += lease ? 0 : 1;
      lease = { id, token: lease?.token ?? tokens, until: clock() + leaseMs };
      const answer = { token: lease.token };
      await faults.slow;
      return answer;
    },
    async giveBack(_, token, rest) {
      if (faults.isDown) throw new Unconfirmed('down');
      if (lease?.token !== token) return;
      given.push({ token, rest });
      lease = null;
    },
    look: async () => ({ where: lease?.id ?? null, restMs: 0 }),
  };
  return { leases, faults, given, holder: () => (lease && lease.until > clock() ? lease.id : null) };
};

const house = () => {
  const { clock, wait, pass, sleep } = time();
  const kept = store(clock);
  const copy = (id: string) => {
    const events: string[] = [];
    const turn = exclusive({
      ...{ leases: kept.leases, connection: 'line', log: ledger().log, clock, wait },
      copy: { id, where: id, process: '' },
    });
    turn.start(
      () => events.push('begin'),
      () => events.push('end'),
    );
    return { ...turn, events };
  };
  return { ...kept, clock, pass, sleep, copy };
};

test('one begins, the other stands by, for hours', async () => {
  const { copy, pass } = house();
  const [a, b] = [copy('a'), copy('b')];
  await pass(3 * 3_600_000);
  expect([a.events, b.events]).toEqual([['begin'], []]);
  expect([a.isOurs(), a.isStandby(), b.isOurs(), b.isStandby()]).toEqual([true, false, false, true]);
});

test('who stops is followed within a second', async () => {
  const { copy, pass } = house();
  const [a, b] = [copy('a'), copy('b')];
  await pass(10_000);
  await a.stop();
  expect(a.events).toEqual(['begin', 'end']);
  await pass(timing.askMs);
  expect(b.isOurs()).toBe(true);
});

test('who dies is followed when his lease ends', async () => {
  const { copy, pass, clock, leases } = house();
  await leases.hold('line', { id: 'dead', where: '', process: '' }, timing);
  const b = copy('b');
  await pass(timing.leaseMs - 1);
  expect(b.isStandby()).toBe(true);
  await pass(timing.askMs + 1);
  expect(b.isOurs()).toBe(true);
  expect(clock()).toBeLessThan(30_000);
});

test('cut off from the store, it lets go before its lease could be another’s', async () => {
  const { copy, pass, faults, holder } = house();
  const a = copy('a');
  await pass(60_000);
  faults.isDown = true;
  await pass(timing.leaseMs - timing.marginMs - timing.renewMs - 1);
  expect(a.isOurs()).toBe(true);
  await pass(timing.renewMs + 1);
  expect(a.isOurs()).toBe(false);
  expect(a.isStandby()).toBe(false);
  expect(a.events).toEqual(['begin', 'end']);
  expect(holder()).toBe('a');
  faults.isDown = false;
  await pass(timing.askMs);
  expect(a.events).toEqual(['begin', 'end', 'begin']);
});

test('a store that was away for a moment ends nothing', async () => {
  const { copy, pass, faults } = house();
  const a = copy('a');
  for (let i = 0; i < 20; i += 1) {
    faults.isDown = true;
    await pass(7_000);
    faults.isDown = false;
    await pass(timing.renewMs + timing.askMs);
  }
  expect(a.events).toEqual(['begin']);
});

test('a process that slept knows at once that its turn may be over, before any timer of its has run', async () => {
  const { copy, pass, sleep } = house();
  const a = copy('a');
  await pass(1_000);
  sleep(timing.leaseMs - timing.marginMs);
  expect(a.isOurs()).toBe(false);
  const b = copy('b');
  sleep(timing.marginMs);
  await pass(0);
  await pass(timing.askMs);
  expect(a.events.filter((event) => event === 'begin').length + b.events.length).toBeLessThanOrEqual(2);
  expect([a.isOurs(), b.isOurs()].filter(Boolean)).toHaveLength(1);
});

test('an answer that took too long gives no right', async () => {
  const { copy, pass, faults } = house();
  let answer = () => {};
  faults.slow = new Promise((resolve) => {
    answer = resolve;
  });
  const a = copy('a');
  await pass(timing.leaseMs);
  answer();
  faults.slow = null;
  await patience();
  expect(a.events).toEqual([]);
  await pass(timing.askMs);
  expect(a.isOurs()).toBe(true);
});

test('stopped while it asks, it gives back what it is given', async () => {
  const { copy, faults, holder } = house();
  let answer = () => {};
  faults.slow = new Promise((resolve) => {
    answer = resolve;
  });
  const a = copy('a');
  const stopped = a.stop();
  answer();
  await stopped;
  expect(a.events).toEqual([]);
  expect(holder()).toBeNull();
});

test('after a kick it is given back with its pause', async () => {
  const { copy, pass, given } = house();
  const a = copy('a');
  await pass(1_000);
  const rest = { firstMs: 1, longestMs: 2, forgetMs: 3 };
  await a.giveBack(rest);
  expect(given).toEqual([{ token: 1, rest }]);
  expect(a.isOurs()).toBe(false);
});

test('what has passed is told by the clock that moved more, and never goes back', () => {
  let [steady, wall] = [0, 1_000_000];
  const clock = elapsed(
    () => steady,
    () => wall,
  );
  const moved = (bySteady: number, byWall: number) => {
    steady += bySteady;
    wall += byWall;
    return clock();
  };
  expect(moved(10, 10)).toBe(10);
  // The machine slept; then its clock was set back.
  expect(moved(10, 60_000)).toBe(60_010);
  expect(moved(10, -3_600_000)).toBe(60_020);
});
