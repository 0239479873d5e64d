/** Campaigns: named spans of days of the organisation. */

import type { Day } from '../domain/calendar.ts';
import type { Campaign, CampaignRule } from '../domain/campaign.ts';
import type { Span } from '../domain/period.ts';
import type { Refusal } from '../domain/refusal.ts';
import type { Cause } from './changes.ts';

export type CampaignStarted = { readonly campaign: Campaign; readonly overlaps: readonly Campaign[] };
/** over: it was, or had been cancelled, before this message. */
export type CampaignEnded = { readonly state: 'ended' | 'cancelled' | 'over'; readonly campaign: Campaign };

export type CampaignStore = {
  /** All that were ever started, in the order of their numbers. */
  campaigns(): Promise<readonly Campaign[]>;
  /** A refusal changes nothing. */
  start(
    wanted: { readonly name: string; readonly span: Span | null },
    rules: { readonly today: Day; readonly unitNames: readonly string[] },
    cause: Cause,
  ): Promise<CampaignStarted | Refusal<CampaignRule>>;
  /** `today` is its last day. Null: there is none of this number. */
  end(number: number, today: Day, cause: Cause): Promise<CampaignEnded | null>;
};
