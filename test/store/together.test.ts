import { expect, test } from 'vitest';
import { together } from '../../src/store/together.ts';

/** Calls that end when the test says so. */
const calls = (most = 10) => {
  const made: { items: readonly number[]; end: PromiseWithResolvers<readonly string[]> }[] = [];
  const ask = together<number, string>((items) => {
    const end = Promise.withResolvers<readonly string[]>();
    made.push({ items, end });
    return end.promise;
  }, most);
  const answer = (i: number) => made[i]?.end.resolve(made[i].items.map((item) => `of ${item}`));
  return { made, ask, answer };
};
const settled = () => new Promise((resolve) => setImmediate(resolve));

test('what is asked for while a call is on its way goes along with the next one, in order', async () => {
  const { made, ask, answer } = calls();
  const first = ask(1);
  await settled();
  const rest = [ask(2), ask(3)];
  await settled();
  expect(made.map(({ items }) => items)).toEqual([[1]]);
  answer(0);
  expect(await first).toBe('of 1');
  await settled();
  expect(made.map(({ items }) => items)).toEqual([[1], [2, 3]]);
  answer(1);
  expect(await Promise.all(rest)).toEqual(['of 2', 'of 3']);
});

test('what is asked for at one moment is one call, up to as many as may be in it', async () => {
  const { made, ask, answer } = calls(2);
  const all = [ask(1), ask(2), ask(3)];
  await settled();
  expect(made.map(({ items }) => items)).toEqual([[1, 2]]);
  answer(0);
  await settled();
  answer(1);
  expect(await Promise.all(all)).toEqual(['of 1', 'of 2', 'of 3']);
});

test('a call that fails fails for all that were in it, and for nobody else', async () => {
  const { made, ask, answer } = calls();
  const first = [ask(1), ask(2)].map((each) => each.catch((error: Error) => error.message));
  await settled();
  const next = ask(3);
  made[0]?.end.reject(new Error('lost'));
  expect(await Promise.all(first)).toEqual(['lost', 'lost']);
  await settled();
  answer(1);
  expect(await next).toBe('of 3');
});
