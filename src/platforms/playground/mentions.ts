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
  const mentions = new Map<string, Person>();
  let addressed = false;

  const text = typed.replace(MENTION, (at: string, name: string) => {
    if (name === botName) {
      addressed = true;
      return '';
    }
    const meant = people.filter((person) => person.name === name || person.id === name);
    if (meant.length === 1 && meant[0]) mentions.set(meant[0].id, meant[0]);
    return at;
  });
  return { text: addressed ? text.trim() : text, addressed, mentions: [...mentions.values()] };
};

// Ids may hold hyphens and dots; a dot at the end belongs to the sentence.
const MENTION = /[@＠]([\p{L}\p{N}_]+(?:[-.·][\p{L}\p{N}_]+)*)/gu;
