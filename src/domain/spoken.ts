/** What was typed: the command token in any width and after any invisible character; the body stays as typed. */
import { soundsLike } from './nearest.ts';

/** Zero-width and direction characters, which chat clients add and nobody sees. */
const INVISIBLE = /\p{Cf}|\u034f|[\ufe00-\ufe0f]/gu;
/** A command's name is short; what goes on longer without a space is looked at this far. */
const MOST_LETTERS = 24;

export type Spoken = {
  /** In its plain form: NFKC, lower case. Empty for `/` alone. */
  readonly name: string;
  /** The text after the name, as typed. */
  readonly rest: string;
};

/**
 * The command that `text` names; null when it does not begin with a slash of any width. A name may be followed by its
 * text without a space (`/日清走访3户`) when the longest known name that fits ends there.
 */
export const readCommand = (text: string, known: { has(name: string): boolean }): Spoken | null => {
  const slash = skipMention(text, skip(text, 0));
  if (text[slash] !== '/' && text[slash] !== '／') return null;
  let at = skip(text, slash + 1);
  while (text[at] === '/' || text[at] === '／') at = skip(text, at + 1);

  let end = at;
  while (end < text.length && end - at < MOST_LETTERS && !isSpace(text[end])) end += 1;
  const token = plain(text.slice(at, end));
  if (known.has(token)) return { name: token, rest: text.slice(end).trim() };

  for (let cut = end - 1; cut > at; cut -= 1) {
    const head = plain(text.slice(at, cut));
    if (!known.has(head)) continue;
    // Latin names need an end of their own: /rqx is not /rq x.
    if (/[a-z]$/.test(head) && /^[a-z]/.test(plain(text.slice(cut, cut + 1)))) continue;
    // 日清周结 is what the whole is called, and no report.
    if (known.has(plain(text.slice(cut, end)))) continue;
    return {
      name: head,
      rest: text
        .slice(cut)
        .replace(/^[:：,，、]/, '')
        .trim(),
    };
  }
  return { name: token, rest: text.slice(end).trim() };
};

/**
 * The known name that `text` begins with though no slash is before it, and what follows; null when it begins with none.
 * Other characters of the same sound count where something follows: 日青 走访3户.
 */
export const nameWithoutSlash = (text: string, known: readonly string[]): Spoken | null => {
  // In Chinese input the key of the slash writes 、; other signs only look like one.
  const said = text.trim().replace(/^[、\\·。.!！∕⁄╱＼|｜]+\s*/u, '');
  const token = said.split(/[\s:：,，]/u, 1)[0]?.slice(0, MOST_LETTERS) ?? '';
  const first = plain(token);
  const rest = said
    .slice(token.length)
    .replace(/^\s*[:：,，]/u, '')
    .trim();
  if (known.includes(first)) return { name: first, rest };
  const meant = rest !== '' && first.length > 1 ? known.find((name) => soundsLike(first, name)) : undefined;
  return meant === undefined ? null : { name: meant, rest };
};

/** NFKC, lower case, without invisible characters. */
export const plain = (token: string): string =>
  token.toWellFormed().normalize('NFKC').replace(INVISIBLE, '').trim().toLowerCase();

const isSpace = (letter: string | undefined) => letter !== undefined && letter !== '\ufeff' && /\s/u.test(letter);
const isInvisible = (letter: string | undefined) => letter?.replace(INVISIBLE, '') === '';

const skip = (text: string, from: number): number => {
  let at = from;
  while (isSpace(text[at]) || isInvisible(text[at])) at += 1;
  return at;
};

/** Past a mention that stands before the slash, else `from` again. */
const skipMention = (text: string, from: number): number => {
  if (text[from] !== '@' && text[from] !== '＠') return from;
  let at = from;
  while (at < text.length && at - from < MOST_LETTERS && !isSpace(text[at])) at += 1;
  return skip(text, at);
};
