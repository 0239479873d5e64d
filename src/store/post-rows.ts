import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { type Block, chatKey } from '../message.ts';
import type { Post, PostState } from '../ports.ts';
import { Blocks, Source, StoredChat } from './message-rows.ts';

const moment = z.number().transform((ms) => Temporal.Instant.fromEpochMilliseconds(ms));

const StoredPost = z.object({
  id: z.string(),
  chat: StoredChat,
  reply: Blocks,
  delivery: z.enum(['atLeastOnce', 'atMostOnce']),
  notBefore: moment,
  expiresAt: moment,
  source: Source,
  priority: z.literal('procedure').exactOptional(),
  onDuty: z.literal(true).exactOptional(),
}) satisfies z.ZodType<Post>;

export const packPost = (post: Post): string =>
  JSON.stringify({
    ...post,
    notBefore: post.notBefore.epochMilliseconds,
    expiresAt: post.expiresAt.epochMilliseconds,
  });

/** Between what was to be several messages. */
const RULE: Block = { kind: 'text', text: '————————' };

/**
 * The post that is to go out at `now`, one a line: of several that became one message, those that are still of use,
 * under the id of the first. Throws on another shape.
 */
export const readPost = (packed: string, now: Temporal.Instant): Post => {
  const all = packed.split('\n').map((line): Post => StoredPost.parse(JSON.parse(line)));
  const inUse = all.filter(({ expiresAt }) => Temporal.Instant.compare(expiresAt, now) > 0);
  const [first] = all;
  if (!first) throw new RangeError('a record without a post');
  const said = (inUse.length > 0 ? inUse : all).map(({ reply }) => reply);
  return {
    ...first,
    ...inUse[0],
    id: first.id,
    reply: said.flatMap((reply, i) => (i === 0 ? reply : [RULE, ...reply])),
  };
};

const states = { q: 'queued', s: 'sending' } as const;

/** A record that waits to be sent, as lib-posts.lua writes it. */
export const readQueued = (id: string, chat: string, record: string): PostState => {
  const [, state, , attempts, , , , , ...code] = headOf(record);
  return {
    id,
    chat,
    state: z
      .enum(['q', 's'])
      .transform((s) => states[s])
      .parse(state),
    ...wordsOf(attempts, code),
  };
};

/** A record that failed for good, as lib-posts.lua writes it. */
export const readFailed = (id: string, record: string): PostState => {
  const [state, attempts, ...code] = headOf(record);
  const { chat } = z.object({ chat: StoredChat }).parse(JSON.parse(record.split('\n')[1] ?? ''));
  return {
    id,
    chat: chatKey(chat),
    state: z.enum(['refused', 'unknown', 'expired']).parse(state),
    ...wordsOf(attempts, code),
  };
};

const headOf = (record: string): string[] => record.slice(0, record.indexOf('\n')).split(' ');

const wordsOf = (attempts: string | undefined, code: readonly string[]) => ({
  attempts: Number(attempts),
  code: code.join(' '),
});
