import { cleanName, echoed } from '../domain/names.ts';
import { type Member, newcomer } from '../domain/organisation.ts';
import { idSpelt, peopleNamed } from '../domain/people.ts';
import { UserError } from '../errors.ts';
import type { Translate } from '../i18n.ts';
import { type MemberId, type Message, memberId, platformNames } from '../message.ts';
import type { Directory } from '../ports.ts';
import { onlyOne } from './people.ts';

type Asking = {
  readonly message: Message;
  readonly me: MemberId;
  readonly directory: Directory;
  readonly t: Translate;
  /** Among whom a name or id is looked for: everybody, unless somebody may know of some alone. */
  readonly among?: (person: Member) => boolean;
};

/** A name has no more words. */
const MOST_WORDS = 12;

/**
 * The `count` people (one or two) whom `typed` names, in that order: each by mention, as 我, by user id, or by a name
 * that one person alone has. Throws UserError where that is not clear.
 */
export const peopleMeant = async (typed: string, count: 1 | 2, asking: Asking): Promise<readonly Member[]> => {
  const { directory, t } = asking;
  const { among = () => true } = asking;
  const [units, all] = await Promise.all([directory.units(), directory.everybody()]);
  const everybody = all.filter(among);
  const words = wordsOf(typed, asking.message);
  const found = async (phrase: readonly string[]) => findAll(phrase.join(' '), everybody, asking);

  const whole = words.slice(0, MOST_WORDS);
  if (count === 1) return [onlyOne(await found(whole), spoken(whole, asking), { units, t })];
  for (let first = 1; first < whole.length; first += 1) {
    const [one, other] = [whole.slice(0, first), whole.slice(first)];
    const [ones, others] = await Promise.all([found(one), found(other)]);
    if (ones.length === 0 || others.length === 0) continue;
    return [onlyOne(ones, spoken(one, asking), { units, t }), onlyOne(others, spoken(other, asking), { units, t })];
  }
  throw new UserError('person.two-unknown', { words: echoed(typed) });
};

/** Stands for a mention among the words. */
const MENTION = /^@#(\d+)$/;

/** The words, each mention one of them; those that the platform left no text for come first. */
const wordsOf = (typed: string, { mentions }: Message): readonly string[] => {
  let said = typed.replaceAll('＠', '@').replaceAll('@#', '@');
  const unseen: string[] = [];
  for (const [i, { id, name }] of mentions.entries()) {
    const called = [name, id].find((each) => each && said.includes(`@${each}`));
    if (called) said = said.replace(`@${called}`, () => ` @#${i} `);
    else unseen.push(`@#${i}`);
  }
  return [...unseen, ...cleanName(said).split(' ')].filter((word) => word !== '');
};

const spoken = (words: readonly string[], { message }: Asking): string =>
  words
    .map((word) => {
      const person = message.mentions[Number(MENTION.exec(word)?.[1])];
      return person ? (person.name ?? person.id) : word;
    })
    .join(' ');

const findAll = async (
  phrase: string,
  everybody: readonly Member[],
  { message, me, directory, among = () => true }: Asking,
): Promise<readonly Member[]> => {
  const mentioned = message.mentions[Number(MENTION.exec(phrase)?.[1])];
  if (mentioned) {
    const id = memberId(message.platform, mentioned);
    return [(await directory.member(id)) ?? newcomer(id, mentioned.name ?? null)];
  }
  if (['我', '本人', 'me'].includes(phrase)) return [(await directory.member(me)) ?? newcomer(me, null)];
  const named = peopleNamed(phrase, message.platform, everybody);
  const id = named.length === 0 ? idSpelt(phrase, message.platform, platformNames) : null;
  // The id of a second identity is that of the member it was merged into.
  const known = id === null ? null : await directory.member(id);
  return known && among(known) ? [known] : named;
};
