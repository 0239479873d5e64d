/** The rules C01–C19 that a bot for work groups must keep, and the papers they come from. Texts: `compliance.*`. */

import { type ForbiddenKind, forbiddenKind } from './indicator-names.ts';

export const ruleNumbers = [
  'C01',
  'C02',
  'C03',
  'C04',
  'C05',
  'C06',
  'C07',
  'C08',
  'C09',
  'C10',
  'C11',
  'C12',
  'C13',
  'C14',
  'C15',
  'C16',
  'C17',
  'C18',
  'C19',
] as const;
export type RuleNumber = (typeof ruleNumbers)[number];

/** Papers, by the numerals under which the domain's page lists them. */
export const papers = ['i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'field'] as const;
export type Paper = (typeof papers)[number];

export const sources: Readonly<Record<RuleNumber, readonly Paper[]>> = {
  C01: ['i', 'vi'],
  C02: ['i', 'vi'],
  C03: ['iii', 'vi'],
  C04: ['i', 'iii'],
  C05: ['iii'],
  C06: ['i', 'iii'],
  C07: ['i', 'ii'],
  C08: ['ii'],
  C09: ['iii'],
  C10: ['i', 'iii'],
  C11: ['v'],
  C12: ['v'],
  C13: ['iii'],
  C14: ['vii'],
  C15: ['vii'],
  C16: ['vii'],
  C17: ['viii'],
  C18: ['iii'],
  C19: ['field'],
};

/** The rule that `word` names, in any width or case, with or without the C and the nought; null for none. */
export const ruleNamed = (word: string): RuleNumber | null => {
  const digits = /^c?-?0?(\d{1,2})$/i.exec(word.normalize('NFKC').trim())?.[1];
  return ruleNumbers.find((rule) => rule === `C${(digits ?? '').padStart(2, '0')}`) ?? null;
};

/** Whom each job writes to of itself. What stands in no table is a fault: the self-check says so. */
export type Audience = 'group' | 'author' | 'member' | 'coordinator' | 'leader' | 'reviewer' | 'admin';
export const postsTo: Readonly<Record<string, readonly Audience[]>> = {
  'daily-digest': ['leader'],
  'weekly-digest': ['leader'],
  'missing-list': ['coordinator'],
  'weekly-board': ['group'],
  'weekly-draft': ['author'],
  nudge: ['author'],
  'copy-check': ['author'],
  'list-draft': ['reviewer', 'admin'],
  'list-notice': ['leader', 'coordinator', 'reviewer'],
  'list-close': ['reviewer', 'leader', 'coordinator'],
  'list-publish': ['group', 'leader', 'coordinator', 'reviewer'],
  'exception-end': ['coordinator', 'admin'],
  'burden-report': ['admin'],
  'freeze-board': [],
};

/** Which rule forbids to count things of this kind. */
const ruleOfKind: Readonly<Record<ForbiddenKind, RuleNumber>> = {
  meetings: 'C08',
  papers: 'C08',
  photos: 'C08',
  words: 'C08',
  notes: 'C08',
  messages: 'C05',
  likes: 'C05',
  quiz: 'C12',
  online: 'C03',
};

/** The rule that forbids an indicator of this name; null when none does. */
export const bannedIndicator = (name: string, unit = ''): RuleNumber | null => {
  const kind = forbiddenKind(name, unit);
  return kind && ruleOfKind[kind];
};
