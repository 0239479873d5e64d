import type { Person } from '../../message.ts';

/** What is left of a typed text, and who was mentioned in it. */
export type Mentioned = {
  /** Without the mention of the bot; the others stay where they were. */
  readonly text: string;
  /** Whether the bot was mentioned. */
  readonly addressed: boolean;
  readonly mentions: readonly Person[];
};

/**
 * Finds `@name` and `@id` in a typed text. A name ends where no letter or digit follows; one that two people have
 * mentions nobody, since a wrong guess would give somebody else's work or rights away.
 */
export const readMentions = (typed: string, botName: string, people: readonly Person[]): Mentioned => {
  const called = calledBy(people);
  const mentions = new Map<string, Person>();
  let addressed = false;

  const text = typed.replace(MENTION, (at: string, name: string) => {
    if (name === botName) {
      addressed = true;
      return '';
    }
    const meant = called.get(name);
    if (meant) mentions.set(meant.id, meant);
    return at;
  });
  return { text: addressed ? text.trim() : text, addressed, mentions: [...mentions.values()] };
};

/** Name or id -> the only one called so; null where there are two. */
const calledBy = (people: readonly Person[]): ReadonlyMap<string, Person | null> => {
  const called = new Map<string, Person | null>();
  for (const person of people) {
    for (const name of new Set([person.id, person.name ?? person.id]))
      called.set(name, called.has(name) ? null : person);
  }
  return called;
};

// Ids may hold hyphens and dots; a dot at the end belongs to the sentence.
const MENTION = /[@＠]([\p{L}\p{N}_]+(?:[-.·][\p{L}\p{N}_]+)*)/gu;
