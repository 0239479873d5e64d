import type { Member } from '../../domain/organisation.ts';
import type { Person } from '../../message.ts';
import type { Directory, Transcript } from '../../ports.ts';

export type Roll = Pick<Directory, 'member' | 'units' | 'membersOf' | 'officers'>;

const PREFIX = 'playground:';

/** Everybody whom the bot knows: by unit, then those with a role and no unit, then whoever once said something here. */
export const everybody = async (
  directory: Roll,
  transcript: Pick<Transcript, 'people'>,
): Promise<readonly Member[]> => {
  const units = await directory.units();
  const [officers, spoken, ...members] = await Promise.all([
    directory.officers(),
    transcript.people().then((ids) => Promise.all(ids.sort().map((id) => directory.member(PREFIX + id)))),
    ...units.map(({ id }) => directory.membersOf(id)),
  ]);
  return [
    ...new Map(
      [...members.flat(), ...officers, ...spoken.filter((member) => member !== null)].map((member) => [
        member.id,
        member,
      ]),
    ).values(),
  ];
};

/** The playground's own id of a member; null for those of another platform. */
export const ownId = (member: string): string | null =>
  member.startsWith(PREFIX) ? member.slice(PREFIX.length) : null;

/** Those of `members` who can be mentioned here. */
export const persons = (members: readonly Member[]): readonly Person[] =>
  members.flatMap(({ id, name }) => {
    const own = ownId(id);
    return own === null ? [] : [name === null ? { id: own } : { id: own, name }];
  });
