/**
 * How the playground's interface spells what the house knows: its own ids, ISO times with offset, plain text beside
 * blocks.
 */
import { isoTime } from '../domain/local-time.ts';
import type { Member, Unit } from '../domain/organisation.ts';
import { rolesOf } from '../domain/roles.ts';
import { plain, type Reply } from '../message.ts';
import type { Line } from '../ports.ts';

const PREFIX = 'playground:';

/** `wang` for `playground:wang`; members of other platforms keep the whole. */
const personId = (member: string): string => (member.startsWith(PREFIX) ? member.slice(PREFIX.length) : member);

const blocks = (said: Reply): Reply =>
  said.flatMap((block) => {
    if (block.kind === 'picture') return [];
    return [block.kind === 'mention' ? { ...block, member: personId(block.member) } : block];
  });

export const replyOut = ({ chat, said }: Line) => ({ chat: chat.id, text: plain(said), blocks: blocks(said) });

export const postOut = (line: Line) => ({
  ...replyOut(line),
  job: line.source?.job ?? null,
  slot: line.source?.slot ?? null,
});

/** A line as the page shows it. */
export const lineOut = (line: Line, zone: string) => ({
  n: line.n,
  id: line.id,
  at: isoTime(line.at, zone),
  kind: line.chat.kind,
  from: line.from,
  ...postOut(line),
});

const GROUP = /^playground:group:/;

export const stateOut = (units: readonly Unit[], members: readonly Member[]) => ({
  units: units.map(({ id, name, parent, chats }) => ({
    id,
    name,
    chat: chats.find((chat) => GROUP.test(chat))?.replace(GROUP, '') ?? null,
    parent,
  })),
  members: members.map((member) => ({
    id: personId(member.id),
    name: member.name,
    unit: member.unit,
    roles: [...rolesOf(member)],
  })),
});
