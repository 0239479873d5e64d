import { beforeAll, expect, test } from 'vitest';
import { daysFrom, FIRST, isWorkday, LAST } from './days.ts';
import { type Roll, reckoningOf } from './reckoning.ts';
import { coordinators, duties, paceOf, storyOf, type UnitName, units } from './story.ts';
import { type Walked, walk } from './walk.ts';

/** Where the machine stands. The organisation is in Shanghai throughout. */
const zones = ['UTC', 'America/New_York', 'Asia/Shanghai', 'Pacific/Auckland'];
const story = storyOf(2026);
const reckoned = reckoningOf(story);
const walks = new Map<string, Walked>();
const walkIn = (zone: string): Walked => {
  const walked = walks.get(zone);
  if (!walked) throw new Error(`nobody walked in ${zone}`);
  return walked;
};

/** After the deadline, and before those who are late file at five past. */
const CHECKED_AT = '20:04';
/** A failure of the whole is enough to wait this long for. */
const MOST_MS = 240_000;

beforeAll(async () => {
  const ends: (() => Promise<void>)[] = [];
  try {
    const all = zones.map(async (zone) => walks.set(zone, await walk(story, zone, (end) => ends.push(end))));
    await Promise.all(all);
  } finally {
    await Promise.all(ends.map((end) => end()));
  }
}, MOST_MS);

test.each(zones)('machine in %s: every post of the quarter is one that is reckoned, and none is wanting', (zone) => {
  const told = walkIn(zone).posts.map(({ at, job, to, text }) => {
    const names = job === 'missing-list' ? namesIn(text, '未报') : [];
    return [at, job, to, ...names].join(' ');
  });
  expect(told.sort()).toEqual(reckoned.posts);
});

test.each(zones)('machine in %s: on each evening of the quarter /未报 tells who owed what', (zone) => {
  const { rolls } = walkIn(zone);
  const told = [...rolls].map(([day, answer]) => [day, read(answer)]);
  const expected = daysFrom(FIRST, LAST).flatMap((day) =>
    coordinators
      .filter(({ from, to }) => from < `${day} ${CHECKED_AT}` && `${day} ${CHECKED_AT}` <= to)
      .map(({ unit }) => [`${unit} ${day}`, reckoned.rollOf(unit, day, `${day} ${CHECKED_AT}`)]),
  );
  expect(told).toEqual(expected);
});

test('wherever the machine stands, the same words are said', () => {
  const [first, ...others] = zones.map(walkIn);
  for (const other of others) expect(other).toEqual(first);
});

test('nothing is posted on days off or in quiet hours, and to nobody more than the budget of a day', () => {
  const counts = new Map<string, number>();
  for (const { at, to } of walkIn('UTC').posts) {
    const [day = '', time = ''] = at.split(' ');
    const isOpen = isWorkday(day) || duties.has(`${to.slice(1)} ${day}`);
    expect([at, isOpen && time >= '08:30' && time < '18:30']).toEqual([at, true]);
    counts.set(`${to} ${day}`, (counts.get(`${to} ${day}`) ?? 0) + 1);
  }
  const over = [...counts].filter(([to, count]) => count > (to.startsWith('#') ? 2 : 3));
  expect(over).toEqual([]);
});

test('groups read the board alone, in which nobody is named and nothing is quoted', () => {
  const inGroups = walkIn('UTC').posts.filter(({ to }) => to.startsWith('#'));
  expect(new Set(inGroups.map(({ job }) => job))).toEqual(new Set(['weekly-board']));
  const names = [...new Set(story.said.map(({ by }) => by))];
  expect(inGroups.filter(({ text }) => names.some((name) => text.includes(name)))).toEqual([]);
});

test('the story holds what a quarter may bring', () => {
  const days = daysFrom(FIRST, LAST);
  const rolls = days.flatMap((day) =>
    (Object.keys(units) as UnitName[]).map((unit) => reckoned.rollOf(unit, day, `${day} ${CHECKED_AT}`)),
  );
  const has = (is: (roll: Roll) => boolean) => rolls.some((roll) => roll !== null && is(roll));
  expect(has(({ missing }) => missing.length > 2)).toBe(true);
  expect(has(({ leave, filed }) => leave.length > 0 && filed > 0)).toBe(true);
  expect(has(({ pending }) => pending.length > 0)).toBe(true);
  expect(new Set(days.map((day) => paceOf('bai', day)))).toEqual(new Set(['weekly', 'exception']));
  expect(days.filter(isWorkday)).toHaveLength(61);
  expect(reckoned.heldBack).toBeGreaterThan(0);
});

const namesIn = (text: string, standing: string): readonly string[] =>
  (new RegExp(`${standing} \\d+ 人：([^\\n（]*)`).exec(text)?.[1] ?? '').split('、').filter(Boolean).sort();

/** What `/未报` answered; null when nobody owed anything. */
const read = (answer: string): Roll | null => {
  const title = /应报 (\d+) 人，已报 (\d+) 人(?:（其中补报 (\d+) 人）)?/.exec(answer);
  if (!title) {
    expect(answer).toMatch(/不用报|没有应报的人/);
    return null;
  }
  return {
    expected: Number(title[1]),
    filed: Number(title[2]),
    late: Number(title[3] ?? 0),
    missing: namesIn(answer, '未报'),
    pending: namesIn(answer, '还没报'),
    leave: namesIn(answer, '请假'),
  };
};
