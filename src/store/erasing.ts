import type { Redis } from 'ioredis';
import { z } from 'zod';
import { Unconfirmed } from '../errors.ts';
import type { MemberId } from '../message.ts';
import type { Cause, Directory, Erased } from '../ports.ts';
import { erasingPosts } from './erasing-posts.ts';
import { type Keys, keepSeconds, projections, type Scope, tagOf } from './keys.ts';
import { digestOf, erased, fieldsOf, messageKey, sealedFields, seenKeys, type Write } from './log.ts';
import { packMember, readMember } from './organisation-rows.ts';
import { placesOf } from './places.ts';
import { confirmed, script } from './redis.ts';
import { dataOf, entriesOf } from './replay.ts';
import { isWordsOf, scrubbed } from './scrubbing.ts';
import { rebuild } from './verify.ts';

/** A bot at work writes now and then while the log is copied; so often in a row it does not. */
const MAX_TRIES = 20;

/**
 * Takes all words of a person out of the units in which the person ever had a place, then out of the organisation, each
 * scope in one step. Cut off in between and told again, it goes on where it stopped; the organisation, told last,
 * remembers the answer.
 */
export const erasing = (redis: Redis, keys: Keys, realNow: () => number): Pick<Directory, 'erase'> => {
  const erase = script(redis, 'erase', ['lib-log']);
  const erasePosts = erasingPosts(redis, keys, realNow);

  const answered = async (scope: Scope, cause: Cause): Promise<Erased | null> => {
    for (const key of seenKeys(keys, scope, realNow())) {
      const facts = await confirmed(redis.hget(key, messageKey(cause)));
      if (facts !== null) return Facts.parse(JSON.parse(facts));
    }
    return null;
  };

  /**
   * Copies the log with the words taken out, finds the texts beside it, and puts both in place at once. False: there
   * were none, and this message found none before.
   */
  const eraseIn = async (scope: Scope, ids: ReadonlySet<MemberId>, facts: Erased, cause: Cause): Promise<boolean> => {
    const copy = keys.shadow(scope, 'log');
    const drop = () => confirmed(redis.unlink(copy));
    try {
      for (let tries = 0; tries < MAX_TRIES; tries += 1) {
        await drop();
        const found = await look(scope, ids, copy);
        if (found.texts.length === 0 && !found.isSealed && scope !== 'org')
          return (await answered(scope, cause)) !== null;
        if (!found.isSealed) await drop();
        if (await settle(scope, copy, found, { ids, facts, cause })) return true;
      }
    } finally {
      await drop();
    }
    throw new Unconfirmed(`the log of ${tagOf(scope)} kept moving`);
  };

  /** Puts in place what was found; false when the log has moved meanwhile. */
  const settle = async (
    scope: Scope,
    copy: string,
    { texts, head }: Awaited<ReturnType<typeof look>>,
    { ids, facts, cause }: { readonly ids: ReadonlySet<MemberId>; readonly facts: Erased; readonly cause: Cause },
  ): Promise<boolean> => {
    const writes = scope === 'org' ? await nameless(ids) : [];
    const fields = [
      ...texts.map(({ bucket, n, left }) => [keys.data(scope, bucket), `${n}`, left] as const),
      ...writes.map(([name, field, , after]) => [keys.projection(scope, name), field, after ?? ''] as const),
    ];
    const touched = [...new Set(fields.map(([key]) => key))];
    const stored = await erase(
      [keys.log(scope), copy, ...seenKeys(keys, scope, realNow()), ...touched],
      [
        messageKey(cause),
        cause.by,
        cause.at.epochMilliseconds,
        head,
        JSON.stringify(facts),
        JSON.stringify(writes),
        keepSeconds.seen,
        ...fields.flatMap(([key, field, value]) => [touched.indexOf(key) + 1, field, value]),
      ],
    );
    return Array.isArray(stored) && stored.length > 0;
  };

  const look = async (scope: Scope, ids: ReadonlySet<MemberId>, copy: string) => {
    const texts: { readonly bucket: string; readonly n: number; readonly left: string }[] = [];
    let [head, previous, isSealed] = [0, '', false];
    for await (const entries of entriesOf(redis, keys, scope)) {
      const data = await dataOf(redis, keys, scope, entries);
      const copied = redis.pipeline();
      for (const [i, entry] of entries.entries()) {
        const words = data[i] ?? null;
        const left = isWordsOf(entry, ids) ? erased(words) : null;
        if (left !== null) texts.push({ bucket: entry.bucket, n: entry.n, left });
        const writes = entry.writes.map((write) => scrubbed(write, ids));
        const isSame = JSON.stringify(writes) === JSON.stringify(entry.writes);
        if (!isSame) isSealed = true;
        const fields = isSame ? fieldsOf(entry) : sealedFields(entry, writes, previous, digestOf(words ?? ''));
        copied.xadd(copy, `${entry.n}-0`, ...fields);
        [head, previous] = [entry.n, entry.hash];
      }
      for (const [error] of (await confirmed(copied.exec())) ?? []) if (error) await confirmed(Promise.reject(error));
    }
    return { texts, head, isSealed };
  };

  /** The member's records without a name: written with the entry, so that every copy of the bot reads them anew. */
  const nameless = async (ids: ReadonlySet<MemberId>): Promise<readonly Write[]> => {
    const rows = await confirmed(redis.hmget(keys.projection('org', projections.members), ...ids));
    return [...ids].flatMap((id, i) => {
      const row = rows[i];
      if (row == null) return [];
      const after = packMember({ ...readMember(id, row), name: null });
      return [[projections.members, id, after, after] as const];
    });
  };

  return {
    async erase(whom, cause) {
      const before = await answered('org', cause);
      if (before) return before;
      const { ids: all, facts } = await whom();
      const ids = new Set(all);
      const places = await placesOf(redis, keys, ids);
      // What waits in the outbox first: it is known by the words that the log still has.
      await erasePosts(['org', ...places.map((unit) => ({ unit }))], ids);
      for (const unit of places) {
        const isChanged = await eraseIn({ unit }, ids, facts, cause);
        // Items and reasons go from the projections too: they are what the log makes of them now.
        if (isChanged) await rebuild(redis, keys, { unit });
      }
      // What was offered to be filed would go by itself within three days.
      for (const id of ids) await confirmed(redis.del(keys.offer(id), keys.takenOffers(id)));
      await eraseIn('org', ids, facts, cause);
      return facts;
    },
  };
};

const Facts = z.object({ id: z.string() });
