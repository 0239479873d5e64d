import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Worker } from 'node:worker_threads';
import { Redis } from 'ioredis';
import { boardRule } from '../src/domain/board.ts';
import { noFigures, type UnitFigures } from '../src/domain/score.ts';
import { scopeChanges } from '../src/store/change.ts';
import { keysIn } from '../src/store/keys.ts';
import { rankedBoards } from '../src/store/ranked.ts';
import { ready } from '../src/store/redis.ts';
import { at } from '../test/values.ts';
import { judged, median, race, ratio, told } from './rounds.ts';

const ENTRIES = 200_000;
const SHOWN = 20;
const ROUNDS = 5;
const BATCH = 500;
/** In ms: nobody else waits longer for Redis or for us. */
const MOST_BLOCKED = 20;

type Bench = { readonly redis: Redis; readonly socket: string; redisCpu(): Promise<number> };

/** Scores from 0 to 100 in tenths, so that some two hundred share each. */
const figuresOf = (n: number): UnitFigures => {
  const [named, expected] = [40 + (n % 7), 50 + (n % 11)];
  const [cleared, onTime] = [(n * 31) % (named + 1), (n * 17) % (expected + 1)];
  const counts = { expected, onTime, late: expected - onTime, named, cleared };
  return { ...noFigures, ...counts, unit: `u${n + 1}`, name: `第${n + 1}单位`, members: 5 };
};

/**
 * A board of a whole organisation: first and last twenty with their shared places, against the bare commands that fetch
 * as many and count one tie each; and making it, against a script that scores in plain numbers and writes the same
 * fields. While ours is made, a thread of its own asks Redis for a sign of life, and the event loop is watched.
 */
export const boards = async ({ redis, socket, redisCpu }: Bench): Promise<readonly string[]> => {
  const alone = new Redis({ path: socket });
  await ready(alone, 5_000);
  const keys = keysIn('boards');
  const change = scopeChanges(redis, keys, () => Date.now());
  const frozen = rankedBoards(redis, keys, change);
  const figures = Array.from({ length: ENTRIES }, (_, n) => figuresOf(n));

  const times = { floor: [] as number[], ours: [] as number[] };
  const blocked = { loop: [] as number[], redis: [] as number[] };
  for (let round = -1; round < ROUNDS; round += 1) {
    const bare = () => timed(() => floor(alone, `floor-${round}`, figures));
    const ours = async () => {
      const watched = await watch(socket);
      const ms = await timed(() =>
        frozen.freeze(`round-${round}`, figures, boardRule, {
          message: `freeze ${round}`,
          by: 'bench',
          at: at('2026-12-02 09:00'),
        }),
      );
      return { ms, ...(await watched.stop()) };
    };
    const isFirst = round % 2 === 0;
    const before = isFirst ? await bare() : null;
    const made = await ours();
    const floorMs = before ?? (await bare());
    if (round >= 0) {
      times.floor.push(floorMs);
      times.ours.push(made.ms);
      blocked.loop.push(made.loop);
      blocked.redis.push(made.redis);
    }
    if (round < ROUNDS - 1) await alone.unlink(`floor-${round}`, `floor-${round}:rows`);
  }

  const board = `round-${ROUNDS - 1}`;
  const bareBoard = `floor-${ROUNDS - 1}`;
  const [first, last] = [await frozen.ends(board, SHOWN), await alone.zrevrange(bareBoard, 0, SHOWN - 1, 'WITHSCORES')];
  if (first.top[0]?.tenths !== Number(last[1])) throw new Error('the two do not rank alike');
  const [bareEnds, ourEnds] = await race(
    [
      {
        name: 'ZREVRANGE and ZCOUNT, for each end',
        act: () =>
          alone
            .pipeline()
            .zrevrange(bareBoard, 0, SHOWN - 1, 'WITHSCORES')
            .zcount(bareBoard, '(500', '+inf')
            .zrevrange(bareBoard, -SHOWN, -1, 'WITHSCORES')
            .zcount(bareBoard, '(300', '+inf')
            .exec(),
      },
      { name: 'ours, with shared places', act: () => frozen.ends(board, SHOWN) },
    ],
    { warmUps: 2, rounds: 9, calls: 2_000, inFlight: 16 },
    redisCpu,
  );
  alone.disconnect();
  if (!bareEnds || !ourEnds) throw new Error('two ran');

  const [reading, making] = [ratio(ourEnds.wall, bareEnds.wall), ratio(times.ours, times.floor)];
  // What else the machine does only ever adds: the calmest round says what is ours.
  const [loop, server] = [Math.min(...blocked.loop), Math.min(...blocked.redis)];
  return [
    told(bareEnds),
    told(ourEnds),
    judged(`first and last ${SHOWN} of ${ENTRIES} ÷ bare ZREVRANGE + ZCOUNT`, reading, '≤ 2.00', reading <= 2),
    `     a board of ${ENTRIES} made: bare ${median(times.floor).toFixed(0)} ms, ours ${median(times.ours).toFixed(0)} ms`,
    judged('board made ÷ bare', making, '≤ 1.50', making <= 1.5),
    `     longest waits of each round, ms: event loop ${blocked.loop.map((ms) => ms.toFixed(1)).join(', ')}; PING ${blocked.redis.map((ms) => ms.toFixed(1)).join(', ')}`,
    judged('longest the event loop was held up, ms', loop, `≤ ${MOST_BLOCKED}`, loop <= MOST_BLOCKED),
    judged('longest that Redis took to answer a PING, ms', server, `≤ ${MOST_BLOCKED}`, server <= MOST_BLOCKED),
  ];
};

const timed = async (act: () => Promise<unknown>) => {
  const from = performance.now();
  await act();
  return performance.now() - from;
};

/** Scores in plain numbers, a row as JSON, one batch on its way while the next is made: nothing can be left out. */
const floor = async (redis: Redis, key: string, figures: readonly UnitFigures[]) => {
  let sent: Promise<unknown> = Promise.resolve();
  for (let from = 0; from < figures.length; from += BATCH) {
    const scores: (string | number)[] = [];
    const rows: string[] = [];
    for (const one of figures.slice(from, from + BATCH)) {
      const { expected, onTime, named, cleared, unit, name, members, ...rest } = one;
      const code = unit.padStart(10, '0');
      scores.push(Math.round((1_000 * ((20 * cleared) / named + (10 * onTime) / expected)) / 30), code);
      rows.push(code, JSON.stringify([name, members, [expected, onTime, named, cleared, ...Object.values(rest)]]));
    }
    await sent;
    sent = Promise.all([redis.zadd(`${key}~`, ...scores), redis.hset(`${key}~:rows`, ...rows)]);
  }
  await sent;
  await Promise.all([redis.rename(`${key}~`, key), redis.rename(`${key}~:rows`, `${key}:rows`)]);
};

/** The longest that the event loop and an answer of Redis take from now until it is stopped, in ms. */
const watch = async (socket: string) => {
  const pinging = new Worker(PING, { eval: true, workerData: socket });
  await new Promise((resolve) => pinging.once('message', resolve));
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  return {
    async stop() {
      delay.disable();
      const longest = new Promise<number>((resolve) => pinging.once('message', resolve));
      pinging.postMessage('stop');
      const redis = await longest;
      await pinging.terminate();
      return { loop: delay.max / 1e6, redis };
    },
  };
};

/** One PING after the other on a connection of its own; told to stop, says how long the longest answer took. */
const PING = `
const { parentPort, workerData } = require('node:worker_threads');
const socket = require('node:net').connect(workerData);
let [longest, sent, isOver] = [0, 0, false];
const ask = () => { sent = performance.now(); socket.write('PING\\r\\n'); };
socket.on('data', () => {
  longest = Math.max(longest, performance.now() - sent);
  if (isOver) { socket.destroy(); parentPort.postMessage(longest); } else setTimeout(ask, 1);
});
socket.once('connect', () => { ask(); parentPort.postMessage('ready'); });
parentPort.once('message', () => { isOver = true; });
`;
