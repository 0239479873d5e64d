/** Shapes of what was said, as it comes back from the store. */
import { z } from 'zod';
import { lamps } from '../domain/lamp.ts';
import { movements, type Picture, pictureKinds } from '../domain/picture.ts';
import { type Chat, platformNames, type Reply, tones } from '../message.ts';
import type { Post } from '../ports.ts';

const strings = z.array(z.string());

const StoredPicture = z.object({
  kind: z.enum(pictureKinds),
  title: z.string(),
  subtitle: z.string(),
  columns: z.object({ name: z.string(), value: z.string(), movement: z.string() }),
  rows: z.array(
    z.object({
      rank: z.string(),
      name: z.string(),
      note: z.string(),
      value: z.string(),
      bar: z.number().nullable(),
      lamp: z.object({ colour: z.enum([...lamps, 'paused']), letter: z.string() }).nullable(),
      movement: z.object({ direction: z.enum(movements), words: z.string() }).nullable(),
      isOwn: z.boolean(),
    }),
  ),
  empty: z.string(),
  notes: strings,
  footer: strings,
  alt: z.string(),
}) satisfies z.ZodType<Picture>;

export const Blocks = z.array(
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('text'), text: z.string(), as: z.enum(['heading', ...tones]).exactOptional() }),
    z.object({
      kind: z.literal('list'),
      items: strings,
      tones: z.array(z.enum(tones).nullable()).exactOptional(),
    }),
    z.object({ kind: z.literal('table'), columns: strings, rows: z.array(strings) }),
    z.object({ kind: z.literal('picture'), picture: StoredPicture }),
    z.object({ kind: z.literal('image'), url: z.string(), alt: z.string() }),
    z.object({ kind: z.literal('file'), name: z.string(), url: z.string() }),
    z.object({ kind: z.literal('link'), text: z.string(), url: z.string() }),
    z.object({ kind: z.literal('mention'), member: z.string(), name: z.string() }),
    z.object({
      kind: z.literal('buttons'),
      buttons: z.array(z.object({ text: z.string(), command: z.string() })),
      stays: z.literal(true).exactOptional(),
    }),
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
