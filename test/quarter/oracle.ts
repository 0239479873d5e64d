/**
 * Scores and places of a half-year worked out a second time, from what people did and from nothing else: days are
 * numbers, holidays are written out, and no line of this is shared with the house.
 */

/** What one person did, by days counted from 1 July 2026. */
export type Doing = {
  /** Owes from the day after this one; may be before the first day. */
  readonly joined: number;
  /** First and last day. */
  readonly leave: readonly (readonly [number, number])[];
  /** On which days something was reported, whether too late, and its items: `d` done, `o` unfinished. */
  readonly reports: ReadonlyMap<number, { readonly late: boolean; readonly items: string }>;
  /** On which days everything that earlier days had left unfinished was cleared. */
  readonly clears: readonly number[];
};

/** Wednesday, 1 July 2026. */
const FIRST = Date.UTC(2026, 6, 1);
export const LAST_DAY = 183;
export const numberOf = (iso: string): number => (Date.parse(`${iso}T00:00:00Z`) - FIRST) / 86_400_000;
export const isoOf = (n: number): string => new Date(FIRST + n * 86_400_000).toISOString().slice(0, 10);

/** The notice of the State Council for 2026: Mid-Autumn and National Day, with the days worked for them. */
const off = ['09-25', '10-01', '10-02', '10-05', '10-06', '10-07'].map((day) => numberOf(`2026-${day}`));
const worked = ['09-20', '10-10'].map((day) => numberOf(`2026-${day}`));

export const isWorked = (n: number): boolean => {
  if (worked.includes(n)) return true;
  const weekday = new Date(FIRST + n * 86_400_000).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !off.includes(n) && isoOf(n) !== '2027-01-01';
};

const isAway = (n: number, { leave }: Doing): boolean => leave.some(([from, to]) => from <= n && n <= to);

/** The next workday, or the first one after a leave. */
const dueOf = (n: number, who: Doing): number => {
  let due = n + 1;
  while (!isWorked(due) || isAway(due, who)) due += 1;
  return due;
};

const countsOf = (who: Doing, from: number, to: number) => {
  const counts = { owed: 0, onTime: 0, items: 0, cleared: 0 };
  for (let n = from; n <= to; n += 1) {
    if (!isWorked(n) || n <= who.joined) continue;
    const report = who.reports.get(n);
    const isOnTime = report !== undefined && !report.late;
    if (isOnTime) counts.onTime += 1;
    if (isOnTime || !isAway(n, who)) counts.owed += 1;
  }
  for (const [n, { items }] of who.reports) {
    const closed = who.clears.filter((day) => day > n).sort((a, b) => a - b)[0];
    for (const item of items) {
      const isNamedHere = from <= n && n <= to;
      const isCarried = item === 'o' && n < from && (closed === undefined || closed >= from);
      if (!isNamedHere && !isCarried) continue;
      counts.items += 1;
      if (item === 'd' || (closed !== undefined && closed <= dueOf(n, who))) counts.cleared += 1;
    }
  }
  return counts;
};

export type Place = { readonly score: number | null; readonly rank: number | null };

/** Score (tenths) and place of each unit, in the order in which they are given. */
export const placesOf = (units: readonly (readonly Doing[])[], from: number, to: number): readonly Place[] => {
  const scores = units.map((people) => {
    let [owed, onTime, items, cleared] = [0, 0, 0, 0];
    for (const who of people) {
      const one = countsOf(who, from, to);
      owed += one.owed;
      onTime += one.onTime;
      items += one.items;
      cleared += one.cleared;
    }
    if (owed < 15) return null;
    // 100 × (20 × cleared/items + 10 × onTime/owed) ÷ 30, in tenths; without items only the second rate is left.
    const [above, below] = items === 0 ? [onTime, owed] : [2 * cleared * owed + onTime * items, 3 * items * owed];
    return Math.floor((1000 * above) / below + 0.5 + 1e-9);
  });
  return scores.map((score) => ({
    score,
    rank: score === null ? null : 1 + scores.filter((other) => other !== null && other > score).length,
  }));
};
