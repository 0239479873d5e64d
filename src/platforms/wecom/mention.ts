/** Spaces of any width and what nobody sees: no source says which of them WeCom puts after a mention. */
const GAPS = '\\s\\u00ad\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2069\\ufeff';
const GAP = `[${GAPS}]`;
const AT = '[@＠]';
/** Apart from the gaps, so that a long run of either is walked once. */
const WORD = `[^${GAPS}@＠/／:：,，]+`;
/** The mention ends here, not in the middle of a longer name; a colon or comma after it goes with it. */
const END = `(?=$|${GAP}|[/／:：,，])${GAP}*[:：,，]?${GAP}*`;
/** More people than this are not mentioned before the bot. */
const MOST_OTHERS = 5;

/**
 * Takes the mention of the bot off what was said in a group. WeCom leaves it in the text as `@` and the bot's display
 * name, which may hold spaces. With `names` known the longest that fits is taken, at the start (other people may be
 * mentioned before it: they stay) or at the end; otherwise one word after an `@` at the start.
 */
export const withoutMention = (names: readonly string[]): ((text: string) => string) => {
  const known = names.filter((name) => name.trim() !== '').sort((a, b) => b.length - a.length);
  if (known.length === 0) {
    const anyWord = new RegExp(`^${GAP}*${AT}${WORD}${END}`, 'u');
    return (text) => text.replace(anyWord, '');
  }

  const bot = `${AT}(?:${known.map(spelled).join('|')})`;
  const atStart = new RegExp(`^${GAP}*((?:${AT}${WORD}${GAP}+){0,${MOST_OTHERS}}?)${bot}${END}`, 'u');
  const atEnd = new RegExp(`(?<=${GAP})${bot}${GAP}*$`, 'u');
  return (text) => (atStart.test(text) ? text.replace(atStart, '$1') : text.replace(atEnd, ''));
};

const spelled = (name: string) => name.trim().split(/\s+/u).map(literally).join(`${GAP}+`);
const literally = (word: string) => word.replace(/[\\^$.*+?()[\]{}|/-]/gu, '\\$&');
