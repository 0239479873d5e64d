/** Reads what stands behind a setting that needs approval: who approved it, on what basis, until which day. */
import type { Day } from './calendar.ts';
import { leadingDay } from './dates.ts';
import { cleanName } from './names.ts';
import { narrow } from './visible.ts';

export type ApprovalText = {
  /** Empty when it is not said. */
  readonly approver: string;
  readonly basis: string;
  readonly until: Day | null;
};

type Part = 'approver' | 'basis' | 'until';
type Piece = { readonly part: Part; readonly text: string };

const BEFORE = '(?<=^|[\\s,;、。()])';
const AFTER = '[\\s:=]*';
const markers: readonly (readonly [Part, RegExp])[] = [
  ['approver', new RegExp(`${BEFORE}(?:批准人?|审批人|同意人|approver|approved(?: by)?)${AFTER}`, 'gu')],
  [
    'basis',
    new RegExp(`${BEFORE}(?:依据|根据|理由|原因|文件|basis|reason|because(?: of)?|according to)${AFTER}`, 'gu'),
  ],
  ['until', new RegExp(`${BEFORE}(?:有效期)?(?:直到|截止到|截至|至|到|until|till|to)${AFTER}`, 'gu')],
];
/** 经李书记批准: the name stands before the word. */
const NAME_FIRST = new RegExp(`${BEFORE}(?:经|由)?([^\\s,;、。:=()]{1,30}?)(?:批准|同意)(?=$|[\\s,;、。)])`, 'u');

/**
 * `人员榜 开 批准:李书记 依据:县委办〔2026〕5号 至:2026-12-31`, in any order and in English too. `rest` is what does not
 * belong to the approval; null: nothing is said of one.
 */
export const readApproval = (
  typed: string,
  today: Day,
  isSetting: (text: string) => boolean,
): { readonly rest: string; readonly approval: ApprovalText | null } => {
  const named = nameFirst(cleanName(typed));
  const cuts = cutsIn(named.text, today);
  const [first] = cuts;
  if (!first && named.approver === '') return { rest: typed, approval: null };
  const pieces: Piece[] = cuts.map(({ part, end }, i) => ({
    part,
    text: trimmed(named.text.slice(end, cuts[i + 1]?.start)),
  }));
  const until = pieces.flatMap(({ part, text }) => {
    const read = part === 'until' ? leadingDay(text, today, 'future') : null;
    return read && 'day' in read ? [read] : [];
  });
  const before = [named.text.slice(0, first?.start), ...until.map(({ rest }) => rest)].map(trimmed).join(' ').trim();
  const { rest, said } = isSetting(before) ? { rest: before, said: pieces } : givenBack(before, pieces);
  const partOf = (part: Part) => said.find((piece) => piece.part === part)?.text ?? '';
  return {
    rest,
    approval: {
      approver: (named.approver || partOf('approver')).replace(/^[@＠]/u, ''),
      basis: partOf('basis'),
      until: until[0]?.day ?? null,
    },
  };
};

const trimmed = (text: string): string => text.replace(/^[\s,，;；、。()（）]+|[\s,，;；、。()（）]+$/gu, '');

const nameFirst = (text: string): { readonly text: string; readonly approver: string } => {
  const found = NAME_FIRST.exec(narrow(text));
  if (!found) return { text, approver: '' };
  const name = found[1] ?? '';
  const start = found.index + found[0].indexOf(name);
  return {
    text: `${text.slice(0, found.index)} ${text.slice(found.index + found[0].length)}`.trim(),
    approver: text.slice(start, start + name.length),
  };
};

type Cut = { readonly part: Part; readonly start: number; readonly end: number };

/** Where a part begins, in order; `until` only before a day: 18:30 至 08:30 is no end. */
const cutsIn = (text: string, today: Day): readonly Cut[] => {
  const said = narrow(text);
  return markers
    .flatMap(([part, marker]) =>
      [...said.matchAll(marker)].map(({ index, 0: word }) => ({ part, start: index, end: index + word.length })),
    )
    .filter(({ part, end }) => part !== 'until' || 'day' in leadingDay(text.slice(end), today, 'future'))
    .sort((a, b) => a.start - b.start);
};

/** `批准:李书记 人员榜 开`: a part whose setting is not found before it is one word, and the rest names the setting. */
const givenBack = (before: string, pieces: readonly Piece[]) => {
  const split = pieces.map((piece) => {
    const [head = '', ...more] = piece.part === 'until' ? [''] : piece.text.split(/[\s,，;；]+/u);
    return { ...piece, text: head, more: more.join(' ') };
  });
  return { rest: [before, ...split.map(({ more }) => more)].join(' ').trim(), said: split };
};
