import { randomUUID } from 'node:crypto';
import { afterAll, inject } from 'vitest';
import type { Member, Unit } from '../src/domain/organisation.ts';
import { memberId, type Person } from '../src/message.ts';
import { redisDirectory } from '../src/store/directory.ts';
import { keysIn } from '../src/store/keys.ts';
import { connect, ready } from '../src/store/redis.ts';
import { redisReports } from '../src/store/reports.ts';
import { at, cause, day, ledger, monday } from './values.ts';

export const redis = connect(inject('redis'), ledger().log);
await ready(redis, 5_000);
afterAll(() => redis.disconnect());

export const realNow = () => Date.now();

const thatMonday = at(monday).epochMilliseconds;

/** An organisation of its own, on real stores; or another's, as after a restart of the bot. */
export const organisation = (namespace = `t-${randomUUID().slice(0, 8)}`, now = realNow, clock = () => thatMonday) => {
  const keys = keysIn(namespace);
  const directory = redisDirectory(redis, keys, now, clock);
  const reports = redisReports(redis, keys, now);

  /** Makes a unit by hand, without a command. */
  const unit = async (name: string, more: Partial<Unit> = {}): Promise<Unit> => {
    const id = await directory.change(
      'bind',
      [],
      ({ units }) => {
        const made: Unit = { id: `u${units.length + 1}`, name, parent: null, settings: {}, chats: [], ...more };
        return { units: [made], facts: made.id };
      },
      cause('playground:setup'),
    );
    return (await directory.unit(id)) ?? Promise.reject(new Error(`no unit ${id}`));
  };

  /** Makes a person a member of `of` since the Friday before, with roles; answers the member id. */
  const member = (person: Person, of: Unit | null, roles: Member['roles'] = []): Promise<string> => {
    const id = memberId('playground', person);
    const made: Member = {
      id,
      name: person.name ?? null,
      unit: of?.id ?? null,
      since: of ? day('2026-11-20') : null,
      roles,
      unreachable: false,
    };
    return directory.change('join', [id], () => ({ members: [made], facts: id }), cause('playground:setup'));
  };

  return { namespace, keys, directory, reports, unit, member };
};
