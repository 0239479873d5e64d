/** How many messages a day the bot may start. */
import type { Settings } from './settings.ts';

/** In messages a day and chat: lower freely, higher only up to these. Every message costs somebody a minute. */
export const privateRange = { from: 0, to: 6 } as const;
export const groupRange = { from: 0, to: 4 } as const;

/** The most messages that the bot may start in one chat of this kind on one day; in an emergency as many as may be set. */
export const budgetOf = (
  kind: 'direct' | 'group',
  { privateMost, groupMost }: Pick<Settings, 'privateMost' | 'groupMost'>,
  isEmergency: boolean,
): number => {
  if (isEmergency) return kind === 'direct' ? privateRange.to : groupRange.to;
  return kind === 'direct' ? privateMost : groupMost;
};
