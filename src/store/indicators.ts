import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { Refusal } from '../domain/refusal.ts';
import { type Sheet, type ValuePlace, waitingOf } from '../domain/sheet.ts';
import type { SheetRule } from '../domain/sheet-change.ts';
import type { IndicatorStore, JudgeRule, ValueOutcome } from '../ports.ts';
import type { ChangeScope } from './change.ts';
import {
  packSheet,
  packValue,
  packVerdict,
  readSheet,
  readValues,
  type StoredValue,
  valueField,
  verdictField,
} from './indicator-rows.ts';
import { type Keys, projections } from './keys.ts';
import { unsalted, type Write } from './log.ts';
import { confirmed } from './redis.ts';

/** Fields that are no revision: the newest one, and the newest id of an indicator. */
const NEWEST = '#';
const NEWEST_ID = 'i';
/** Where the words of sources and returns lie, beside the organisation's log. */
const BUCKET = 'indicators';
/** Values of one place a call. */
const LOOKED_AT = 4;
/** Fields a call: a city has a value a unit and indicator, and Redis answers others in between. */
const SCANNED = 1_000;

const Place = z.object({ unit: z.string(), indicator: z.int(), month: z.string() });
const Facts = z.object({ ...Place.shape, n: z.int() });
type Facts = z.infer<typeof Facts>;

/** Sheets and values are the organisation's: a sheet stands for units below, and a board reads the values of all. */
export const indicatorStore = (redis: Redis, keys: Keys, change: ChangeScope): IndicatorStore => {
  const key = (name: string) => keys.projection('org', name);
  const sheetRows = (): Promise<Record<string, string>> => confirmed(redis.hgetall(key(projections.sheets)));
  const sheetsIn = (rows: Record<string, string>): readonly Sheet[] =>
    Object.entries(rows)
      .filter(([field]) => field !== NEWEST && field !== NEWEST_ID)
      .map(([field, row]) => readSheet(Number(field), row))
      .sort((a, b) => a.revision - b.revision);

  const monthValues = async (month: string): Promise<readonly StoredValue[]> => {
    const rows = new Map<string, string>();
    for (let cursor = '0'; ; ) {
      const [next, found] = await confirmed(redis.hscan(key(projections.measured(month)), cursor, 'COUNT', SCANNED));
      for (let i = 0; i + 1 < found.length; i += 2) rows.set(found[i] ?? '', found[i + 1] ?? '');
      if (next === '0') return readValues(month, rows);
      cursor = next;
    }
  };
  /** The values of one place alone, some at a time: few have more than one or two. */
  const valuesAt = async (place: ValuePlace): Promise<readonly StoredValue[]> => {
    const rows = new Map<string, string>();
    for (let first = 1; ; first += LOOKED_AT) {
      const numbers = Array.from({ length: LOOKED_AT }, (_, i) => first + i);
      const fields = numbers.flatMap((n) => [valueField(place, n), verdictField(place, n)]);
      const found = await confirmed(redis.hmget(key(projections.measured(place.month)), ...fields));
      for (const [i, row] of found.entries()) if (row !== null) rows.set(fields[i] ?? '', row);
      if (found.at(-2) === null) return readValues(place.month, rows);
    }
  };
  const kept = async ({ n, ...place }: Facts): Promise<ValueOutcome> => {
    const value = (await valuesAt(place)).find((one) => one.n === n);
    if (!value) throw new TypeError(`no value ${valueField(place, n)}`);
    return { value };
  };

  return {
    sheets: async () => sheetsIn(await sheetRows()),
    values: async (months) => (await Promise.all(months.map(monthValues))).flat(),

    async sources(values) {
      const stored = await Promise.all(values.map(async (one) => (await valuesAt(one)).find(({ n }) => n === one.n)));
      if (stored.length === 0) return [];
      const texts = await confirmed(redis.hmget(keys.data('org', BUCKET), ...stored.map((one) => `${one?.entry}`)));
      return texts.map(unsalted);
    },

    reshape: (decide, cause) =>
      change<Sheet | Refusal<SheetRule>>(
        'org',
        cause,
        async () => {
          const rows = await sheetRows();
          const [newest = null, newestId = null] = [rows[NEWEST], rows[NEWEST_ID]];
          const nextId = Number(newestId ?? 0) + 1;
          const next = decide(sheetsIn(rows), nextId);
          if ('refused' in next) return { refuse: next };
          const revision = Number(newest ?? 0) + 1;
          const row = packSheet(next);
          const writes: Write[] = [
            [projections.sheets, NEWEST, newest, `${revision}`],
            [projections.sheets, `${revision}`, null, row],
            ...(next.items.some(({ id }) => id === nextId)
              ? [[projections.sheets, NEWEST_ID, newestId, `${nextId}`] as const]
              : []),
          ];
          return { action: 'indicators', bucket: '', text: null, facts: { revision, row }, writes };
        },
        (facts) => {
          const { revision, row } = z.object({ revision: z.int(), row: z.string() }).parse(facts);
          return readSheet(revision, row);
        },
      ),

    async report(place, value, source, cause) {
      const facts = await change<Facts>(
        'org',
        cause,
        async (head) => {
          const n = ((await valuesAt(place)).at(-1)?.n ?? 0) + 1;
          const row = packValue({ value, by: cause.by, at: cause.at.epochMilliseconds, entry: head + 1 });
          const writes: Write[] = [[projections.measured(place.month), valueField(place, n), null, row]];
          return { action: 'indicator-value', bucket: BUCKET, text: source, facts: { ...place, n }, writes };
        },
        (stored) => Facts.parse(stored),
      );
      return kept(facts);
    },

    async judged(cause) {
      const facts = await change<Facts | null>(
        'org',
        cause,
        async () => ({ refuse: null }),
        (stored) => Facts.parse(stored),
      );
      return facts && kept(facts);
    },

    async judge(place, isVerified, why, cause) {
      const outcome = await change<Facts | Refusal<JudgeRule>>(
        'org',
        cause,
        async () => {
          const waiting = waitingOf(await valuesAt(place));
          if (!waiting) return { refuse: { refused: 'nothing-waits', values: {} } };
          if (waiting.by === cause.by) return { refuse: { refused: 'own-value', values: {} } };
          const row = packVerdict(isVerified, cause.by, cause.at.epochMilliseconds);
          const writes: Write[] = [[projections.measured(place.month), verdictField(place, waiting.n), null, row]];
          const action = isVerified ? 'indicator-verified' : 'indicator-returned';
          const facts: Facts = { ...place, n: waiting.n };
          return { action, bucket: why === null ? '' : BUCKET, text: why, facts, writes };
        },
        (stored) => Facts.parse(stored),
      );
      return 'refused' in outcome ? outcome : kept(outcome);
    },
  };
};
