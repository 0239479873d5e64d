import type { Redis } from 'ioredis';
import { z } from 'zod';
import { Unconfirmed } from '../errors.ts';
import type { Cause } from '../ports.ts';
import { type Keys, keepSeconds, type Scope, tagOf } from './keys.ts';
import { messageKey, salting, seenKeys, type Write } from './log.ts';
import { confirmed, script } from './redis.ts';

/** What is to be done, decided on the state behind entry `head` of the log. */
export type Change = {
  readonly action: string;
  readonly bucket: string;
  /** Kept beside the log, so that it can be erased. */
  readonly text: string | null;
  /** Stored, and answered to the same message again. */
  readonly facts: unknown;
  readonly writes: readonly Write[];
};

export type ChangeScope = <Answer>(
  scope: Scope,
  cause: Cause,
  /**
   * Reads and decides; asked again when the log has moved meanwhile. `{refuse}` changes nothing and is not remembered.
   */
  decide: (head: number) => Promise<Change | { readonly refuse: Answer } | { readonly run: () => Promise<unknown> }>,
  /** Reads the stored facts. */
  answer: (facts: unknown) => Answer,
) => Promise<Answer>;

/** Another copy of the bot may be quicker now and then; so often in a row it is not. */
const MAX_TRIES = 30;

/**
 * Changes of one scope, one after the other in this process; copies of the bot meet in the script, which refuses what
 * was decided on an older state.
 */
export const scopeChanges = (redis: Redis, keys: Keys, realNow: () => number): ChangeScope => {
  const change = script(redis, 'change', ['lib-log']);
  const salted = salting();
  const turns = new Map<string, Promise<unknown>>();

  const inTurn = async <T>(name: string, act: () => Promise<T>): Promise<T> => {
    const mine = (turns.get(name) ?? Promise.resolve()).then(act, act);
    const settled = mine
      .catch(() => {})
      .finally(() => {
        if (turns.get(name) === settled) turns.delete(name);
      });
    turns.set(name, settled);
    return mine;
  };

  return (scope, cause, decide, answer) =>
    inTurn(tagOf(scope), async () => {
      const message = messageKey(cause);
      const seen = seenKeys(keys, scope, realNow());
      for (let tries = 0; tries < MAX_TRIES; tries += 1) {
        const { head, facts } = await lookUp(redis, keys.log(scope), seen, message);
        if (facts !== null) return answer(JSON.parse(facts));
        const decision = await decide(head);
        if ('refuse' in decision) return decision.refuse;
        const [stored] = Stored.parse(
          'run' in decision
            ? await decision.run()
            : await change(
                [
                  keys.log(scope),
                  keys.data(scope, decision.bucket),
                  ...seen,
                  ...namesIn(decision.writes).map((name) => keys.projection(scope, name)),
                ],
                [
                  message,
                  cause.by,
                  cause.at.epochMilliseconds,
                  head,
                  decision.action,
                  decision.bucket,
                  decision.text === null ? '' : salted(decision.text),
                  JSON.stringify(decision.facts),
                  JSON.stringify(decision.writes),
                  keepSeconds.seen,
                  ...triples(decision.writes),
                ],
              ),
        );
        if (stored !== undefined) return answer(JSON.parse(stored));
      }
      throw new Unconfirmed(`the log of ${tagOf(scope)} kept moving`);
    });
};

const Stored = z.array(z.string()).max(1);

const namesIn = (writes: readonly Write[]) => [...new Set(writes.map(([name]) => name))];

const triples = (writes: readonly Write[]) => {
  const names = namesIn(writes);
  return writes.flatMap(([name, field, , after]) => [
    names.indexOf(name) + 1,
    field,
    after === null ? '-' : `=${after}`,
  ]);
};

const Looked = z.tuple([
  z.tuple([z.null(), z.array(z.tuple([z.string(), z.array(z.string())]))]),
  z.tuple([z.null(), z.string().nullable()]),
  z.tuple([z.null(), z.string().nullable()]),
  z.tuple([z.null(), z.string().nullable()]),
]);

/** The newest entry's number, and the facts answered to this message, in one round trip. */
const lookUp = async (redis: Redis, log: string, seen: readonly string[], message: string) => {
  const reads = redis.pipeline().xrevrange(log, '+', '-', 'COUNT', 1);
  for (const key of seen) reads.hget(key, message);
  const rows = await confirmed(reads.exec());
  for (const [error] of rows ?? []) if (error) await confirmed(Promise.reject(error));
  const [[, last], ...remembered] = Looked.parse(rows);
  return {
    head: Number.parseInt(last[0]?.[0] ?? '0', 10),
    facts: remembered.map(([, facts]) => facts).find((facts) => facts !== null) ?? null,
  };
};
