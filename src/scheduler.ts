import { Temporal } from 'temporal-polyfill';
import { agenda } from './domain/agenda.ts';
import { type Calendar, compareDays, type Day, fromEpochDay } from './domain/calendar.ts';
import type { Unit } from './domain/organisation.ts';
import { settingsOf } from './domain/settings.ts';
import { minuteOf, type Slot, slotId, type TimedSlot, verdictOn } from './domain/slot.ts';
import { within } from './errors.ts';
import type { Clock, Directory } from './ports.ts';
import { foreseen } from './scheduler/foresee.ts';
import { heart } from './scheduler/heart.ts';
import { type Outcome, type Run, type RunDeps, slotRunner } from './scheduler/run.ts';

/** Slots leased and run together. */
const AT_ONCE = 32;
/** Another copy may not know yet of the change that made a slot; it must not settle that minute already. */
const SETTLE_AFTER_MS = 5_000;
/** So long the slots in hand may go on when the bot stops. */
const STOP_MS = 5_000;
/** Ids named in one log line. */
const MOST_NAMED = 50;
const MINUTES_PER_DAY = 1_440;

type Deps = RunDeps & {
  readonly directory: Pick<Directory, 'units'>;
  readonly calendar: Calendar;
  readonly clock: Clock;
};

/** How many slots of a tick came to which end. */
export type Tally = Readonly<Record<Outcome, number>>;

/**
 * Runs each slot of each job once, whatever happens to the copies of the bot that share the store. Which slots lie
 * between the last settled minute and now, `due` says again on each tick: missed, failed and abandoned ones turn up by
 * themselves.
 */
export const scheduler = (deps: Deps) => {
  const { jobs, directory, slots, calendar, zone, clock, log } = deps;
  const runner = slotRunner(deps);
  const slotsOn = agenda(jobs, calendar, zone);
  const catchUpMinutes = new Map(jobs.map((job) => [job.name, job.catchUpMinutes]));
  const caughtUpEach = new Set(jobs.flatMap(({ name, catchUpEach }) => (catchUpEach ? [name] : [])));
  const local = (at: Temporal.Instant) => at.toZonedDateTimeISO(zone).toPlainDateTime();

  /** Day by day, so that whoever wants the next one alone pays for no more. */
  function* slotsFrom(first: Day, to: Temporal.Instant, units: readonly Unit[]): Generator<TimedSlot> {
    const last = local(to).toPlainDate();
    for (let day = first; compareDays(day, last) <= 0; day = day.add({ days: 1 })) {
      for (const slot of slotsOn(units, day)) if (slot.moment <= to.epochMilliseconds) yield slot;
    }
  }

  function* slotsBetween(from: Temporal.Instant, to: Temporal.Instant, units: readonly Unit[]): Generator<TimedSlot> {
    for (const slot of slotsFrom(local(from).toPlainDate(), to, units)) {
      if (slot.moment > from.epochMilliseconds) yield slot;
    }
  }

  /** All that is due and not settled, in order. */
  const openRuns = (until: number, done: ReadonlySet<string>, now: Temporal.Instant, units: readonly Unit[]): Run[] => {
    const firstDay = fromEpochDay(Math.floor(until / MINUTES_PER_DAY));
    const due = [...slotsFrom(firstDay, now, units)].filter(({ at }) => minuteOf(at) > until);
    const catchUp = (job: string) => catchUpMinutes.get(job) ?? 0;
    const verdict = verdictOn(due, now.epochMilliseconds, catchUp, (job) => caughtUpEach.has(job));
    const plans = new Map(units.map((unit) => [unit.id, { unit, settings: settingsOf(unit), calendar }]));
    return due.flatMap((slot) => {
      const plan = plans.get(slot.unit);
      return plan && !done.has(slotId(slot)) ? [{ slot, plan, verdict: verdict(slot) }] : [];
    });
  };

  const runAll = async (now: Temporal.Instant): Promise<Tally> => {
    const { until, done } = await slots.settled(minuteOf(local(now)));
    const ended = new Map<Slot, Outcome>();
    const left: number[] = [];
    try {
      for (const batch of batches(openRuns(until, done, now, await directory.units()))) {
        const outcomes = isStopping ? [] : await runner.run(batch, now);
        batch.forEach(({ slot }, i) => {
          const outcome = outcomes[i] ?? 'held';
          ended.set(slot, outcome);
          if (outcome === 'held' || outcome === 'failed') left.push(minuteOf(slot.at) - 1);
        });
      }
    } finally {
      account(ended);
    }
    const settled = Math.min(minuteOf(local(now.subtract({ milliseconds: SETTLE_AFTER_MS }))), ...left);
    if (settled > until) await slots.settleUntil(settled);
    return tallyOf(ended);
  };

  /** One line a job: what was missed is never passed over in silence. */
  const account = (ended: ReadonlyMap<Slot, Outcome>) => {
    for (const { name } of jobs) {
      const ids = (wanted: Outcome) =>
        [...ended].flatMap(([slot, outcome]) => (slot.job === name && outcome === wanted ? [slotId(slot)] : []));
      const [late, skipped] = [ids('late'), ids('skipped')];
      if (late.length > 0) log.info({ job: name, count: late.length, slots: late.slice(0, MOST_NAMED) }, 'ran late');
      if (skipped.length === 0) continue;
      log.warn({ job: name, count: skipped.length, slots: skipped.slice(0, MOST_NAMED) }, 'missed and skipped');
    }
  };

  let isStopping = false;
  let turn: Promise<unknown> = Promise.resolve();

  /** One tick after the other. */
  const tick = (now: Temporal.Instant): Promise<Tally> => {
    const mine = turn.then(() => runAll(now));
    turn = mine.catch(() => {});
    return mine;
  };

  const beats = heart(async () => ({ isAllDone: (await tick(clock())).held === 0 }), log);

  return {
    /** Runs what has fallen due by `now`, the product's clock. Rejects when the store does not confirm: tick again. */
    tick,

    /** The slots after `from`, up to and including `to`, in order. */
    async coming(from: Temporal.Instant, to: Temporal.Instant): Promise<readonly Slot[]> {
      return [...slotsBetween(from, to, await directory.units())];
    },

    /** The same without the nearest ones that would post nothing as things stand. */
    async foreseen(from: Temporal.Instant, to: Temporal.Instant): Promise<readonly Slot[]> {
      const units = await directory.units();
      return foreseen([...slotsBetween(from, to, units)], units, deps);
    },

    /** When the next slot after `from` falls due; null when none does up to and including `to`. */
    async nextDue(from: Temporal.Instant, to: Temporal.Instant): Promise<Temporal.Instant | null> {
      const { value: next } = slotsBetween(from, to, await directory.units()).next();
      return next ? Temporal.Instant.fromEpochMilliseconds(next.moment) : null;
    },

    /** Ticks now and then every minute. */
    start(): void {
      isStopping = false;
      beats.start();
    },

    /** Begins nothing more; resolves when the slots in hand have ended or were given back. */
    async stop(): Promise<void> {
      isStopping = true;
      await beats.stop();
      await within(turn, STOP_MS).catch(() => runner.handBack());
    },
  };
};

/** Slots of one minute run together, those of the next after them. */
const batches = (runs: readonly Run[]): Run[][] => {
  const all: Run[][] = [];
  for (const run of runs) {
    const last = all.at(-1);
    if (last && last.length < AT_ONCE && last[0]?.slot.moment === run.slot.moment) last.push(run);
    else all.push([run]);
  }
  return all;
};

const tallyOf = (ended: ReadonlyMap<Slot, Outcome>): Tally => {
  const tally = { done: 0, late: 0, skipped: 0, failed: 0, settled: 0, held: 0 };
  for (const outcome of ended.values()) tally[outcome] += 1;
  return tally;
};
