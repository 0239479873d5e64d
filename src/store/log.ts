import { hash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Cause } from '../ports.ts';
import { type Keys, keptDays, type Scope } from './keys.ts';

/** One entry of a scope's log, as it was written. */
export type Entry = {
  readonly n: number;
  readonly action: string;
  readonly who: string;
  /** ms since the epoch, by the message's own clock. */
  readonly at: number;
  readonly message: string;
  /** Where its text lies. */
  readonly bucket: string;
  /** The fields it wrote: [projection, field, before, after] (null: absent). Empty for reports, which are replayed. */
  readonly writes: readonly Write[];
  /** `writes` as it was written, for the hash. */
  readonly rawWrites: string;
  readonly hash: string;
};

export type Write = readonly [projection: string, field: string, before: string | null, after: string | null];

const Writes = z.array(z.tuple([z.string(), z.string(), z.string().nullable(), z.string().nullable()]));

/** Parses what XRANGE gives for one entry; throws on another shape. */
export const readEntry = ([id, fields]: readonly [string, readonly string[]]): Entry => {
  const [, a, , w, , t, , m, , d, , x, , h] = z.array(z.string()).length(14).parse(fields);
  const rawWrites = x ?? '';
  return {
    n: Number.parseInt(id, 10),
    action: a ?? '',
    who: w ?? '',
    at: Number(t),
    message: m ?? '',
    bucket: d ?? '',
    writes: rawWrites === '' ? [] : Writes.parse(JSON.parse(rawWrites)),
    rawWrites,
    hash: h ?? '',
  };
};

/** Hashes are cut to 24 hex digits: the chain shows bugs and edits, it does not stop whoever owns Redis. */
const short = (value: string): string => hash('sha1', value).slice(0, 24);

const ERASED = '!';

/** What stands for a text in the hash: its digest, which stays when the text is erased. */
export const digestOf = (data: string): string => (data.startsWith(ERASED) ? data.slice(1) : short(data));

/** The hash that `append` in lib-log.lua gives to an entry. */
export const hashOf = (entry: Entry, previous: string, digest: string): string => {
  const { n, action, who, at, message, bucket, rawWrites } = entry;
  return short([previous, n, action, who, at, message, bucket, rawWrites, digest].join('\n'));
};

const SALT_LENGTH = 12;
const SALT_BYTES = 9;
/** So many salts are drawn at a time: asking the system for each would be a third of the work on a report. */
const SALTS_AT_ONCE = 256;

/**
 * Puts a salt of its own before each text: after erasure the digest alone tells nobody what was written. A salt is used
 * once and forgotten.
 */
export const salting = (): ((text: string) => string) => {
  let drawn = '';
  let used = 0;
  return (text) => {
    if (used === drawn.length) {
      drawn = randomBytes(SALT_BYTES * SALTS_AT_ONCE).toString('base64url');
      used = 0;
    }
    used += SALT_LENGTH;
    return drawn.slice(used - SALT_LENGTH, used) + text;
  };
};

/** The text, or null where it was erased or never written. */
export const unsalted = (data: string | null | undefined): string | null =>
  data == null || data.startsWith(ERASED) ? null : data.slice(SALT_LENGTH);

/** Twelve characters that stand for platform, chat and message id: 72 bits of SHA-256. */
export const messageKey = ({ message }: Cause): string => hash('sha256', message, 'base64url').slice(0, 12);

/** The three keys in which a message may be remembered: real days, whatever the product's clock says. */
export const seenKeys = (keys: Keys, scope: Scope, realNow: number): readonly string[] =>
  keptDays(realNow).map((day) => keys.seen(scope, day));
