import { createHash, randomUUID } from 'node:crypto';
import { setImmediate as others } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import { type BoardRule, rankedScore, ruleOn } from '../domain/board.ts';
import type { UnitId } from '../domain/organisation.ts';
import { sumOf, type UnitFigures } from '../domain/score.ts';
import { type Ranked, sharedRanks } from '../domain/shared-ranks.ts';
import type { FrozenBoards, FrozenHead } from '../ports.ts';
import type { ChangeScope } from './change.ts';
import { type Keys, keepSeconds, projections } from './keys.ts';
import { codeOf, packFigures, packHead, readFigures, readHead, unitOf } from './ranked-rows.ts';
import { confirmed, script } from './redis.ts';

/** Units a call: some milliseconds of Redis' time and of ours, so that people are answered in between. */
const BATCH = 500;

const Part = z.tuple([z.int(), z.int(), z.array(z.string())]);

/**
 * Boards as sorted sets. The lower the number the better, so that equal scores, which Redis orders by name, stand in
 * unit-code order. The places and what they were made from lie under the hash of their contents; the log has that hash.
 */
export const rankedBoards = (redis: Redis, keys: Keys, change: ChangeScope): FrozenBoards & { forget(): void } => {
  const part = script(redis, 'ranked-part');
  const heads = keys.projection('org', projections.boards);
  const known = new Map<string, FrozenHead>();

  const keep = (board: string, hash: string) =>
    Promise.all(
      [keys.boardPlaces(board, hash), keys.boardRows(board, hash)].map((key) => confirmed(redis.persist(key))),
    );

  const head = async (board: string): Promise<FrozenHead | null> => {
    const found = known.get(board);
    if (found) return found;
    const row = await confirmed(redis.hget(heads, board));
    if (row === null) return null;
    const stored = readHead(row);
    // Whoever wrote this may have died before the board was kept: it would go with what is built and left.
    await keep(board, stored.hash);
    // A frozen board never changes again.
    known.set(board, stored);
    return stored;
  };

  const placesIn = async (board: string): Promise<string | null> => {
    const found = await head(board);
    return found === null ? null : keys.boardPlaces(board, found.hash);
  };

  const parts = async (
    board: string,
    ...args: readonly (string | number)[]
  ): Promise<readonly (readonly Ranked<UnitId>[])[]> => {
    const places = await placesIn(board);
    if (places === null) return [];
    return z
      .array(Part)
      .parse(await part([places], args))
      .map(([ahead, better, flat]) => sharedRanks(pairs(flat), { ahead, better }));
  };

  /** Places and rows, some at a time, beside where they will lie. */
  const build = async (figures: readonly UnitFigures[], rule: FrozenHead['rule'], places: string, rows: string) => {
    const contents = createHash('sha256').update(JSON.stringify(rule));
    const unranked: UnitId[] = [];
    let ranked = 0;
    // While Redis takes a batch, the next is made.
    let sent: Promise<unknown> = Promise.resolve();
    for (let from = 0; from < figures.length; from += BATCH) {
      const scores: (string | number)[] = [];
      const packed: string[] = [];
      for (const one of figures.slice(from, from + BATCH)) {
        const [code, row, tenths] = [codeOf(one.unit), packFigures(one), rankedScore(one, rule)];
        packed.push(code, row);
        if (tenths === null) unranked.push(one.unit);
        else scores.push(-tenths, code);
      }
      contents.update(packed.join('\n'));
      ranked += scores.length / 2;
      await sent;
      sent = Promise.all([
        ...(scores.length > 0 ? [confirmed(redis.zadd(places, ...scores))] : []),
        confirmed(redis.hset(rows, ...packed)),
        ...(from === 0 ? [places, rows].map((key) => confirmed(redis.expire(key, keepSeconds.building))) : []),
      ]);
    }
    await sent;
    return { hash: contents.digest('hex'), ranked, unranked };
  };

  return {
    head,
    forget: () => known.clear(),

    async freeze(board, figures, general, cause) {
      const standing = await head(board);
      if (standing) return standing;
      const rule = await ruleAmong(general, figures);
      const token = randomUUID();
      const [places, rows] = [keys.boardPlaces(board, token), keys.boardRows(board, token)];
      const { hash, ranked, unranked } = await build(figures, rule, places, rows);
      const made: FrozenHead = { rule, hash, at: cause.at.epochMilliseconds, ranked, unranked };
      const [to, toRows] = [keys.boardPlaces(board, hash), keys.boardRows(board, hash)];
      if (ranked > 0) await confirmed(redis.rename(places, to));
      if (figures.length > 0) await confirmed(redis.rename(rows, toRows));
      const stood = await change<FrozenHead>(
        'org',
        cause,
        async () => {
          const before = await confirmed(redis.hget(heads, board));
          if (before !== null) return { refuse: readHead(before) };
          const writes = [[projections.boards, board, null, packHead(made)]] as const;
          return { action: 'freeze-board', bucket: '', text: null, facts: packHead(made), writes };
        },
        (facts) => readHead(z.string().parse(facts)),
      );
      if (stood.hash === hash) await keep(board, hash);
      return stood;
    },

    async ends(board, most) {
      const [top = [], bottom = []] = await parts(board, 'ends', most);
      return { top, bottom };
    },
    page: async (board, ahead, count) => (await parts(board, 'page', ahead, count))[0] ?? [],
    around: async (board, unit, neighbours) => (await parts(board, 'around', codeOf(unit), neighbours))[0] ?? [],

    async placesOf(board, units) {
      const places = await placesIn(board);
      if (places === null || units.length === 0) return [];
      const scores = await confirmed(redis.zmscore(places, ...units.map(codeOf)));
      const found = units.flatMap((id, i) => (scores[i] == null ? [] : [{ id, tenths: Math.abs(Number(scores[i])) }]));
      const better = await Promise.all(
        found.map(({ tenths }) => confirmed(redis.zcount(places, '-inf', `(${-tenths}`))),
      );
      return found.map((one, i) => ({ ...one, rank: (better[i] ?? 0) + 1 }));
    },

    async sharing(board, tenths) {
      const places = await placesIn(board);
      return places === null ? 0 : confirmed(redis.zcount(places, -tenths, -tenths));
    },

    async figures(board, units) {
      const found = await head(board);
      if (found === null || units.length === 0) return units.map(() => null);
      const rows = await confirmed(redis.hmget(keys.boardRows(board, found.hash), ...units.map(codeOf)));
      return units.map((unit, i) => (rows[i] == null ? null : readFigures(unit, rows[i])));
    },
  };
};

/** `ruleOn`, some units at a time: the means of a whole city would hold everybody up. */
const ruleAmong = async (rule: BoardRule, figures: readonly UnitFigures[]): Promise<BoardRule> => {
  if (!rule.smoothing) return ruleOn(rule, figures);
  const sums: UnitFigures[] = [];
  for (let from = 0; from < figures.length; from += BATCH) {
    const some = figures.slice(from, from + BATCH);
    const newest = some.flatMap(({ specials }) => specials ?? []).sort((a, b) => b.revision - a.revision)[0];
    sums.push({ unit: '', name: '', members: 0, ...sumOf(some), ...(newest && { specials: newest }) });
    await others();
  }
  return ruleOn(rule, sums);
};

const pairs = (flat: readonly string[]) =>
  Array.from({ length: flat.length / 2 }, (_, i) => ({
    id: unitOf(flat[2 * i] ?? ''),
    // A whole number below 0, or -0.
    tenths: Math.abs(Number(flat[2 * i + 1])),
  }));
