/** Which settings do not fit together. */
import { type Refusal, refuse } from './refusal.ts';
import { unitNudges } from './reminding.ts';
import { type Settings, settingsOf } from './settings.ts';

export type ConflictRule = 'nudge-after-deadline' | 'nudge-in-quiet' | 'digest-in-quiet' | 'no-weight';

/**
 * What would not fit together; null when all is well. The reminder must come before the deadline, and both while the
 * bot may speak.
 */
export const conflictIn = (unit: { readonly settings: Partial<Settings> }): Refusal<ConflictRule> | null => {
  const settings = settingsOf(unit);
  const { deadline, digestAt, quietFrom, quietTo } = settings;
  const isQuiet = (hour: string) => hour >= quietFrom || hour < quietTo;
  const values = { deadline, digest: digestAt, from: quietFrom, to: quietTo };
  for (const nudge of unitNudges(settings)) {
    if (nudge >= deadline) return refuse('nudge-after-deadline', { ...values, nudge });
    if (isQuiet(nudge)) return refuse('nudge-in-quiet', { ...values, nudge });
  }
  if (isQuiet(digestAt)) return refuse('digest-in-quiet', values);
  return settings.weightOnTime + settings.weightCleared === 0 ? refuse('no-weight', {}) : null;
};
