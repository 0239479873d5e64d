import { expect, test } from 'vitest';
import { gate, turns } from '../src/gate.ts';

/** Work that ends when it is told to. */
const task = () => {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  let begun = false;
  const work = () => {
    begun = true;
    return promise;
  };
  return { work, isBegun: () => begun, end: () => resolve('ended'), fail: () => reject(new Error('failed')) };
};

test('lets so many through at a time, and the next ones in their order, whether work ends or fails', async () => {
  const through = gate(2);
  const tasks = [task(), task(), task(), task()] as const;
  const results = Promise.allSettled(tasks.map(({ work }) => through(work)));
  const begun = async () => {
    await new Promise((resolve) => setImmediate(resolve));
    return tasks.map(({ isBegun }) => isBegun());
  };
  expect(await begun()).toEqual([true, true, false, false]);
  tasks[1].fail();
  expect(await begun()).toEqual([true, true, true, false]);
  tasks[0].end();
  expect(await begun()).toEqual([true, true, true, true]);
  tasks[2].end();
  tasks[3].end();
  expect((await results).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
});

test('a place that was given back is free for work that comes later', async () => {
  const through = gate(1);
  for (let i = 0; i < 5; i++) expect(await through(async () => i)).toBe(i);
});

test('what waits for its turn comes in order, each in a turn of the loop of its own', async () => {
  const turn = turns();
  let round = 0;
  const count = () => {
    round += 1;
    next = setImmediate(count);
  };
  let next = setImmediate(count);
  const came: [string, number][] = [];
  await Promise.all(
    ['a', 'b', 'c'].map(async (name) => {
      await turn();
      came.push([name, round]);
    }),
  );
  clearImmediate(next);
  expect(came.map(([name]) => name)).toEqual(['a', 'b', 'c']);
  expect(new Set(came.map(([, at]) => at)).size).toBe(3);
});
