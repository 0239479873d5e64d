/** Reads what is said to /指标: what is to be done, the words about whom and what, and `键:值` behind them. */
import { readDecimal } from './decimal.ts';
import { monthNamed } from './month-names.ts';
import { cleanName } from './names.ts';
import type { NamedWeight } from './sheet-change.ts';
import { type Better, monthName } from './specials.ts';
import { plain } from './spoken.ts';

const verbs = {
  define: ['新建', '新增', '定义', 'new', 'define'],
  weights: ['权重', 'weights', 'weight'],
  target: ['目标', 'target'],
  report: ['报', '上报', '填报', 'report'],
  verify: ['核', '核实', 'verify'],
  return: ['退回', '退', 'return'],
  stop: ['停', '停用', 'stop'],
} as const;
type Verb = keyof typeof verbs;

const fields = {
  measure: '计量单位|单位|unit',
  target: '目标值?|target',
  weight: '权重|weight',
  better: '方向|better',
  source: '数据来源|来源|依据|source|basis',
  approver: '批准人?|审批人|approver|approved by',
  why: '理由|原因|reason|because',
} as const;
type Field = keyof typeof fields;

export type IndicatorText = {
  /** What is to be done; `list` when no verb was said. */
  readonly verb: Verb | 'list';
  /** What stands before the first field, one line. */
  readonly head: string;
  readonly better: Better;
  readonly fields: Readonly<Partial<Record<Field, string>>>;
};

const LESS = /[（(]?(?:越[低少小]越好|less is better|lower is better)[）)]?/iu;
const MORE = /[（(]?(?:越[高多大]越好|more is better|higher is better)[）)]?/iu;

const names = Object.keys(fields) as readonly Field[];
const markers = new RegExp(
  `(?<=^|[\\s,，;；])(?:${names.map((name) => `(?<${name}>${fields[name]})`).join('|')})\\s*[:：=]\\s*`,
  'giu',
);

export const readIndicators = (typed: string): IndicatorText => {
  const line = cleanName(typed);
  const better: Better = LESS.test(line) ? 'less' : 'more';
  const said = line.replace(LESS, ' ').replace(MORE, ' ');
  const cuts = [...said.matchAll(markers)];
  const found = cuts.flatMap((cut, i): [Field, string][] => {
    const name = names.find((one) => cut.groups?.[one] !== undefined);
    return name ? [[name, trimmed(said.slice(cut.index + cut[0].length, cuts[i + 1]?.index))]] : [];
  });
  const words = trimmed(said.slice(0, cuts[0]?.index));
  const [first = ''] = words.split(' ', 1);
  const verb = (Object.keys(verbs) as Verb[]).find((one) => (verbs[one] as readonly string[]).includes(plain(first)));
  return {
    verb: verb ?? 'list',
    head: cleanName(verb ? words.slice(first.length) : words),
    better,
    fields: Object.fromEntries(found),
  };
};

const trimmed = (text: string): string => text.replace(/^[\s,，;；]+|[\s,，;；]+$/gu, '');

/** A whole number, with or without a percent sign; null for anything else. */
export const readWeight = (typed: string): number | null => {
  const digits = /^(\d{1,3})\s*[%分]?$/u.exec(plain(typed))?.[1];
  return digits === undefined ? null : Number(digits);
};

/** `基础 70 亩均 20 营商:10`: null when it is not pairs of a name and a weight. */
export const readWeights = (typed: string): readonly NamedWeight[] | null => {
  const pairs = /\s*([^\d:：=]+?)\s*[:：=]?\s*(\d{1,3})\s*[%分]?(?=[\s,，;；、]|$)[\s,，;；、]*/uy;
  const text = plain(typed);
  const found: NamedWeight[] = [];
  while (pairs.lastIndex < text.length) {
    const [, name = '', weight] = pairs.exec(text) ?? [];
    if (weight === undefined) return null;
    found.push({ name, weight: Number(weight) });
  }
  return found.length > 0 ? found : null;
};

/** The month that a word names, never one to come where the year is not said; null when it names none. */
export const readMonth = (word: string, today: { readonly year: number; readonly month: number }): string | null => {
  const said = plain(word);
  if (['本月', '当月', 'this month'].includes(said)) return monthName(today);
  const [year, month] = [today.year, today.month];
  if (['上月', '上个月', 'last month'].includes(said)) {
    return monthName(month === 1 ? { year: year - 1, month: 12 } : { year, month: month - 1 });
  }
  const parts = /^(?:(\d{4})[年-])?(\d{1,2})(月份?)?$/u.exec(said);
  const named = monthNamed(said) ?? Number(parts?.[2] ?? 0);
  const isMarked = parts === null || parts[1] !== undefined || parts[3] !== undefined;
  if (named < 1 || named > 12 || !isMarked) return null;
  return monthName({ year: parts?.[1] ? Number(parts[1]) : named > month ? year - 1 : year, month: named });
};

/** `亩均 10月 12.3 万元`: the name, the month where one is said, and the value with what follows it. */
export type ValueText = {
  readonly name: string;
  readonly month: string | null;
  readonly value: number | null;
  readonly measure: string;
};

export const readValue = (head: string, today: { readonly year: number; readonly month: number }): ValueText => {
  const words = head.split(' ').filter((word) => word !== '');
  const monthAt = words.findIndex((word) => readMonth(word, today) !== null);
  const month = monthAt < 0 ? null : readMonth(words[monthAt] ?? '', today);
  const rest = words.filter((_, i) => i !== monthAt);
  // A name may end in a number; the value is the last word that is one.
  const valueAt = rest.findLastIndex((word) => readDecimal(word) !== null);
  if (valueAt < 1) return { name: rest.join(' '), month, value: null, measure: '' };
  const read = readDecimal(rest.slice(valueAt).join(' '));
  return { name: rest.slice(0, valueAt).join(' '), month, value: read?.value ?? null, measure: read?.rest ?? '' };
};
