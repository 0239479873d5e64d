import type { Redis } from 'ioredis';
import type { Calendar } from '../domain/calendar.ts';
import type { PlatformName } from '../message.ts';
import type {
  AccessTokens,
  Allowances,
  BoardStore,
  BurdenStore,
  CampaignStore,
  ConnectionLeases,
  DeadLetters,
  Directory,
  FrozenBoards,
  GroupRobots,
  IndicatorStore,
  Limits,
  ListStore,
  Log,
  OfferStore,
  PostStore,
  ReplyLeases,
  ReportStore,
  RosterStore,
  SentParts,
  SlotStore,
  Transcript,
  Waker,
} from '../ports.ts';
import { redisAccessTokens } from './access-tokens.ts';
import { redisAllowances } from './allowances.ts';
import { storedBoards } from './boards.ts';
import { burdenStore } from './burden.ts';
import { campaignStore } from './campaigns.ts';
import { scopeChanges } from './change.ts';
import { storedClaimCode } from './claim-code.ts';
import { redisConnections } from './connections.ts';
import { redisDeadLetters } from './dead-letters.ts';
import { redisDirectory } from './directory.ts';
import { redisGroupRobots } from './group-robots.ts';
import { indicatorStore } from './indicators.ts';
import { keysIn } from './keys.ts';
import { redisLimits } from './limits.ts';
import { storedLinkSecret } from './link-secret.ts';
import { listStore } from './lists.ts';
import { redisOffers } from './offers.ts';
import { redisPosts } from './posts.ts';
import { rankedBoards } from './ranked.ts';
import { confirmed } from './redis.ts';
import { redisReplyLeases } from './reply-leases.ts';
import { redisReports } from './reports.ts';
import { redisRosters } from './rosters.ts';
import { redisSentParts } from './sent-parts.ts';
import { redisSlots } from './slots.ts';
import { redisTranscript } from './transcript.ts';
import { redisWaker } from './waker.ts';

export type Stores = {
  readonly allowances: Allowances;
  readonly reports: ReportStore;
  readonly directory: Directory;
  readonly boards: BoardStore;
  readonly campaigns: CampaignStore;
  readonly indicators: IndicatorStore;
  readonly frozen: FrozenBoards;
  readonly lists: ListStore;
  readonly burden: BurdenStore;
  readonly offers: OfferStore;
  readonly rosters: RosterStore;
  readonly slots: SlotStore;
  readonly posts: PostStore;
  readonly letters: DeadLetters;
  /** Of the outbox; begins nothing until it is started. */
  waker(log: Log): Waker;
  readonly leases: ReplyLeases;
  readonly parts: SentParts;
  readonly tokens: AccessTokens;
  readonly connections: ConnectionLeases;
  readonly robots: GroupRobots;
  readonly transcript: Transcript;
  /** How often a platform may be called, counted over all copies of the bot. */
  limits(platform: PlatformName): Limits;
  /** See `storedClaimCode`. */
  claimCode(): Promise<string | null>;
  /** See `storedLinkSecret`. */
  linkSecret(): Promise<string>;
  /** Whether Redis answers. */
  isUp(): Promise<boolean>;
  /** Removes everything of this house. For the playground's county alone. */
  wipe(): Promise<void>;
};

type Options = {
  /** Keeps two houses on one Redis apart. */
  readonly namespace: string;
  readonly calendar: Calendar;
  /** Real time in ms: ages caches and names the days of message memory. */
  readonly realNow: () => number;
  /** The organisation's time in ms, where it is not the real one. */
  readonly clock?: () => number;
};

/** All of the house's memory, on one connection. */
export const openStores = (redis: Redis, { namespace, calendar, realNow, clock = realNow }: Options): Stores => {
  const keys = keysIn(namespace);
  const reports = redisReports(redis, keys, realNow);
  const directory = redisDirectory(redis, keys, realNow, clock);
  const frozen = rankedBoards(redis, keys, scopeChanges(redis, keys, realNow));
  const indicators = indicatorStore(redis, keys, scopeChanges(redis, keys, realNow));
  return {
    allowances: redisAllowances(redis, keys),
    reports,
    directory,
    boards: storedBoards({ reports, directory, indicators, frozen, calendar }),
    indicators,
    frozen,
    campaigns: campaignStore(redis, keys, scopeChanges(redis, keys, realNow)),
    burden: burdenStore(redis, keys),
    lists: listStore(redis, keys, scopeChanges(redis, keys, realNow)),
    offers: redisOffers(redis, keys),
    rosters: redisRosters(redis, keys),
    slots: redisSlots(redis, keys),
    posts: redisPosts(redis, keys, realNow),
    letters: redisDeadLetters(redis, keys, realNow),
    waker: (log) => redisWaker(redis, keys, log),
    leases: redisReplyLeases(redis, keys, realNow),
    parts: redisSentParts(redis, keys),
    tokens: redisAccessTokens(redis, keys),
    connections: redisConnections(redis, keys),
    robots: redisGroupRobots(redis, keys),
    transcript: redisTranscript(redis, keys, realNow),
    limits: (platform) => redisLimits(redis, keys, platform),
    claimCode: storedClaimCode(redis, keys, directory),
    linkSecret: storedLinkSecret(redis, keys),
    isUp: () =>
      confirmed(redis.ping()).then(
        () => true,
        () => false,
      ),

    async wipe() {
      for (let cursor = '0'; ; ) {
        const [next, found] = await confirmed(redis.scan(cursor, 'MATCH', `${namespace}:*`, 'COUNT', 1000));
        if (found.length > 0) await confirmed(redis.unlink(...found));
        if (next === '0') break;
        cursor = next;
      }
      directory.forget();
      frozen.forget();
    },
  };
};
