import type { Redis } from 'ioredis';
import { byUnitCode, subtree, type Unit, type UnitId } from '../domain/organisation.ts';
import type { MemberId } from '../message.ts';
import { type Keys, projections } from './keys.ts';
import { readMember, readUnit } from './organisation-rows.ts';
import { confirmed } from './redis.ts';
import { entriesOf } from './replay.ts';

/** The units in which they ever had a place or an office, with what lies below. */
export const placesOf = async (redis: Redis, keys: Keys, ids: ReadonlySet<MemberId>): Promise<readonly UnitId[]> => {
  const own = new Set<UnitId>();
  for await (const entries of entriesOf(redis, keys, 'org')) {
    for (const [name, id, ...rows] of entries.flatMap(({ writes }) => writes)) {
      if (name !== projections.members || !ids.has(id)) continue;
      for (const row of rows) {
        if (row === null) continue;
        const { unit, roles, formerly } = readMember(id, row);
        for (const place of [unit, formerly?.unit, ...roles.map((grant) => grant.unit)]) if (place) own.add(place);
      }
    }
  }
  const rows = await confirmed(redis.hgetall(keys.projection('org', projections.units)));
  const units: readonly Unit[] = Object.entries(rows).map(([id, row]) => readUnit(id, row));
  const all = new Set([...own].flatMap((unit) => subtree(units, unit).map(({ id }) => id)));
  return [...all].sort((a, b) => byUnitCode({ id: a }, { id: b }));
};
