/** Whether a setting beside the rules may be set: who approved it, on what basis, until when. */
import type { Temporal } from 'temporal-polyfill';
import type { ApprovalText } from './approval-text.ts';
import { compareDays } from './calendar.ts';
import type { Exception } from './exception.ts';
import { cleanName, echoed, sameName } from './names.ts';
import { type Refusal, refuse } from './refusal.ts';
import type { SettingName } from './setting-rules.ts';
import type { Settings } from './settings.ts';
import { characters, saysSomething } from './visible.ts';

/** What is approved for longer than a year is no exception. */
const MOST_MONTHS = 12;
/** An example that people copy should not stand for long. */
const EXAMPLE_MONTHS = 3;
const LONGEST_APPROVER = 20;
const LONGEST_BASIS = 60;

export type ApprovalRule =
  | 'approval-needed'
  | 'approval-approver'
  | 'approval-basis'
  | 'approval-until'
  | 'approval-long'
  | 'approval-self'
  | 'approval-past'
  | 'approval-far'
  | 'approval-unneeded';

type Wanted = {
  /** How the unit is called. */
  readonly unit: string;
  readonly name: SettingName;
  readonly value: string;
  readonly values: Partial<Settings>;
};
/** Who types it, and when. */
export type Typing = {
  readonly by: { readonly id: string; readonly name: string | null };
  readonly now: Temporal.ZonedDateTime;
};

/** The exception that is to be kept, or what is missing, with an example that can be copied. */
export const approve = (
  { unit, name, value, values }: Wanted,
  approval: ApprovalText | null,
  { by, now }: Typing,
): Exception | Refusal<ApprovalRule> => {
  const today = now.toPlainDate();
  const example = { unit, name, value: echoed(value), until: today.add({ months: EXAMPLE_MONTHS }).toString() };
  const approver = cleanName(approval?.approver ?? '');
  const basis = cleanName(approval?.basis ?? '');
  const until = approval?.until ?? null;
  const missing = [
    ...(/\p{L}/u.test(approver) ? [] : (['approval-approver'] as const)),
    ...(saysSomething(basis) ? [] : (['approval-basis'] as const)),
    ...(until ? [] : (['approval-until'] as const)),
  ];
  const [only, second] = missing;
  if (only) return refuse(second ? 'approval-needed' : only, example);
  if (!until) return refuse('approval-until', example);
  if (characters(approver) > LONGEST_APPROVER || characters(basis) > LONGEST_BASIS) {
    return refuse('approval-long', { approver: LONGEST_APPROVER, basis: LONGEST_BASIS });
  }
  if (by.name !== null && sameName(approver, by.name)) return refuse('approval-self', example);
  const day = until.toString();
  if (compareDays(until, today) < 0) return refuse('approval-past', { ...example, day });
  if (compareDays(until, today.add({ months: MOST_MONTHS })) > 0) return refuse('approval-far', { ...example, day });
  const ends = until.add({ days: 1 }).toZonedDateTime(now.timeZoneId).epochMilliseconds;
  return { name, values, approver, basis, until: day, ends, by: by.id, at: now.epochMilliseconds };
};
