import { narrow } from './visible.ts';

const running = ['本周', '这周', '这一周', 'this week'];
const last = ['上周', '上一周', 'last week'];

/** The week that is named at either end of `words`, and the words without it. Null: none is named. */
export const readWeekWord = (words: string): { readonly which: 'running' | 'last' | null; readonly rest: string } => {
  const spoken = words.replace(/\s+/gu, ' ').trim();
  const plain = narrow(spoken);
  for (const [which, names] of [['running', running] as const, ['last', last] as const]) {
    for (const name of names) {
      if (plain.startsWith(name)) return { which, rest: spoken.slice(name.length).replace(/^的/u, '').trim() };
      if (plain.endsWith(name)) return { which, rest: spoken.slice(0, -name.length).trim() };
    }
  }
  return { which: null, rest: spoken };
};
