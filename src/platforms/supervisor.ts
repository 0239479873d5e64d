import type { Log, Rest } from '../ports.ts';
import type { Turn } from './exclusive.ts';
import { type Later, later } from './later.ts';

/**
 * Why a connection ended. `lost`: the network or the server. `refused`: the platform does not take our credentials.
 * `kicked`: a newer connection has taken our place.
 */
export type Ending = 'lost' | 'refused' | 'kicked';

/** One connection, used once: after its end a new one is made. */
export type Connection = { close(): void };
export type Watch = {
  /** Messages can be received now. */
  up(): void;
  /** Called once, and last. */
  ended(why: Ending, detail: string): void;
  /** Whether it may still be used: asked before anything is sent or taken in. */
  isOurs(): boolean;
};

export type Timing = {
  /** The first pause after a loss; it doubles up to `slowestMs`. */
  readonly firstMs: number;
  readonly slowestMs: number;
  /** The pause after a refusal: asking more often helps nobody, and platforms count it. */
  readonly refusedMs: number;
  /** A connection that held so long counts as a success; the next pause is the first again. */
  readonly stableMs: number;
  /** After a kick nobody of ours connects for a while: two that take each other's place would do so for ever. */
  readonly kicked: Rest;
  /** So long without a connection, and another copy may try: it may reach the platform from where it is. */
  readonly yieldMs: number;
};
export const patient: Timing = {
  firstMs: 1_000,
  slowestMs: 60_000,
  refusedMs: 60_000,
  stableMs: 10_000,
  kicked: { firstMs: 60_000, longestMs: 900_000, forgetMs: 1_800_000 },
  yieldMs: 120_000,
};

type Options = {
  readonly log: Log;
  readonly timing?: Timing;
  readonly random?: () => number;
  readonly wait?: Later;
  /** Where several copies of the bot share one connection; otherwise it is always ours. */
  readonly turn?: Turn | null;
  /** In how many ms the connection is to be made anew though nothing is wrong, each time it has come up. */
  readonly renewal?: () => number;
};

/**
 * Keeps one connection open, for ever: never two at a time, with pauses that grow and differ between copies of the bot.
 * Refused credentials are tried again slowly and said aloud each time. Who is kicked does not fight: it says so once,
 * and tries again after pauses of minutes.
 */
export const supervisor = (open: (watch: Watch) => Connection, options: Options) => {
  const { log, timing = patient, random = Math.random, wait = later, turn = null, renewal } = options;
  let connection: Connection | null = null;
  let isUp = false;
  let isStopped = false;
  let losses = 0;
  let kicks = 0;
  /** Connections before this one have nothing to say any more. */
  let generation = 0;
  let timers: (() => void)[] = [];
  let cancelYield: (() => void) | null = null;
  let cancelForget = () => {};

  const clear = () => {
    for (const cancel of timers) cancel();
    timers = [];
  };
  const drop = () => {
    generation += 1;
    isUp = false;
    clear();
    connection?.close();
    connection = null;
  };
  const dropForGood = () => {
    cancelYield?.();
    cancelYield = null;
    drop();
  };
  const again = (ms: number) => {
    timers = [wait(ms, connect)];
  };
  const spread = (ms: number) => Math.round(ms * (0.5 + random() / 2));

  const lost = (detail: string) => {
    const againMs = spread(Math.min(timing.slowestMs, timing.firstMs * 2 ** losses));
    losses += 1;
    log.warn({ detail, againMs }, 'connection lost');
    again(againMs);
    if (!turn) return;
    cancelYield ??= wait(timing.yieldMs, () => {
      log.warn({}, 'no connection for a while: another copy may try');
      void turn.giveBack(null);
    });
  };

  const kicked = (detail: string) => {
    const { firstMs, longestMs, forgetMs } = timing.kicked;
    const pause = Math.min(longestMs, firstMs * 2 ** kicks);
    // Upwards: two deployments that wait equally long would meet again.
    const factor = 1 + random() / 2;
    if (kicks === 0) {
      log.error({ detail }, 'another connection has taken our place: is the bot running twice? Trying again slowly');
    } else log.warn({ detail, kicks: kicks + 1 }, 'another connection has taken our place again');
    kicks += 1;
    cancelForget();
    cancelForget = wait(forgetMs, () => {
      kicks = 0;
    });
    if (turn) void turn.giveBack({ firstMs: Math.round(firstMs * factor), longestMs, forgetMs });
    else again(Math.round(pause * factor));
  };

  const connect = () => {
    drop();
    const mine = generation;
    const isCurrent = () => mine === generation && !isStopped;
    let isOver = false;
    const isOurs = () => isCurrent() && !isOver && (turn?.isOurs() ?? true);
    const opened = open({
      isOurs,
      up() {
        if (!isOurs()) return;
        isUp = true;
        cancelYield?.();
        cancelYield = null;
        log.info({}, 'connected');
        timers = [
          wait(timing.stableMs, () => {
            losses = 0;
          }),
        ];
        if (renewal) timers.push(wait(renewal(), connect));
      },
      ended(why, detail) {
        if (isOver || !isCurrent()) return;
        isOver = true;
        isUp = false;
        clear();
        // It ended because our turn did, or what happens next is the other copy's.
        if (turn && !turn.isOurs()) return;
        switch (why) {
          case 'kicked':
            return kicked(detail);
          case 'refused':
            log.error({ detail, againMs: timing.refusedMs }, 'the platform does not accept these credentials');
            return again(timing.refusedMs);
          case 'lost':
            return lost(detail);
        }
      },
    });
    if (isCurrent()) connection = opened;
    else opened.close();
  };

  if (turn) turn.start(connect, dropForGood);
  else connect();
  return {
    isUp: () => isUp && (turn?.isOurs() ?? true),
    /** Another copy of the bot has the connection. */
    isStandby: () => !isStopped && (turn?.isStandby() ?? false),
    async stop(): Promise<void> {
      isStopped = true;
      cancelForget();
      dropForGood();
      await turn?.stop();
    },
  };
};
