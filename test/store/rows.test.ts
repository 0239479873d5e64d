import { expect, test } from 'vitest';
import { epochDay } from '../../src/domain/calendar.ts';
import { leave, leaveRow, leaveRows, readFacts } from '../../src/store/rows.ts';
import { day } from '../values.ts';

const monday = day('2026-11-23');
const n = epochDay(monday);

test('the facts of a first report are counted from its letters', () => {
  expect(readFacts(`[7,${n},1,"ddop-","",1,1,0,[]]`, monday)).toEqual({
    entry: 7,
    day: monday,
    onTime: true,
    letters: 'ddop-',
    done: 2,
    open: 1,
    plan: 1,
    first: true,
    carried: 0,
    carriedItems: [],
  });
});

test('an addition counts with what the day had before, and what it closed is done', () => {
  const facts = readFacts(`[9,${n},0,"xd","dp-",0,0,0,[]]`, monday);
  expect(facts).toMatchObject({ letters: 'xd', done: 3, plan: 1, first: false, onTime: false });
});

test('a repeated message is told the day it was filed for, whatever day it is now', () => {
  const { day: filed } = readFacts(`[7,${n},1,"","",0,1,0,[]]`, day('2026-11-24'));
  expect(filed.equals(monday)).toBe(true);
});

test('carried items come with their words, whatever stands in them', () => {
  const text = 'a "quoted" \\ [["x"]]\n企业';
  const { carried, carriedItems } = readFacts(`[9,${n},1,"d","",0,1,1,[${JSON.stringify([3, n - 3, text])}]]`, monday);
  expect(carried).toBe(1);
  expect(carriedItems).toEqual([{ number: 3, day: monday.subtract({ days: 3 }), text }]);
});

test.each([
  '',
  '["day-full"]',
  `[7,${n},2,"d","",0,1,0,[]]`,
  `[7,${n},1,"d","",0,1,0]`,
  `[7,${n},1,"d","",-1,1,0,[]]`,
  `[7,${n},1,"d","",0,1,0,[["3",1,"a"]]]`,
  `[7,${n},1,"d","",0,1,0,[]]x`,
])('what no script of ours answers is not believed: %s', (answer) => {
  expect(() => readFacts(answer, monday)).toThrow();
});

test('leave as it was kept before half days is whole days; half days come back as they went', () => {
  const [whole, morning, afternoon] = leaveRows('[[20782,20784,"出差"],[20785,20785,"","a"],[20786,20786,"看病","p"]]');
  expect([whole, morning, afternoon].map((row) => row && leave(row).part)).toEqual([null, 'morning', 'afternoon']);
  for (const row of [whole, morning, afternoon]) expect(row && leaveRow(leave(row))).toEqual(row);
  expect(() => leaveRows('[[20782,20784,"出差","x"]]')).toThrow();
});
