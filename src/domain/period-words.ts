/** The period that somebody means, at either end of what was typed. */
import type { Day } from './calendar.ts';
import { periodOf } from './dates.ts';
import { sameName } from './names.ts';
import { monthPeriodOf, type Period, quarterPeriodOf, weekPeriodOf, wholePeriod } from './period.ts';
import { narrow } from './visible.ts';

/** A campaign, as far as it can be named: by its name or number. */
export type NamedPeriod = Period & { readonly label: string };

export type PeriodRead = {
  /** Null: none is named. */
  readonly period: Period | null;
  readonly rest: string;
  /** Days were named, but such as no board is made of: a day, or some days. As typed. */
  readonly odd: string | null;
};

/** 本周白石镇, 白石镇上月: these need no space before or after them. */
const GLUED = '[本这上下]个?(?:周|星期|月|季度?)';
const FIRST = new RegExp(`^(${GLUED})的?(?=[^\\s一二三四五六日天初中末底度份])`, 'u');
const LAST = new RegExp(`(?<=[^\\s上下])(${GLUED})$`, 'u');
const NEXT = /^(?:下个?(周|星期|月|季度?)|next (week|month|quarter))$/u;

/**
 * `上周`, `城关镇 10月`, `本月 全市`, `2026年三季度`, `秋季攻坚 城关镇`, `Q3`, `next month`: the longest such words at the end,
 * else at the beginning, and what stands beside them.
 */
export const readPeriod = (typed: string, today: Day, campaigns: readonly NamedPeriod[] = []): PeriodRead => {
  const spoken = typed.replace(/\s+/gu, ' ').trim();
  const apart = spoken.replace(FIRST, '$1 ').replace(LAST, ' $1');
  const words = apart === '' ? [] : apart.split(' ');
  // 11月1日 至 11月20日 has spaces of its own: the longest end that is days. A unit of that name is no period.
  const cuts = words.flatMap((_, n) => [
    [words.slice(n), words.slice(0, n)] as const,
    [words.slice(0, words.length - n), words.slice(words.length - n)] as const,
  ]);
  for (const [said, others] of cuts) {
    const rest = others.join(' ');
    const found = periodSaid(said.join(' '), today, campaigns);
    if (found)
      return found === 'odd' ? { period: null, rest, odd: said.join(' ') } : { period: found, rest, odd: null };
  }
  return { period: null, rest: spoken, odd: null };
};

const periodSaid = (said: string, today: Day, campaigns: readonly NamedPeriod[]): Period | 'odd' | null => {
  const campaign = campaigns.find(
    ({ name, label }) => (name !== null && sameName(name, said)) || sameName(label, said),
  );
  if (campaign) return { kind: campaign.kind, from: campaign.from, to: campaign.to, name: campaign.name };
  const [, chinese, english] = NEXT.exec(narrow(said)) ?? [];
  const next = chinese ?? english;
  if (next !== undefined) {
    if (/^(?:周|星期|week)/u.test(next)) return weekPeriodOf(today.add({ days: 7 }));
    return /^(?:月|month)/u.test(next)
      ? monthPeriodOf(today.with({ day: 1 }).add({ months: 1 }))
      : quarterPeriodOf(today.with({ day: 1 }).add({ months: 3 }));
  }
  const days = periodOf(said, today);
  return days && (wholePeriod(days) ?? 'odd');
};
