/** The words that open a section of a report, and where they do. */
import { matchAt } from './match-at.ts';
import { afterNumbering, numberAt } from './numbering.ts';
import { cut, type Piece } from './piece.ts';

export type Section = 'done' | 'open' | 'plan' | 'help';

/** One stretch of a text. `opens` is the section that a word before it opened; null: it goes on in the one before. */
export type Part = { readonly opens: Section | null; readonly words: Piece };

/** A space is enough after these; the others need a colon, brackets or a line of their own. */
const shortList: Readonly<Record<Section, string>> = {
  done: '完成|已完成|今日|今天|今日完成|今天完成',
  open: '未清|未完成|遗留',
  plan: '明日|明天|计划|明日计划|明天计划',
  help: '求助|需协调',
};
const longList: Readonly<Record<Section, string>> = {
  done: '今日已完成|今日工作|今天工作|本日工作|完成事项|完成情况|完成工作|已办结|今日事项|已完成事项|完成任务|done|done today|today|completed|finished',
  open: '未清事项|未完成事项|未完成工作|遗留事项|遗留问题|遺留|今日未清|今日未完成|待办|待办事项|未办结|进行中|推进中|正在推进|正在办理|存在问题|存在的问题|存在困难|困难问题|问题困难|存在问题及困难|open|unfinished|not done|pending',
  plan: '明日工作|明日安排|明日工作计划|明天工作|明天安排|計劃|工作计划|下一步|下一步计划|下步计划|下步打算|下一步打算|下步工作|下一步工作|明日打算|明天打算|次日计划|下周计划|下周工作|tomorrow|plan|plans|next|next steps|todo',
  help: '求助事项|需协调事项|需协调问题|需要协调|需協調|需支持|需要支持|请求协调|请求支持|需领导协调|待协调|help|help needed|blocked|blockers',
};

const sections = ['done', 'open', 'plan', 'help'] as const;
const sectionOf: ReadonlyMap<string, Section> = new Map(
  sections.flatMap((section) =>
    `${shortList[section]}|${longList[section]}`.split('|').map((word): [string, Section] => [word, section]),
  ),
);
const shortWords: ReadonlySet<string> = new Set(Object.values(shortList).flatMap((list) => list.split('|')));
const longestFirst = [...sectionOf.keys()].sort((a, b) => b.length - a.length);
const WORD = new RegExp(longestFirst.join('|'), 'y');

// What people set before and behind a heading: brackets, asterisks, a picture.
const BEFORE = /(?:#{1,3} )?(?:[ *【[(「〔]|\p{Extended_Pictographic}|\ufe0f){0,8}/uy;
const BEHIND = /([ *】\])」〕]*)([:﹕∶]?)[ *]*/y;

type Heading = {
  readonly section: Section;
  /** Where the words under it begin. */
  readonly end: number;
  readonly by: 'colon' | 'brackets' | 'line' | 'number' | 'space';
};

const headingAt = (text: string, at: number): Heading | null => {
  const before = matchAt(BEFORE, text, at)?.[0] ?? '';
  const word = matchAt(WORD, text, at + before.length)?.[0] ?? '';
  const section = sectionOf.get(word);
  if (!section) return null;

  const behind = at + before.length + word.length;
  const [all = '', closed = '', colon = ''] = matchAt(BEHIND, text, behind) ?? [];
  const end = behind + all.length;
  const isOpened = /[【[(「〔]/.test(before);
  if (isOpened !== /[】\])」〕]/.test(closed)) return null;
  if (colon) return { section, end, by: 'colon' };
  // Two asterisks on either side make words bold, and a heading of them.
  if (isOpened || (before.includes('**') && closed.startsWith('**'))) return { section, end, by: 'brackets' };
  if (end === text.length) return { section, end, by: 'line' };
  if (isFirst(text, end)) return { section, end, by: 'number' };
  return closed === ' ' && shortWords.has(word) ? { section, end, by: 'space' } : null;
};

/** Whether a list begins here, as in 今日完成1、走访. */
const isFirst = (text: string, at: number): boolean => {
  const number = numberAt(text, at);
  return number?.value === 1 && !number.doubtful;
};

/**
 * A heading after other words: in 【】, or with a colon after a space or a stop, or with spaces where the text began so.
 */
const headingInside = (text: string, at: number, bySpaces: boolean): Heading | null => {
  const [last, first] = [text[at - 1] ?? '', text[at] ?? ''];
  if (first !== '【' && (!/[ ,.。!?]/.test(last) || /[ *[(「〔]/.test(first))) return null;
  const heading = headingAt(text, at);
  // 明日 完成 合同签订: what is done comes first or not at all.
  if (heading?.by === 'space') return bySpaces && last === ' ' && heading.section !== 'done' ? heading : null;
  if (heading?.by === 'line') return null;
  // In English `the visit plan: approved` is a sentence; after a stop it is a heading.
  const isWord = /[a-z]/.test(first) && last === ' ' && !/[,.!?。]/.test(text[at - 2] ?? '');
  return isWord ? null : heading;
};

/**
 * Cuts a line at its headings; `current` is the section in which it begins. A heading stands at the beginning (with a
 * colon, in brackets, alone, or before a space) or after other words (see `headingInside`), never inside brackets.
 * Inside a line a word that would not change the section is content: 走访5户，完成：3户.
 */
export const partsOf = (line: Piece, current: Section): Part[] => {
  const text = line.plain;
  const parts: Part[] = [];
  let opens: Section | null = null;
  let bySpaces = false;
  let from = 0;

  // 一、今日完成：… has its number before, 【今日】完成：… has two words.
  for (let at = afterNumbering([text])[0] ?? 0; ; at = from) {
    const heading = headingAt(text, at);
    const goesOn = heading && (!opens || heading.section === opens || /colon|brackets/.test(heading.by));
    if (!goesOn) break;
    opens = heading.section;
    from = heading.end;
    bySpaces ||= heading.by === 'space';
  }
  // Most lines have nothing that could be a heading.
  const mayHaveMore = bySpaces || /[:﹕∶】]/.test(text.slice(from));
  const closings = mayHaveMore ? closingsOf(text) : new Map<number, number>();
  for (let at = from; mayHaveMore && at < text.length; at += 1) {
    const heading = headingInside(text, at, bySpaces);
    if (heading && heading.section !== (opens ?? current)) {
      parts.push({ opens, words: cut(line, from, at) });
      opens = heading.section;
      from = heading.end;
      at = heading.end - 1;
    } else at = closings.get(at) ?? at;
  }
  return [...parts, { opens, words: cut(line, from) }];
};

/** Where each opening bracket of a line is closed; those that stay open are not in it. */
export const closingsOf = (text: string): ReadonlyMap<number, number> => {
  if (!OPENS.test(text)) return new Map();
  const closings = new Map<number, number>();
  const opened: { at: number; kind: number }[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const kind = OPENING.indexOf(text[at] ?? '');
    if (kind >= 0) opened.push({ at, kind });
    const last = opened.at(-1);
    if (!last || text[at] !== CLOSING[last.kind]) continue;
    opened.pop();
    closings.set(last.at, at);
  }
  return closings;
};
const OPENS = /[([【{《“「『〔]/;
const OPENING = '([【{《“「『〔';
const CLOSING = ')]】}》”」』〕';
