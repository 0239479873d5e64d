/** Shapes of what was said, as it comes back from the store. */
import { z } from 'zod';
import { type Chat, platformNames, type Reply } from '../message.ts';
import type { Post } from '../ports.ts';

const strings = z.array(z.string());

export const Blocks = z.array(
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('text'), text: z.string() }),
    z.object({ kind: z.literal('list'), items: strings }),
    z.object({ kind: z.literal('table'), columns: strings, rows: z.array(strings) }),
    z.object({ kind: z.literal('image'), url: z.string(), alt: z.string() }),
    z.object({ kind: z.literal('file'), name: z.string(), url: z.string() }),
    z.object({ kind: z.literal('mention'), member: z.string(), name: z.string() }),
    z.object({ kind: z.literal('buttons'), buttons: z.array(z.object({ text: z.string(), command: z.string() })) }),
  ]),
) satisfies z.ZodType<Reply>;

export const StoredChat = z.object({
  platform: z.enum(platformNames),
  id: z.string(),
  kind: z.enum(['group', 'direct']),
}) satisfies z.ZodType<Chat>;

/** What made a post; null for a reply. */
export const Source = z.object({ job: z.string(), slot: z.string(), unit: z.string() }).nullable() satisfies z.ZodType<
  Post['source']
>;
