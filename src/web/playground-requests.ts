/** What may be asked of the playground, and the sentence for what may not. */
import type { Context } from 'hono';
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { UserError } from '../errors.ts';
import { isMessageKey, type MessageKey, type Translate } from '../i18n.ts';

const MOST_FILES = 10;

const expected = {
  id: 'playground.expected.id',
  text: 'playground.expected.text',
  files: 'playground.expected.files',
  name: 'playground.expected.name',
  number: 'playground.expected.number',
  seed: 'playground.expected.seed',
} as const satisfies Record<string, MessageKey>;

/** A moment with an offset: without one nobody knows which hour is meant. */
const Moment = z.string('playground.clock-unreadable').transform((iso, context) => {
  try {
    return Temporal.Instant.from(iso);
  } catch {
    context.addIssue('playground.clock-unreadable');
    return z.NEVER;
  }
});

export const Id = z.string(expected.id).regex(/^[^\p{C}\p{Z}]{1,128}$/u, expected.id);
export const Said = z.object({
  chat: Id,
  sender: Id,
  text: z.string(expected.text),
  id: Id.nullish(),
  files: z
    .array(z.string(expected.files).max(64, expected.files), expected.files)
    .max(MOST_FILES, expected.files)
    .nullish(),
});
export const Move = z.object({ now: Moment });
export const Reset = z.object({ seed: z.enum(['county', 'empty'], expected.seed).nullish() });
export const FileName = z.string(expected.name).min(1, expected.name).max(255, expected.name);
export const LineNumber = z
  .string(expected.number)
  .regex(/^\d{1,15}$/, expected.number)
  .transform(Number);
/** The number of a line, or a moment. */
export const After = z.union([LineNumber, Moment], expected.number);

/** Reads requests and says in `t`'s language what is wrong with them: throws UserError. */
export const requests = (t: Translate) => {
  const check = <Shape extends z.ZodType>(shape: Shape, value: unknown, field: string): z.output<Shape> => {
    const result = shape.safeParse(value);
    if (result.success) return result.data;
    const [issue] = result.error.issues;
    const key = issue && isMessageKey(issue.message) ? issue.message : expected.text;
    if (!key.startsWith('playground.expected.')) throw new UserError(key);
    const at = issue?.path[0];
    throw new UserError('playground.bad-field', { field: at === undefined ? field : String(at), expected: t(key) });
  };

  /** `whenEmpty`: what an empty body stands for, where there may be one. */
  const read = async <Shape extends z.ZodType>(
    c: Context,
    shape: Shape,
    whenEmpty?: object,
  ): Promise<z.output<Shape>> => {
    const body = await c.req.text();
    if (body === '' && whenEmpty) return check(shape, whenEmpty, '');
    if (!/^application\/json\s*(;|$)/i.test(c.req.header('content-type') ?? '')) {
      throw new UserError('playground.wrong-type');
    }
    return check(shape, parsed(body), '');
  };
  return { check, read };
};

const parsed = (body: string): object => {
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch {
    // Falls through to the same sentence.
  }
  throw new UserError('playground.not-json');
};
