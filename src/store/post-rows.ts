import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { type Chat, platformNames, type Reply } from '../message.ts';
import type { Post, PostState } from '../ports.ts';

const text = z.string();

const Blocks = z.array(
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('text'), text }),
    z.object({ kind: z.literal('list'), items: z.array(text) }),
    z.object({ kind: z.literal('table'), columns: z.array(text), rows: z.array(z.array(text)) }),
    z.object({ kind: z.literal('image'), url: text, alt: text }),
    z.object({ kind: z.literal('file'), name: text, url: text }),
    z.object({ kind: z.literal('mention'), member: text, name: text }),
    z.object({ kind: z.literal('buttons'), buttons: z.array(z.object({ text, command: text })) }),
  ]),
) satisfies z.ZodType<Reply>;

const StoredChat = z.object({
  platform: z.enum(platformNames),
  id: text,
  kind: z.enum(['group', 'direct']),
}) satisfies z.ZodType<Chat>;

const moment = z.number().transform((ms) => Temporal.Instant.fromEpochMilliseconds(ms));

const StoredPost = z.object({
  id: text,
  chat: StoredChat,
  reply: Blocks,
  delivery: z.enum(['atLeastOnce', 'atMostOnce']),
  notBefore: moment,
  expiresAt: moment,
  source: z.object({ job: text, slot: text, unit: text }).nullable(),
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
    chat: `${chat.platform}:${chat.kind}:${chat.id}`,
    state: z.enum(['refused', 'unknown', 'expired']).parse(state),
    ...wordsOf(attempts, code),
  };
};

const headOf = (record: string): string[] => record.slice(0, record.indexOf('\n')).split(' ');

const wordsOf = (attempts: string | undefined, code: readonly string[]) => ({
  attempts: Number(attempts),
  code: code.join(' '),
});
