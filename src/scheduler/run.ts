import { randomUUID } from 'node:crypto';
import { Temporal } from 'temporal-polyfill';
import { onDuty } from '../domain/quiet.ts';
import { momentOf, openMoment, type Slot, slotId, slotMinute, type TimedSlot, type Verdict } from '../domain/slot.ts';
import { within } from '../errors.ts';
import type { Job, JobContext, UnitPlan } from '../job.ts';
import { chatKey } from '../message.ts';
import type { Log, Outbox, Post, SlotRun, SlotStore } from '../ports.ts';
import { earlier } from './coming.ts';
import { leaseAll } from './leases.ts';

/** A run that takes longer has failed. */
const RUN_MS = 60_000;

export type RunDeps = {
  readonly jobs: readonly Job[];
  readonly slots: SlotStore;
  readonly outbox: Outbox;
  /** The organisation's time zone, a name such as Asia/Shanghai. */
  readonly zone: string;
  /** Real time in ms. */
  realNow(): number;
  contextFor(run: JobRun): JobContext;
  readonly log: Log;
};

/** What the scheduler knows of a run; `contextFor` adds the stores and the language. */
export type JobRun = UnitPlan & Pick<JobContext, 'at' | 'now' | 'late'>;

export type Run = { readonly slot: TimedSlot; readonly plan: UnitPlan; readonly verdict: Verdict };
/** settled: another copy did it before. held: another copy is at it, or took it over from this one. */
export type Outcome = SlotRun['outcome'] | 'settled' | 'held';

const outcomes = { run: 'done', late: 'late', skip: 'skipped' } as const satisfies Record<Verdict, Outcome>;

/**
 * Leases slots, runs them side by side, enqueues what they made in their order, and records them as finished. Nothing
 * is posted or recorded for a slot whose lease was lost meanwhile.
 */
export const slotRunner = ({ jobs, slots, outbox, zone, realNow, contextFor, log }: RunDeps) => {
  const holder = randomUUID();
  const jobNamed = new Map(jobs.map((job) => [job.name, job]));
  const inHand = new Map<Slot, number>();

  const contextOf = ({ slot, plan, verdict }: Run, now: Temporal.ZonedDateTime) =>
    contextFor({ ...plan, at: slot.at, now, late: verdict === 'late' });

  const postsOf = async (run: Run, now: Temporal.Instant): Promise<readonly Post[]> => {
    const { slot, plan, verdict } = run;
    const job = jobNamed.get(slot.job);
    if (verdict === 'skip' || !job) return [];
    const moment = Temporal.Instant.fromEpochMilliseconds(slot.moment);
    const local = moment.toZonedDateTimeISO(zone);
    const made = await within(job.run(contextOf(run, local)), RUN_MS);
    const earliest = Temporal.Instant.compare(now, moment) > 0 ? now : moment;
    const expires = (until: Temporal.PlainDateTime | undefined) => {
      const always = moment.add({ minutes: job.expiresMinutes });
      return until ? (earlier(always, momentOf(until, zone)) ?? always) : always;
    };
    return made.map(({ chat, reply, until, ...kind }) => ({
      id: `${slotId(slot)}/${chatKey(chat)}`,
      chat,
      reply,
      delivery: job.delivery,
      notBefore: openMoment(
        earliest,
        zone,
        plan.unit,
        kind.onDuty ? onDuty(plan.calendar, slot.at.toPlainDate()) : plan.calendar,
      ),
      expiresAt: expires(until),
      source: { job: job.name, slot: slotMinute(slot), unit: slot.unit },
      ...(job.priority && { priority: job.priority }),
      ...kind,
    }));
  };

  /** True once the posts are kept, and what the job records of that. */
  const keep = async (run: Run, posts: readonly Post[]): Promise<true> => {
    await outbox.enqueue(posts);
    const job = run.verdict === 'skip' ? undefined : jobNamed.get(run.slot.job);
    const now = Temporal.Instant.fromEpochMilliseconds(run.slot.moment).toZonedDateTimeISO(zone);
    if (job?.kept) await within(job.kept(contextOf(run, now)), RUN_MS);
    return true;
  };

  /** One slot's trouble is not another's: null, and the next tick tries again. */
  const attempt = async <Value>({ slot }: Run, work: () => Promise<Value>): Promise<Value | null> => {
    try {
      return await work();
    } catch (error) {
      log.error({ err: error, ref: randomUUID().slice(0, 8), slot: slotId(slot) }, 'job failed');
      return null;
    }
  };

  const runLeased = async (wanted: readonly Run[], now: Temporal.Instant, leases: Leases) => {
    const first = await leases.current();
    const mine = wanted.filter(({ slot }) => typeof first.get(slot) === 'number');
    for (const { slot } of mine) inHand.set(slot, Number(first.get(slot)));
    const made = await Promise.all(mine.map((run) => attempt(run, () => postsOf(run, now))));

    const still = await leases.current();
    const ends = mine.map(async (run, i): Promise<SlotRun | null> => {
      const [token, posts] = [still.get(run.slot), made[i]];
      if (typeof token !== 'number') return null;
      const enqueued = posts && (await attempt(run, () => keep(run, posts)));
      return { slot: run.slot, token, outcome: enqueued ? outcomes[run.verdict] : 'failed' };
    });
    const ended = (await Promise.all(ends)).filter((end) => end !== null);
    const recorded = ended.length > 0 ? await slots.settle(ended) : [];
    const outcomeOf = new Map<Slot, Outcome>(
      ended.map(({ slot, outcome }, i) => [slot, recorded[i] ? outcome : 'held']),
    );
    return wanted.map(({ slot }) => outcomeOf.get(slot) ?? (first.get(slot) === 'settled' ? 'settled' : 'held'));
  };

  return {
    /** `now` is the product's clock. Answers what came of each. Rejects when the store does not confirm: tick again. */
    async run(wanted: readonly Run[], now: Temporal.Instant): Promise<readonly Outcome[]> {
      const leases = await leaseAll(
        slots,
        wanted.map(({ slot }) => slot),
        holder,
        realNow,
      );
      try {
        return await runLeased(wanted, now, leases);
      } finally {
        leases.end();
        inHand.clear();
      }
    },

    /** Gives back what is still running, for another copy to run. */
    async handBack(): Promise<void> {
      const runs = [...inHand].map(([slot, token]) => ({ slot, token, outcome: 'failed' as const }));
      if (runs.length > 0) await slots.settle(runs);
    },
  };
};

type Leases = Awaited<ReturnType<typeof leaseAll>>;
