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
  /** Words were taken out of `writes`: what the entry is checked by instead of its hash. Null for nearly all. */
  readonly seal: string | null;
  readonly hash: string;
};

export type Write = readonly [projection: string, field: string, before: string | null, after: string | null];

const Writes = z.array(z.tuple([z.string(), z.string(), z.string().nullable(), z.string().nullable()]));

/** Parses what XRANGE gives for one entry; throws on another shape. */
export const readEntry = ([id, fields]: readonly [string, readonly string[]]): Entry => {
  const [, a, , w, , t, , m, , d, , x, , h] = z.array(z.string()).length(14).parse(fields);
  const isSealed = x?.startsWith(ERASED) === true;
  const rawWrites = (isSealed ? x?.slice(1 + SHORT) : x) ?? '';
  return {
    n: Number.parseInt(id, 10),
    action: a ?? '',
    who: w ?? '',
    at: Number(t),
    message: m ?? '',
    bucket: d ?? '',
    writes: rawWrites === '' ? [] : Writes.parse(JSON.parse(rawWrites)),
    rawWrites,
    seal: isSealed ? (x?.slice(1, 1 + SHORT) ?? '') : null,
    hash: h ?? '',
  };
};

/** Hashes are cut to so many hex digits: the chain shows bugs and edits, it does not stop whoever owns Redis. */
const SHORT = 24;
const short = (value: string): string => hash('sha1', value).slice(0, SHORT);

const ERASED = '!';

/** What stands for a text in the hash: its digest, which stays when the text is erased. */
export const digestOf = (data: string): string => (data.startsWith(ERASED) ? data.slice(1) : short(data));

/** The hash that `append` in lib-log.lua gives to an entry. */
const hashOf = (entry: Entry, previous: string, digest: string): string => {
  const { n, action, who, at, message, bucket, rawWrites } = entry;
  return short([previous, n, action, who, at, message, bucket, rawWrites, digest].join('\n'));
};

/**
 * Whether an entry is as it was written behind the one before. Where words were taken out of its writes, its hash can no
 * longer be worked out: the seal put on it then stands for its fields, its place and that hash, to which the next entry
 * is chained as ever.
 */
export const fits = (entry: Entry, previous: string, digest: string): boolean =>
  entry.seal === null ? hashOf(entry, previous, digest) === entry.hash : sealOf(entry, previous, digest) === entry.seal;

const sealOf = (entry: Entry, previous: string, digest: string): string =>
  short(`${entry.hash}\n${hashOf(entry, previous, digest)}`);

/** The fields of `entry` with other writes in it, sealed, as XADD takes them. */
export const sealedFields = (entry: Entry, writes: readonly Write[], previous: string, digest: string): string[] => {
  const { action, who, at, message, bucket, hash } = entry;
  const rawWrites = JSON.stringify(writes);
  const x = `${ERASED}${sealOf({ ...entry, rawWrites }, previous, digest)}${rawWrites}`;
  return ['a', action, 'w', who, 't', `${at}`, 'm', message, 'd', bucket, 'x', x, 'h', hash];
};

/** The fields of `entry` as they are, as XADD takes them. */
export const fieldsOf = ({ action, who, at, message, bucket, rawWrites, seal, hash }: Entry): string[] => {
  const x = seal === null ? rawWrites : `${ERASED}${seal}${rawWrites}`;
  return ['a', action, 'w', who, 't', `${at}`, 'm', message, 'd', bucket, 'x', x, 'h', hash];
};

/** What stands in the place of a text that is erased; null where there is none, or none any more. */
export const erased = (data: string | null): string | null =>
  data === null || data.startsWith(ERASED) ? null : `${ERASED}${digestOf(data)}`;

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
