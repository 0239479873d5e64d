/** How people are named in commands, and how those of the same name are told apart in answers. */
import { nameKey, sameName } from './names.ts';
import type { Member } from './organisation.ts';

/** The part of a member id that the platform gave. */
const userIdOf = (id: string): string => id.slice(id.indexOf(':') + 1);

/** An id up to this length is printed whole; of longer ones the last characters. */
const WHOLE = 12;
const SHORTEST_TAIL = 4;

const tailOf = (id: string, length: number): string => {
  const userId = userIdOf(id);
  return userId.length <= Math.max(WHOLE, length) ? userId : `…${userId.slice(-length)}`;
};

/** What to print for each of `members`, by id: the name; with the end of the id where a name is missing or shared. */
export const labels = (members: readonly Member[]): ReadonlyMap<string, string> => {
  const namesakes = Map.groupBy(members, ({ name }) => (name === null ? null : nameKey(name)));
  const labelled = members.map(({ id, name }) => {
    const group = namesakes.get(name === null ? null : nameKey(name)) ?? [];
    if (name !== null && group.length === 1) return [id, name] as const;
    const tail = tailOf(id, tellingLength(group.map((other) => userIdOf(other.id))));
    return [id, name === null ? tail : `${name}（${tail}）`] as const;
  });
  return new Map(labelled);
};

/** How a person is called when it must be sure who is meant: name and id. */
export const fullLabel = ({ id, name }: Pick<Member, 'id' | 'name'>): string =>
  name === null ? tailOf(id, SHORTEST_TAIL) : `${name}（${tailOf(id, SHORTEST_TAIL)}）`;

/** How many last characters tell these ids apart. */
const tellingLength = (ids: readonly string[]): number => {
  const longest = Math.max(...ids.map((id) => id.length));
  let length = SHORTEST_TAIL;
  while (length < longest && new Set(ids.map((id) => id.slice(-length))).size < ids.length) length += 1;
  return length;
};

/**
 * The member id that `spoken` writes: a user id of `platform`, or any platform's with that before it; null when it is
 * none.
 */
export const idSpelt = (spoken: string, platform: string, platforms: readonly string[]): string | null => {
  const id = spoken.replace(/^[@＠]/, '');
  const [, of = platform, userId] = /^(?:([a-z]+):)?([A-Za-z0-9][\w.@-]{1,63})$/.exec(id) ?? [];
  return userId !== undefined && platforms.includes(of) ? `${of}:${userId}` : null;
};

/**
 * Takes a mention's text out: `@` and name or user id, else the first word with `@`; as it is where the platform left
 * none.
 */
export const withoutMention = (text: string, person: { readonly id: string; readonly name?: string }): string => {
  const plainAt = text.replaceAll('＠', '@');
  for (const called of [person.name, person.id]) {
    const at = called ? plainAt.indexOf(`@${called}`) : -1;
    if (called && at >= 0) return `${text.slice(0, at)} ${text.slice(at + 1 + called.length)}`.trim();
  }
  return text.replace(/[@＠]\S*/u, ' ').trim();
};

/**
 * Those of `members` whom `words` may mean: the one with that user id (alone, with the platform before it, or behind the
 * name as `labels` prints it), else those whose id ends as written after `…` (with or without the name before it), else those of that name.
 */
export const peopleNamed = (words: string, platform: string, members: readonly Member[]): readonly Member[] => {
  const spoken = words.replace(/^[@＠]/, '').trim();
  const byId = members.find(({ id }) => id === `${platform}:${spoken}` || id === spoken);
  if (byId) return [byId];
  const [, called = '', id = ''] = /^(.+?)[（(]([^…）)]+)[）)]$/u.exec(spoken) ?? [];
  const [, name = '', tail] = /^(.*?)[（(]?(?:…|\.\.\.?)([^）)]+)[）)]?$/u.exec(spoken) ?? [];
  const isNamed = (member: Member, by: string) => member.name !== null && sameName(member.name, by);
  const asLabelled = members.filter((member) => userIdOf(member.id) === id && isNamed(member, called));
  if (asLabelled.length > 0) return asLabelled;
  if (tail === undefined) return members.filter((member) => isNamed(member, spoken));
  return members.filter((member) => member.id.endsWith(tail) && (name === '' || isNamed(member, name)));
};
