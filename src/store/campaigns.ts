import type { Redis } from 'ioredis';
import { z } from 'zod';
import { epochDay, fromEpochDay } from '../domain/calendar.ts';
import { type Campaign, type CampaignRule, campaignState, decideStart, isCancelled } from '../domain/campaign.ts';
import type { Refusal } from '../domain/refusal.ts';
import type { CampaignEnded, CampaignStarted, CampaignStore } from '../ports.ts';
import type { ChangeScope } from './change.ts';
import { type Keys, projections } from './keys.ts';
import type { Write } from './log.ts';
import { confirmed } from './redis.ts';

/** The field in which the newest number stands. */
const NEWEST = '#';

/** name, first day, last day, who started it, the day on which it was ended */
const Row = z.tuple([z.string(), z.int(), z.int(), z.string(), z.int().nullable()]);
type Row = z.infer<typeof Row>;

const Started = z.object({ number: z.int(), row: Row, overlaps: z.array(z.tuple([z.int(), Row])) });
const Ended = z.object({ state: z.enum(['ended', 'cancelled']), number: z.int(), row: Row });

const campaignIn = (number: number, [name, from, to, , ended]: Row): Campaign => ({
  number,
  name,
  from: fromEpochDay(from),
  to: fromEpochDay(to),
  ended: ended === null ? null : fromEpochDay(ended),
});

/** Campaigns are the organisation's: few, and all read at once. */
export const campaignStore = (redis: Redis, keys: Keys, change: ChangeScope): CampaignStore => {
  const rows = async (): Promise<Record<string, string>> =>
    confirmed(redis.hgetall(keys.projection('org', projections.campaigns)));
  const read = (all: Record<string, string>): readonly (readonly [number, Row])[] =>
    Object.entries(all)
      .flatMap(([field, row]) => (field === NEWEST ? [] : [[Number(field), Row.parse(JSON.parse(row))] as const]))
      .sort(([a], [b]) => a - b);

  return {
    campaigns: async () => read(await rows()).map(([number, row]) => campaignIn(number, row)),

    start: (wanted, rules, cause) =>
      change<CampaignStarted | Refusal<CampaignRule>>(
        'org',
        cause,
        async () => {
          const stored = await rows();
          const all = read(stored);
          const decided = decideStart(
            all.map(([number, row]) => campaignIn(number, row)),
            wanted,
            rules,
          );
          if ('refused' in decided) return { refuse: decided };
          const newest = stored[NEWEST] ?? null;
          const number = Number(newest ?? 0) + 1;
          const { from, to } = decided.span;
          const row: Row = [wanted.name, epochDay(from), epochDay(to), cause.by, null];
          const overlapping = new Set(decided.overlaps.map((one) => one.number));
          const facts = { number, row, overlaps: all.filter(([other]) => overlapping.has(other)) };
          const writes: Write[] = [
            [projections.campaigns, NEWEST, newest, `${number}`],
            [projections.campaigns, `${number}`, null, JSON.stringify(row)],
          ];
          return { action: 'start-campaign', bucket: '', text: null, facts, writes };
        },
        (facts) => {
          const { number, row, overlaps } = Started.parse(facts);
          return { campaign: campaignIn(number, row), overlaps: overlaps.map((one) => campaignIn(...one)) };
        },
      ),

    end: (number, today, cause) =>
      change<CampaignEnded | null>(
        'org',
        cause,
        async () => {
          const before = (await rows())[`${number}`];
          if (number < 1 || before === undefined) return { refuse: null };
          const [name, from, to, by] = Row.parse(JSON.parse(before));
          const campaign = campaignIn(number, Row.parse(JSON.parse(before)));
          const state = campaignState(campaign, today);
          if (state === 'over' || state === 'cancelled') return { refuse: { state: 'over', campaign } };
          const row: Row = [name, from, to, by, epochDay(today)];
          const facts = { state: isCancelled(campaignIn(number, row)) ? 'cancelled' : 'ended', number, row };
          const writes: Write[] = [[projections.campaigns, `${number}`, before, JSON.stringify(row)]];
          return { action: 'end-campaign', bucket: '', text: null, facts, writes };
        },
        (facts) => {
          const { state, number: known, row } = Ended.parse(facts);
          return { state, campaign: campaignIn(known, row) };
        },
      ),
  };
};
