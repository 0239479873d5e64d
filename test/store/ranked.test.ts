import fc from 'fast-check';
import type { Redis } from 'ioredis';
import { expect, test } from 'vitest';
import { boardOf, boardRule } from '../../src/domain/board.ts';
import { noFigures, type UnitFigures } from '../../src/domain/score.ts';
import { scopeChanges } from '../../src/store/change.ts';
import { rankedBoards } from '../../src/store/ranked.ts';
import { organisation, realNow, redis } from '../organisation.ts';
import { cause } from '../values.ts';

const boards = (of = organisation()) => rankedBoards(redis, of.keys, scopeChanges(redis, of.keys, realNow));

const unit = (n: number, onTime: number, expected = 20): UnitFigures => ({
  ...noFigures,
  ...{ unit: `u${n}`, name: `单位${n}`, members: 4, expected, onTime, late: expected - onTime },
});

/** Few different scores among many units: ties everywhere; some have too few reports. */
const anyBoard = fc
  .array(fc.record({ onTime: fc.nat(6), small: fc.boolean() }), { minLength: 1, maxLength: 60 })
  .map((all) => all.map(({ onTime, small }, i) => unit(i + 1, onTime, small && onTime < 4 ? 6 : 20)));

const placesOf = (figures: readonly UnitFigures[]) =>
  boardOf(figures, []).flatMap(({ figures: { unit }, score, rank }) =>
    score === null || rank === null ? [] : [{ id: unit, tenths: score, rank }],
  );

test('a frozen board has the places of the board itself, whichever part of it is asked', async () => {
  await fc.assert(
    fc.asyncProperty(anyBoard, fc.nat(25), fc.nat(5), async (figures, most, each) => {
      const frozen = boards();
      const all = placesOf(figures);
      const head = await frozen.freeze('month:2026-11', figures, boardRule, cause());
      expect(head).toMatchObject({ ranked: all.length, rule: boardRule });
      expect(head.unranked).toEqual(figures.filter(({ expected }) => expected < 15).map(({ unit }) => unit));
      const ends = await frozen.ends('month:2026-11', most + 1);
      expect(ends).toEqual({ top: all.slice(0, most + 1), bottom: all.slice(-most - 1) });
      expect(await frozen.page('month:2026-11', most, 20)).toEqual(all.slice(most, most + 20));
      for (const [i, { id, tenths }] of all.entries()) {
        expect(await frozen.around('month:2026-11', id, each)).toEqual(all.slice(Math.max(0, i - each), i + each + 1));
        expect(await frozen.sharing('month:2026-11', tenths)).toBe(all.filter((one) => one.tenths === tenths).length);
      }
      const units = figures.map((one) => one.unit);
      expect((await frozen.placesOf('month:2026-11', units)).toSorted((a, b) => a.rank - b.rank)).toEqual(all);
      expect(await frozen.figures('month:2026-11', units)).toEqual(figures);
    }),
    { numRuns: 20 },
  );
});

test('the first board of a period stands, whatever comes later and whoever asks', async () => {
  const of = organisation();
  const message = cause();
  const first = await boards(of).freeze('month:2026-11', [unit(1, 20), unit(2, 10)], boardRule, message);
  const again = await boards(of).freeze('month:2026-11', [unit(1, 0), unit(2, 20)], boardRule, cause());
  expect(again).toEqual(first);
  expect(await boards(of).freeze('month:2026-11', [], boardRule, message)).toEqual(first);
  expect((await boards(of).ends('month:2026-11', 1)).top).toEqual([{ id: 'u1', tenths: 1000, rank: 1 }]);
  const left = await redis.keys(`${of.namespace}:{boards}:places:*`);
  // What the second one had built goes by itself.
  const lifetimes = await Promise.all(left.map((key) => redis.ttl(key)));
  expect(lifetimes.filter((seconds) => seconds === -1)).toHaveLength(1);
});

test('cut off between the log and the end of its building time, a frozen board stays all the same', async () => {
  const of = organisation();
  const figures = [unit(1, 20), unit(2, 10)];
  const dying: Redis = new Proxy(redis, {
    get: (real, name) =>
      name === 'persist' ? () => Promise.reject(new Error('cut off')) : Reflect.get(real, name, real),
  });
  const changes = scopeChanges(redis, of.keys, realNow);
  const cut = rankedBoards(dying, of.keys, changes).freeze('month:2026-11', figures, boardRule, cause());
  await expect(cut).rejects.toThrow('cut off');
  // Whoever goes on sees that it is there.
  expect(await boards(of).head('month:2026-11')).not.toBeNull();
  const left = await redis.keys(`${of.namespace}:{boards}:*`);
  expect(left).toHaveLength(2);
  for (const key of left) expect(await redis.ttl(key), key).toBe(-1);
});

test('the same figures under the same rule have the same hash, others have another', async () => {
  const figures = [unit(1, 20), unit(2, 10)];
  const hashOf = async (some: readonly UnitFigures[], rule = boardRule) =>
    (await boards().freeze('month:2026-11', some, rule, cause())).hash;
  const hash = await hashOf(figures);
  expect(await hashOf(figures)).toBe(hash);
  expect(await hashOf([unit(1, 20), unit(2, 11)])).not.toBe(hash);
  expect(await hashOf(figures, { ...boardRule, least: 10 })).not.toBe(hash);
});

test('of a board that is not there nothing is answered', async () => {
  const frozen = boards();
  expect(await frozen.head('month:2026-10')).toBeNull();
  expect(await frozen.ends('month:2026-10', 20)).toEqual({ top: [], bottom: [] });
  expect(await frozen.around('month:2026-10', 'u1', 5)).toEqual([]);
  expect(await frozen.placesOf('month:2026-10', ['u1'])).toEqual([]);
  expect(await frozen.figures('month:2026-10', ['u1'])).toEqual([null]);
  // One on which nobody could be ranked is there all the same.
  await frozen.freeze('month:2026-10', [unit(1, 3, 5)], boardRule, cause());
  expect(await frozen.head('month:2026-10')).toMatchObject({ ranked: 0, unranked: ['u1'] });
  expect(await frozen.ends('month:2026-10', 20)).toEqual({ top: [], bottom: [] });
});
