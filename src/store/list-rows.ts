/** How the steps of an issue are packed, and read back with a check. */
import { z } from 'zod';
import type { ListEvent } from '../domain/list-events.ts';
import { issueStates, listKinds } from '../domain/lists.ts';

const done = { by: z.string(), on: z.string() };
const Red = z.object({ entry: z.int(), index: z.int(), redDays: z.int() });
const Row = z.object({
  kind: z.enum(listKinds),
  unit: z.string(),
  name: z.string(),
  score: z.int().nullable(),
  rank: z.int().nullable(),
  reds: z.array(Red),
});
const Cuts = z.object({ honourMost: z.int(), honourLeast: z.int(), warningMost: z.int() });
const Dates = z.object({ fileBy: z.string(), decideBy: z.string(), publishOn: z.string() });

const Event = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('draft'),
    ...done,
    number: z.int(),
    from: z.string(),
    to: z.string(),
    rows: z.array(Row),
    cuts: Cuts,
    candidates: z.object({ honour: z.int(), warning: z.int() }),
    ruleVersion: z.string(),
    hash: z.string(),
  }),
  z.object({ type: z.enum(['strike', 'restore']), ...done, unit: z.string() }),
  z.object({ type: z.literal('confirm'), ...done, noticeOn: z.string() }),
  z.object({ type: z.literal('notice'), ...done, untold: z.array(z.string()), dates: Dates }),
  z.object({ type: z.literal('appeal'), ...done, number: z.int(), unit: z.string() }),
  z.object({ type: z.literal('decide'), ...done, number: z.int(), isUpheld: z.boolean() }),
  z.object({ type: z.literal('sign'), ...done, publishOn: z.string() }),
  z.object({
    type: z.literal('publish'),
    ...done,
    slot: z.string(),
    isNamed: z.boolean(),
    chats: z.array(z.string()),
    left: z.array(z.object({ unit: z.string(), why: z.enum(['repaired', 'untold']) })),
    reds: z.record(z.string(), z.array(Red)),
  }),
  z.object({ type: z.literal('correct'), ...done, unit: z.string().nullable(), until: z.string() }),
  z.object({ type: z.literal('posted'), ...done, isKnown: z.boolean() }),
  z.object({ type: z.literal('raise'), ...done, unit: z.string(), until: z.string() }),
  z.object({ type: z.literal('keep'), ...done, unit: z.string() }),
  z.object({ type: z.enum(['close', 'remind', 'withdraw', 'lapse']), ...done }),
]);

/** [event, entry of the organisation's log that holds its words] or [event]. */
const StepRow = z.union([z.tuple([Event]), z.tuple([Event, z.int()])]);

export const packStep = (event: ListEvent, entry: number | null): string =>
  JSON.stringify(entry === null ? [event] : [event, entry]);

export const readStep = (row: string): { readonly event: ListEvent; readonly entry: number | null } => {
  const [event, entry = null] = StepRow.parse(JSON.parse(row));
  return { event, entry };
};

/** from, to, state */
const BriefRow = z.tuple([z.string(), z.string(), z.enum(issueStates)]);

export const packBrief = (brief: z.infer<typeof BriefRow>): string => JSON.stringify(brief);
export const readBrief = (row: string): z.infer<typeof BriefRow> => BriefRow.parse(JSON.parse(row));

const Basis = z.object({ cuts: Cuts, units: z.array(Row.omit({ kind: true })) });

/** What the rule looked at, out of all that was kept with a draft. */
export const readBasis = (json: string): z.infer<typeof Basis> => Basis.parse(JSON.parse(json));
