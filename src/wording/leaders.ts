import { type Digest, spanOf } from '../domain/digest.ts';
import { leadersAt } from '../domain/offices.ts';
import { labelled, type Unit } from '../domain/organisation.ts';
import { firstToAnswer } from '../domain/requests.ts';
import { type Chat, directChat, type Reply } from '../message.ts';
import type { BoardLinks } from '../ports.ts';
import { linkTo } from './board-link.ts';
import { digestReply } from './digest.ts';
import type { DigestSources } from './read-digest.ts';

/**
 * What each leader gets at the hour of `unit`: those who answer for the same units get the same words, each with a link
 * of their own.
 */
export const digestsFor = async (
  unit: Unit,
  digest: Digest,
  sources: DigestSources & { readonly links: BoardLinks },
): Promise<readonly { readonly chat: Chat; readonly reply: Reply }[]> => {
  const [officers, units] = await Promise.all([sources.directory.officers(), sources.directory.units()]);
  const leaders = leadersAt(officers, units, unit.id).filter(({ leader }) => !leader.unreachable);
  const period = digest.kind === 'week' ? spanOf(digest) : null;
  const link = (id: string) => linkTo(id, unit, period, sources);
  const linked = leaders.map(async (one) => ({ ...one, link: await link(one.leader.id) }));
  const offices = (await Promise.all(linked)).map(({ leader, reach, link }) => ({
    ...{ leader, link },
    reach: labelled(units, reach),
    own: firstToAnswer(leader, reach, units, officers),
  }));
  const ids = (some: readonly Unit[]) => some.map(({ id }) => id).join();
  const alike = Map.groupBy(offices, ({ reach, own, link }) => `${ids(reach)};${ids(own)};${link.length}`);
  const written = [...alike.values()].map(async (group) => {
    const [office] = group;
    const reply = office
      ? await digestReply(unit, office, digest, { ...sources, linkLines: office.link.length })
      : null;
    return reply ? group.map(({ leader, link }) => ({ chat: directChat(leader.id), reply: [...reply, ...link] })) : [];
  });
  return (await Promise.all(written)).flat();
};
