import type { Log } from '../ports.ts';

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
};

export type Timing = {
  /** The first pause after a loss; it doubles up to `slowestMs`. */
  readonly firstMs: number;
  readonly slowestMs: number;
  /** The pause after a refusal: asking more often helps nobody, and platforms count it. */
  readonly refusedMs: number;
  /** A connection that held so long counts as a success; the next pause is the first again. */
  readonly stableMs: number;
};
export const patient: Timing = { firstMs: 1_000, slowestMs: 60_000, refusedMs: 60_000, stableMs: 10_000 };

export type Later = (ms: number, run: () => void) => () => void;
const later: Later = (ms, run) => {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
};

/**
 * Keeps one connection open, for ever: never two at a time, with pauses that grow and differ between copies of the bot.
 * Refused credentials are tried again slowly and said aloud each time. Who was kicked stays down: two copies that take
 * each other's place would do so for ever.
 */
export const supervisor = (
  open: (watch: Watch) => Connection,
  {
    log,
    timing = patient,
    random = Math.random,
    wait = later,
  }: {
    log: Log;
    timing?: Timing;
    random?: () => number;
    wait?: Later;
  },
) => {
  let connection: Connection | null = null;
  let isUp = false;
  let isStopped = false;
  let losses = 0;
  let cancelTimer = () => {};

  const again = (ms: number) => {
    cancelTimer = wait(ms, connect);
  };

  const connect = () => {
    let isOver = false;
    connection = open({
      up() {
        if (isOver || isStopped) return;
        isUp = true;
        log.info({}, 'connected');
        cancelTimer = wait(timing.stableMs, () => {
          losses = 0;
        });
      },
      ended(why, detail) {
        if (isOver || isStopped) return;
        isOver = true;
        isUp = false;
        cancelTimer();
        switch (why) {
          case 'kicked':
            return log.error({ detail }, 'another connection has taken our place: staying down until restarted');
          case 'refused':
            log.error({ detail, againMs: timing.refusedMs }, 'the platform does not accept these credentials');
            return again(timing.refusedMs);
          case 'lost': {
            const pause = Math.min(timing.slowestMs, timing.firstMs * 2 ** losses);
            losses += 1;
            const againMs = Math.round(pause * (0.5 + random() / 2));
            log.warn({ detail, againMs }, 'connection lost');
            return again(againMs);
          }
        }
      },
    });
  };

  connect();
  return {
    isUp: () => isUp,
    stop() {
      isStopped = true;
      isUp = false;
      cancelTimer();
      connection?.close();
    },
  };
};
