import type { Redis } from 'ioredis';
import { atRest, inForceAt, nextEnd } from '../domain/exception.ts';
import { type Common, commonOf } from '../domain/house-settings.ts';
import { byUnitCode, type Member, type Unit } from '../domain/organisation.ts';
import { chatKey } from '../message.ts';
import type { Decision, Directory, Json } from '../ports.ts';
import { scopeChanges } from './change.ts';
import { followed, kept } from './followed.ts';
import { historyReader } from './history.ts';
import { type Keys, projections } from './keys.ts';
import type { Write } from './log.ts';
import { packMember, packUnit, readMember, readUnit } from './organisation-rows.ts';
import { confirmed } from './redis.ts';

/**
 * The organisation's tree and people. `realNow` in ms: when to look for changes, and days of message memory. `clock`,
 * in ms too: the organisation's, by which exceptions end; what decides on a change sees what a unit has set at rest.
 */
export const redisDirectory = (
  redis: Redis,
  keys: Keys,
  realNow: () => number,
  clock: () => number = realNow,
): Directory & { /** Drops what is cached: the store was emptied. */ forget(): void } => {
  const change = scopeChanges(redis, keys, realNow);
  const key = (name: string) => keys.projection('org', name);
  const cache = followed(redis, keys, realNow);

  const record = (id: string) =>
    cache.read(kept.member(id), async () => {
      const row = await confirmed(redis.hget(key(projections.members), id));
      return row === null ? null : readMember(id, row);
    });

  /** A second identity is the member it was merged into: nobody above this line sees it as somebody of its own. */
  const member = async (id: string): Promise<Member | null> => {
    const found = await record(id);
    return found?.mergedInto === undefined ? found : member(found.mergedInto);
  };

  const tree = () =>
    cache.read(kept.units, async () => {
      const rows = await confirmed(redis.hgetall(key(projections.units)));
      const all = Object.entries(rows)
        .map(([id, row]) => readUnit(id, row))
        .sort(byUnitCode);
      return all;
    });

  let shown: { of: readonly Unit[]; until: number; tree: Tree; common: Common } | null = null;
  /** The tree as it is in force now. */
  const treeNow = async (): Promise<Tree> => {
    const of = await tree();
    // Most organisations have no exception, and this is asked for each message.
    if (shown?.of !== of || (shown.until !== Number.POSITIVE_INFINITY && clock() >= shown.until)) {
      const now = clock();
      shown = {
        of,
        until: nextEnd(of, now),
        tree: treeOf(of.map((unit) => inForceAt(unit, now))),
        common: commonOf(of),
      };
    }
    return shown.tree;
  };

  const people = async (index: string): Promise<readonly Member[]> => {
    const ids = (await confirmed(redis.hkeys(key(index)))).sort();
    if (ids.length === 0) return [];
    const rows = await confirmed(redis.hmget(key(projections.members), ...ids));
    return ids.flatMap((id, i) => {
      const row = rows[i];
      return row == null ? [] : [readMember(id, row)];
    });
  };

  const peopleIn = (index: string) => cache.read(kept.people(index), () => people(index));
  const readOfficers = () => cache.read(kept.officers, () => people(projections.officers));

  return {
    forget: cache.forget,
    ...historyReader(redis, keys),
    member,
    units: async () => (await treeNow()).all,
    unit: async (id) => (await treeNow()).byId.get(id) ?? null,
    common: () => shown?.common ?? NOTHING_SET,
    unitOfChat: async (chat) => (await treeNow()).byChat.get(chatKey(chat)) ?? null,
    membersOf: (id) => peopleIn(projections.membersOf(id)),
    officers: readOfficers,
    everybody: async () =>
      (await everyMember(redis, key(projections.members))).filter((one) => one.mergedInto === undefined),

    async erase(whom, cause) {
      // Read when it is wanted: no start waits for it.
      const { erasing } = await import('./erasing.ts');
      const facts = await erasing(redis, keys, realNow).erase(whom, cause);
      cache.changed();
      return facts;
    },

    async known(ids) {
      if (ids.length === 0) return new Map();
      const rows = await confirmed(redis.hmget(key(projections.members), ...ids));
      const found = new Map<string, Member>();
      for (const [i, id] of ids.entries()) {
        const row = rows[i];
        if (row == null) continue;
        const one = readMember(id, row);
        const meant = one.mergedInto === undefined ? one : await member(id);
        if (meant) found.set(id, meant);
      }
      return found;
    },
    async *people() {
      for await (const rows of memberRows(redis, key(projections.members)))
        yield rows.map(([id, row]) => readMember(id, row)).filter((one) => one.mergedInto === undefined);
    },

    async change(action, about, decide, cause) {
      const facts = await change<Json>(
        'org',
        cause,
        async () => {
          cache.changed();
          const [known, officers, ...members] = await Promise.all([tree(), readOfficers(), ...about.map(member)]);
          const asked = new Map(about.map((id, i) => [id, members[i] ?? null]));
          const before = new Map(
            [...asked.values(), ...officers].flatMap((one) => (one ? [[one.id, one] as const] : [])),
          );
          const find = (id: string) => asked.get(id) ?? before.get(id) ?? null;
          const decision = decide({ units: known, officers, member: find });
          return {
            action,
            bucket: '',
            text: null,
            facts: decision.facts,
            writes: [...unitWrites(decision, known), ...memberWrites(decision, before, realNow())],
          };
        },
        (facts) => facts as Json,
      );
      cache.changed();
      return facts as never;
    },
  };
};

const NOTHING_SET: Common = { notice: '', secrets: [] };

type Tree = {
  readonly all: readonly Unit[];
  readonly byId: ReadonlyMap<string, Unit>;
  readonly byChat: ReadonlyMap<string, Unit>;
};

const treeOf = (all: readonly Unit[]): Tree => ({
  all,
  byId: new Map(all.map((unit) => [unit.id, unit])),
  byChat: new Map(all.flatMap((unit) => unit.chats.map((chat) => [chat, unit] as const))),
});

const MEMBERS_AT_ONCE = 1_000;

/** In batches, so that a city's hundred thousand people hold nobody up. A batch may bring somebody a second time. */
async function* memberRows(redis: Redis, key: string): AsyncGenerator<readonly (readonly [id: string, row: string])[]> {
  let cursor = '0';
  do {
    const [next, batch] = await confirmed(redis.hscan(key, cursor, 'COUNT', MEMBERS_AT_ONCE));
    yield batch.flatMap((id, i) => (i % 2 === 0 ? [[id, batch[i + 1] ?? ''] as const] : []));
    cursor = next;
  } while (cursor !== '0');
}

const everyMember = async (redis: Redis, key: string): Promise<readonly Member[]> => {
  const rows = new Map<string, string>();
  for await (const batch of memberRows(redis, key)) for (const [id, row] of batch) rows.set(id, row);
  return [...rows].map(([id, row]) => readMember(id, row)).sort((a, b) => (a.id < b.id ? -1 : 1));
};

const unitWrites = ({ units = [] }: Decision<Json>, known: readonly Unit[]): Write[] =>
  units.flatMap((unit) => {
    const old = known.find(({ id }) => id === unit.id);
    return [[projections.units, unit.id, old ? packUnit(old) : null, packUnit(atRest(unit, old))] as const];
  });

const memberWrites = (
  { members = [] }: Decision<Json>,
  before: ReadonlyMap<string, Member | null>,
  realNow: number,
): Write[] =>
  members.flatMap((decided) => {
    const old = before.get(decided.id) ?? null;
    const hasMoved = old?.unit && old.unit !== decided.unit;
    // What the second identity said before it was merged may come again as well.
    const second = members.find(({ mergedInto }) => mergedInto === decided.id);
    const merged = second ? before.get(second.id)?.unit : null;
    const left = hasMoved ? old.unit : merged && merged !== decided.unit ? merged : null;
    const member = left ? { ...decided, formerly: { unit: left, until: realNow } } : decided;
    const writes: Write[] = [[projections.members, member.id, old ? packMember(old) : null, packMember(member)]];
    if (hasMoved) writes.push([projections.membersOf(old.unit), member.id, '1', null]);
    if (member.unit && old?.unit !== member.unit)
      writes.push([projections.membersOf(member.unit), member.id, null, '1']);
    const [was, is] = [(old?.roles.length ?? 0) > 0, member.roles.length > 0];
    if (was !== is) writes.push([projections.officers, member.id, was ? '1' : null, is ? '1' : null]);
    return writes;
  });
