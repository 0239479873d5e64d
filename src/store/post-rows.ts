import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { chatKey } from '../message.ts';
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
}) satisfies z.ZodType<Post>;

export const packPost = (post: Post): string =>
  JSON.stringify({
    ...post,
    notBefore: post.notBefore.epochMilliseconds,
    expiresAt: post.expiresAt.epochMilliseconds,
  });

/** Throws on another shape. */
export const readPost = (packed: string): Post => StoredPost.parse(JSON.parse(packed));

const states = { q: 'queued', s: 'sending' } as const;

/** A record that waits to be sent, as lib-posts.lua writes it. */
export const readQueued = (id: string, chat: string, record: string): PostState => {
  const [, state, , attempts, , , , ...code] = headOf(record);
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
  const { chat } = z.object({ chat: StoredChat }).parse(JSON.parse(record.slice(record.indexOf('\n') + 1)));
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
