import { z } from 'zod';
import type { Reply } from '../message.ts';

const strings = z.array(z.string());

/** A reply as it comes back from the store. */
export const Blocks: z.ZodType<Reply> = z.array(
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('text'), text: z.string() }),
    z.object({ kind: z.literal('list'), items: strings }),
    z.object({ kind: z.literal('table'), columns: strings, rows: z.array(strings) }),
    z.object({ kind: z.literal('image'), url: z.string(), alt: z.string() }),
    z.object({ kind: z.literal('file'), name: z.string(), url: z.string() }),
    z.object({ kind: z.literal('mention'), member: z.string(), name: z.string() }),
    z.object({ kind: z.literal('buttons'), buttons: z.array(z.object({ text: z.string(), command: z.string() })) }),
  ]),
);
