/** Takes a person's words out of what the bot has still to say, or could not say. */
import type { Redis } from 'ioredis';
import { z } from 'zod';
import { Unconfirmed } from '../errors.ts';
import type { MemberId } from '../message.ts';
import { type Keys, keptDays, projections, type Scope } from './keys.ts';
import { unsalted } from './log.ts';
import { readMember, readUnit } from './organisation-rows.ts';
import { confirmed, script } from './redis.ts';
import { dataOf, entriesOf } from './replay.ts';
import { isWordsOf, scrubbed } from './scrubbing.ts';

/** Shorter ones are said by everybody; with the name gone they tell nothing. */
const SHORTEST = 3;
/** Posts are taken, joined and added meanwhile. */
const MAX_SCANS = 10;
const GONE = '…';

/** All texts in a JSON value, line by line; of what is no JSON its own lines. */
const textsIn = (row: string | null): readonly string[] => {
  if (row === null) return [];
  try {
    const texts: string[] = [];
    JSON.parse(row, (_, value) => {
      if (typeof value === 'string') texts.push(...value.split('\n'));
      return value;
    });
    return texts;
  } catch {
    return row.split('\n');
  }
};

/** What an erasure in these scopes is going to take out of the log: whoever asks later finds nothing any more. */
const wordsIn = async (redis: Redis, keys: Keys, scopes: readonly Scope[], ids: ReadonlySet<MemberId>) => {
  const found = new Set<string>();
  for (const scope of scopes) {
    for await (const entries of entriesOf(redis, keys, scope)) {
      const data = await dataOf(redis, keys, scope, entries);
      for (const [i, entry] of entries.entries()) {
        if (isWordsOf(entry, ids)) for (const text of textsIn(unsalted(data[i]))) found.add(text);
        for (const write of entry.writes) {
          const [, , before, after] = scrubbed(write, ids);
          const left = new Set([...textsIn(before), ...textsIn(after)]);
          for (const text of [...textsIn(write[2]), ...textsIn(write[3])]) if (!left.has(text)) found.add(text);
        }
      }
    }
  }
  return found;
};

/** The names of these people, and of all units: those belong to everybody. */
const namesIn = async (redis: Redis, keys: Keys, ids: ReadonlySet<MemberId>) => {
  const rows = await confirmed(redis.hmget(keys.projection('org', projections.members), ...ids));
  const people = [...ids].flatMap((id, i) => (rows[i] == null ? [] : [readMember(id, rows[i]).name ?? '']));
  const units = await confirmed(redis.hgetall(keys.projection('org', projections.units)));
  return { people, units: Object.entries(units).map(([id, row]) => readUnit(id, row).name) };
};

const Post = z.looseObject({ reply: z.unknown() });

/** The record's posts without the words; a post is a line. */
const without = (words: readonly string[], body: string): string =>
  body
    .split('\n')
    .map((line) => {
      const post = Post.parse(JSON.parse(line));
      const reply = JSON.stringify(post.reply, (_, value) =>
        typeof value === 'string' ? words.reduce((left, word) => left.replaceAll(word, GONE), value) : value,
      );
      return JSON.stringify({ ...post, reply: JSON.parse(reply) });
    })
    .join('\n');

/**
 * To be called before the log forgets them. What waits is still sent, only without the words; told again it finds
 * nothing more to take out.
 */
export const erasingPosts = (redis: Redis, keys: Keys, realNow: () => number) => {
  const scrubPost = script(redis, 'scrub-post');

  const hashes = async (): Promise<readonly string[]> => {
    const zsets = [keys.dueChats(), keys.waitingChats()];
    const chats = await Promise.all(zsets.map((key) => confirmed(redis.zrange(key, 0, '-1'))));
    return [...chats.flat().map(keys.posts), ...keptDays(realNow()).map(keys.failedPosts)];
  };

  /** False: something moved while it was looked at. */
  const scan = async (words: readonly string[]): Promise<boolean> => {
    let isSettled = true;
    for (const key of await hashes()) {
      for (const [id, record] of Object.entries(await confirmed(redis.hgetall(key)))) {
        const body = record.slice(record.indexOf('\n') + 1);
        const left = without(words, body);
        if (left !== body && (await scrubPost([key], [id, body, left])) !== 1) isSettled = false;
      }
    }
    return isSettled;
  };

  return async (scopes: readonly Scope[], ids: ReadonlySet<MemberId>): Promise<void> => {
    const { people, units } = await namesIn(redis, keys, ids);
    const ofAll = new Set(units);
    const said = [...(await wordsIn(redis, keys, scopes, ids))]
      .map((text) => text.trim())
      .filter((text) => text.length >= SHORTEST && /[^!-~]/.test(text) && !ofAll.has(text));
    const words = [...new Set([...said, ...people.filter((name) => name.length > 1)])];
    words.sort((a, b) => b.length - a.length);
    if (words.length === 0) return;
    for (let scans = 0; scans < MAX_SCANS; scans += 1) if (await scan(words)) return;
    throw new Unconfirmed('the posts kept moving');
  };
};
