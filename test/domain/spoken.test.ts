import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nameWithoutSlash, readCommand } from '../../src/domain/spoken.ts';

const known = new Set(['日清', 'rq', 'daily', '清', 'done', '周结', 'zj', '帮助', 'help', '改', '榜']);
const names = [...known];

test.each([
  ['/日清 走访3户', '日清', '走访3户'],
  ['／日清　走访3户', '日清', '走访3户'],
  ['/ 日清 走访3户', '日清', '走访3户'],
  ['／ＲＱ 走访3户', 'rq', '走访3户'],
  ['/RQ 走访3户', 'rq', '走访3户'],
  ['/Daily one', 'daily', 'one'],
  ['\u200b/\u200b日\u200b清\u200b 走访3户', '日清', '走访3户'],
  ['\ufeff/日\ufeff清 走访', '日清', '走访'],
  ['\u2005/日清\u2005走访', '日清', '走访'],
  ['/日清\u00a0走访', '日清', '走访'],
  ['@日清\u2005/日清 走访', '日清', '走访'],
  ['＠日清 ／日清 走访', '日清', '走访'],
  ['/日清走访3户', '日清', '走访3户'],
  ['/日清：走访3户', '日清', '走访3户'],
  ['/日清\n1. 走访', '日清', '1. 走访'],
  ['/清1 3', '清', '1 3'],
  ['/rq走访3户', 'rq', '走访3户'],
  ['/日清', '日清', ''],
  ['/', '', ''],
  ['//', '', ''],
  ['//日清 走访', '日清', '走访'],
  ['/／ 日清 走访', '日清', '走访'],
  ['/日清周结', '日清周结', ''],
  ['/日清周结和走访', '日清', '周结和走访'],
  ['/\u202e日清\u202c 走访', '日清', '走访'],
])('%j is read as %s with %j', (text, name, rest) => {
  expect(readCommand(text, known)).toEqual({ name, rest });
});

test('the body keeps the person’s own characters', () => {
  expect(readCommand('/日清 走访３户　Ａ企业', known)?.rest).toBe('走访３户　Ａ企业');
});

test.each(['早上好', '日清 走访', '1/日清', '@李二 今天怎么样', '', '《/日清》', 'http://x/日清'])(
  '%j is no command',
  (text) => {
    expect(readCommand(text, known)).toBeNull();
  },
);

test('a latin name does not end in the middle of a word', () => {
  expect(readCommand('/rqx one', known)).toEqual({ name: 'rqx', rest: 'one' });
});

test('a name without its slash is noticed, a sentence is not', () => {
  expect(nameWithoutSlash('日清 走访3户', names)).toEqual({ name: '日清', rest: '走访3户' });
  expect(nameWithoutSlash('日清：走访3户', names)).toEqual({ name: '日清', rest: '走访3户' });
  expect(nameWithoutSlash('、日清 走访3户', names)?.name).toBe('日清');
  expect(nameWithoutSlash('\\日清', names)).toEqual({ name: '日清', rest: '' });
  expect(nameWithoutSlash('日青 走访3户', names)).toEqual({ name: '日清', rest: '走访3户' });
  expect(nameWithoutSlash('∕日清 走访3户', names)?.name).toBe('日清');
  expect(nameWithoutSlash('今天走访3户', names)).toBeNull();
  expect(nameWithoutSlash('、', names)).toBeNull();
  expect(nameWithoutSlash('日晴', names)).toBeNull();
});

test('nothing that can be typed throws or takes long', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      readCommand(text, known);
      readCommand(`/${text}`, known);
      nameWithoutSlash(text, names);
    }),
  );
  const long = `/${'日'.repeat(100_000)}`;
  expect(readCommand(long, known)?.name.length).toBeLessThan(100);
});
