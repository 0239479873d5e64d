import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { ConnectionLeases, Copy, HoldTerms, Log, Rest } from '../ports.ts';
import { elapsed } from './elapsed.ts';
import { type Later, later } from './later.ts';
import { isGone, processName } from './this-process.ts';

/** Whose turn it is to have a connection of which there may be one. */
export type Turn = {
  /** Calls `begin` when it is ours and `end` when it is no longer surely so, in turn, until it is stopped. */
  start(begin: () => void, end: () => void): void;
  /** Surely ours, at this very moment. */
  isOurs(): boolean;
  /** Another copy has it, and we would take over. */
  isStandby(): boolean;
  /** Gives it back; `rest`: somebody took our place, and nobody is to connect for a while. */
  giveBack(rest: Rest | null): Promise<void>;
  stop(): Promise<void>;
};

export type TurnTiming = HoldTerms & {
  readonly renewMs: number;
  /** How often whoever stands by asks. */
  readonly askMs: number;
  /** So long before its end a lease counts as over: time to close, and for clocks that run differently. */
  readonly marginMs: number;
};
export const turnTiming: TurnTiming = {
  leaseMs: 20_000,
  handoverMs: 60_000,
  renewMs: 5_000,
  askMs: 1_000,
  marginMs: 3_000,
};

type Options = {
  readonly leases: ConnectionLeases;
  /** Its name among all copies, such as wecom/bot/<id>. */
  readonly connection: string;
  readonly log: Log;
  readonly copy?: Copy;
  /** Whether a process has surely ended; see `isGone`. */
  readonly hasEnded?: (process: string) => boolean;
  readonly timing?: TurnTiming;
  /** Ms that have passed since any moment; see `elapsed`. */
  readonly clock?: () => number;
  readonly wait?: Later;
};

const thisCopy = (): Copy => ({
  id: randomUUID(),
  where: `${hostname()} #${process.pid}`,
  process: processName(),
});

/**
 * A connection that one copy of the bot has at a time, by a lease in the store. Who does not hear from the store in time
 * lets go before the lease could be another's; a process that slept finds its turn over by the clock, before any timer.
 */
export const exclusive = ({
  leases,
  connection,
  log,
  copy = thisCopy(),
  hasEnded = isGone,
  timing = turnTiming,
  clock = elapsed(),
  wait = later,
}: Options): Turn => {
  let token: number | null = null;
  let oursUntil = Number.NEGATIVE_INFINITY;
  let standbyUntil = Number.NEGATIVE_INFINITY;
  let isStopped = false;
  let isStoreDown = false;
  /** What was asked before the lease was given back says nothing about who has it now. */
  let round = 0;
  let cancelAsk = () => {};
  let cancelEnd = () => {};
  let begin = () => {};
  let end = () => {};

  const letGo = () => {
    cancelEnd();
    oursUntil = Number.NEGATIVE_INFINITY;
    if (token === null) return;
    token = null;
    end();
  };

  const take = (given: number, until: number) => {
    const isKept = token === given && clock() < oursUntil;
    oursUntil = until;
    standbyUntil = Number.NEGATIVE_INFINITY;
    cancelEnd();
    cancelEnd = wait(until - clock(), () => {
      log.warn({ connection }, 'the store has not confirmed our turn in time: letting go');
      letGo();
    });
    if (isKept) return;
    // Another copy may have had it in between.
    if (token !== null) end();
    token = given;
    log.info({ connection, token }, 'our turn to connect');
    begin();
  };

  /** In how many ms to ask again. */
  const askOnce = async (): Promise<number> => {
    const asked = clock();
    const mine = round;
    try {
      let held = await leases.hold(connection, copy, timing);
      if ('by' in held && hasEnded(held.by.process)) {
        held = await leases.hold(connection, copy, timing, held.by.id);
      }
      if (isStoreDown) log.info({ connection }, 'the store confirms turns again');
      isStoreDown = false;
      const isLate = isStopped || mine !== round;
      if ('token' in held) {
        if (isLate) {
          await leases.giveBack(connection, held.token, null);
          return timing.askMs;
        }
        const until = asked + timing.leaseMs - timing.marginMs;
        if (clock() < until) take(held.token, until);
        else letGo();
        return clock() < until ? timing.renewMs : 0;
      }
      if (isLate) return timing.askMs;
      letGo();
      const waitMs = 'heldMs' in held ? held.heldMs : held.restMs;
      standbyUntil = 'heldMs' in held ? asked + timing.leaseMs : Number.NEGATIVE_INFINITY;
      return Math.max(1, Math.min(timing.askMs, waitMs));
    } catch (error) {
      if (!isStoreDown) log.warn({ connection, err: error }, 'the store does not say whose turn it is');
      isStoreDown = true;
      return timing.askMs;
    }
  };

  let asking: Promise<number> = Promise.resolve(0);
  const ask = async (): Promise<void> => {
    asking = askOnce();
    const againMs = await asking;
    if (!isStopped) cancelAsk = wait(againMs, () => void ask());
  };

  const giveBack = async (rest: Rest | null) => {
    const given = token;
    round += 1;
    letGo();
    if (given === null) return;
    await leases.giveBack(connection, given, rest).catch((error: unknown) => {
      // It ends by itself.
      log.warn({ connection, err: error }, 'a turn was not given back');
    });
  };

  return {
    start(onBegin, onEnd) {
      begin = onBegin;
      end = onEnd;
      void ask();
    },
    isOurs: () => token !== null && clock() < oursUntil,
    isStandby: () => token === null && clock() < standbyUntil,
    giveBack,
    async stop() {
      isStopped = true;
      cancelAsk();
      await giveBack(null);
      await asking;
    },
  };
};
