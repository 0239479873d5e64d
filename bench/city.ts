import type { Redis } from 'ioredis';
import type { Member, Unit } from '../src/domain/organisation.ts';
import { redisDirectory } from '../src/store/directory.ts';
import { keysIn, projections } from '../src/store/keys.ts';
import { packMember, packUnit } from '../src/store/organisation-rows.ts';
import { redisReports } from '../src/store/reports.ts';
import { day } from '../test/values.ts';

export const PEOPLE = 20;
const UNITS_AT_ONCE = 200;

const unitOf = (u: number, over: Partial<Unit> = {}): Unit => ({
  id: `u${u + 1}`,
  name: `单位${u}`,
  parent: null,
  settings: {},
  chats: [],
  ...over,
});
export const idOf = (u: number, p: number): string => `playground:zhang${u * PEOPLE + p}`;

/**
 * An organisation of `count` units of twenty, the first of each its coordinator and the second its leader, below one
 * unit at the top. Its rows are written as the store keeps them, without a change for each.
 */
export const city = async (redis: Redis, namespace: string, count: number) => {
  const keys = keysIn(namespace);
  const realNow = () => Date.now();
  const units = Array.from({ length: count }, (_, u) => unitOf(u, { parent: u === 0 ? null : 'u1' }));
  const rolesIn = (unit: string, p: number): Member['roles'] =>
    p === 0 ? [{ role: 'coordinator', unit }] : p === 1 ? [{ role: 'leader', unit }] : [];

  const org = (name: string) => keys.projection('org', name);
  for (let from = 0; from < count; from += UNITS_AT_ONCE) {
    const writes = redis.pipeline();
    for (const [i, unit] of units.slice(from, from + UNITS_AT_ONCE).entries()) {
      writes.hset(org(projections.units), unit.id, packUnit(unit));
      for (let p = 0; p < PEOPLE; p += 1) {
        const id = idOf(from + i, p);
        const member: Member = {
          id,
          name: `第${p}人`,
          unit: unit.id,
          since: day('2026-01-01'),
          roles: rolesIn(unit.id, p),
          unreachable: false,
        };
        writes.hset(org(projections.members), id, packMember(member));
        writes.hset(org(projections.membersOf(unit.id)), id, '1');
        if (member.roles.length > 0) writes.hset(org(projections.officers), id, '1');
      }
    }
    await writes.exec();
  }
  return { keys, units, directory: redisDirectory(redis, keys, realNow), reports: redisReports(redis, keys, realNow) };
};
