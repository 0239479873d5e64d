/** Reads what follows /任命: a person, a role, perhaps a unit, in the order in which people say it. */
import { cleanName } from './names.ts';
import { readPath } from './organisation.ts';
import { type Role, roleAtEnd, roleNamed } from './roles.ts';
import { plain } from './spoken.ts';

export type AppointmentText = {
  /** Words that name the person; with a mention they are empty, or a unit that stood before the role. */
  readonly person: string;
  /** A unit's path; empty when none was said. */
  readonly unit: readonly string[];
  /** Null: no role was said, or none that exists. */
  readonly role: Role | null;
  /** 免去 was said. */
  readonly take: boolean;
};

const TAKE = new Set(['免去', '免', '撤销', '撤', '取消', '移除', 'remove', 'revoke']);
const FILLER = new Set(['为', '任', '担任', '当', '的', 'as', 'of', 'in']);

/**
 * `张三 联络员`, `联络员 张三`, `张三 为城关镇联络员`, `张三 免去 联络员 城关镇`. `isMentioned`: the person was named by a
 * mention, whose text is no longer in `text`.
 */
export const readAppointment = (text: string, isMentioned: boolean): AppointmentText => {
  const words = paired(cleanName(text).split(' ')).filter((word) => word !== '' && !FILLER.has(plain(word)));
  const take = words.some((word) => TAKE.has(plain(word)));
  const rest = words.filter((word) => !TAKE.has(plain(word)));
  // `管理员 联络员`: nobody gets a right for being called like one.
  const isTwofold = !isMentioned && rest.filter((word) => roleNamed(word) !== null).length > 1;
  const { before, role, after } = isTwofold ? { before: rest, role: null, after: [] } : splitAtRole(rest);

  // `联络员 张三 城关镇`: the role came first.
  if (before.length === 0 && !isMentioned) return { person: after[0] ?? '', unit: pathIn(after.slice(1)), role, take };
  if (after.length > 0 || isMentioned)
    return { person: isMentioned ? '' : before.join(' '), unit: pathIn(after.length > 0 ? after : before), role, take };
  // `张三 城关镇 联络员` or a name of two words: whoever looks the person up decides.
  return { person: before.join(' '), unit: [], role, take };
};

/** `unit head` is one role. */
const paired = (words: readonly string[]): readonly string[] => {
  const all: string[] = [];
  for (const word of words) {
    const pair = `${all.at(-1)} ${word}`;
    if (roleNamed(pair)) all.splice(-1, 1, pair);
    else all.push(word);
  }
  return all;
};

const splitAtRole = (words: readonly string[]) => {
  const at = words.findIndex((word) => roleNamed(word) !== null);
  const named = words[at];
  if (named !== undefined) return { before: words.slice(0, at), role: roleNamed(named), after: words.slice(at + 1) };
  // `为城关镇联络员`: the unit and the role in one word.
  for (const [i, word] of words.entries()) {
    const end = roleAtEnd(word.replace(/^为/, ''));
    if (!end) continue;
    return { before: words.slice(0, i), role: end.role, after: [end.before, ...words.slice(i + 1)] };
  }
  return { before: words, role: null, after: [] };
};

const pathIn = (words: readonly string[]): readonly string[] => readPath(words.join(' '));
