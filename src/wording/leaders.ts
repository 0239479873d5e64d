import type { Digest } from '../domain/digest.ts';
import { leadersAt } from '../domain/offices.ts';
import { labelled, type Unit } from '../domain/organisation.ts';
import { answeringUnit } from '../domain/requests.ts';
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
  const alike = Map.groupBy(leaders, ({ reach }) => reach.map(({ id }) => id).join());
  const written = [...alike.values()].map(async (group) => {
    const reach = labelled(units, group[0]?.reach ?? []);
    const own = reach.filter((each) => answeringUnit(each, units, officers)?.id === unit.id);
    const reply = await digestReply(unit, { reach, own }, digest, sources);
    return reply ? group.map(({ leader }) => ({ chat: directChat(leader.id), reply })) : [];
  });
  return (await Promise.all(written)).flat();
};
