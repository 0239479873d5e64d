import type { Digest } from '../domain/digest.ts';
import { leadersAt } from '../domain/offices.ts';
import { labelled, type Unit } from '../domain/organisation.ts';
import { firstToAnswer } from '../domain/requests.ts';
import { type Chat, directChat, type Reply } from '../message.ts';
import { digestReply } from './digest.ts';
import type { DigestSources } from './read-digest.ts';

/** What each leader gets at the hour of `unit`: those who answer for the same units get the same words. */
export const digestsFor = async (
  unit: Unit,
  digest: Digest,
  sources: DigestSources,
): Promise<readonly { readonly chat: Chat; readonly reply: Reply }[]> => {
  const [officers, units] = await Promise.all([sources.directory.officers(), sources.directory.units()]);
  const leaders = leadersAt(officers, units, unit.id).filter(({ leader }) => !leader.unreachable);
  const offices = leaders.map(({ leader, reach }) => ({
    leader,
    reach: labelled(units, reach),
    own: firstToAnswer(leader, reach, units, officers),
  }));
  const ids = (some: readonly Unit[]) => some.map(({ id }) => id).join();
  const alike = Map.groupBy(offices, ({ reach, own }) => `${ids(reach)};${ids(own)}`);
  const written = [...alike.values()].map(async (group) => {
    const [office] = group;
    const reply = office ? await digestReply(unit, office, digest, sources) : null;
    return reply ? group.map(({ leader }) => ({ chat: directChat(leader.id), reply })) : [];
  });
  return (await Promise.all(written)).flat();
};
