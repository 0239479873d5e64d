import { expect, test } from 'vitest';
import type { Message } from '../../../src/message.ts';
import { house } from '../../house.ts';
import { at, direct, say, wang } from '../../values.ts';

/** Whether the answer to `message` says no more than that something is saved, after `before`. */
const isReceipt = async (message: Message, before: readonly Message[] = []) => {
  const { town, receive, member } = house();
  await member(wang, await town());
  for (const earlier of before) await receive(earlier);
  const answers = await receive(message);
  expect(answers).toHaveLength(1);
  return answers[0]?.isReceipt ?? false;
};

const filed = say('/日清 走访；未清：协议');

test.each<[string, Message, (readonly Message[])?]>([
  ['/日清', say('/日清 走访')],
  ['/日清 again, closing something', say('/日清 协议'), [filed]],
  ['/补报', say('/补报 11-20 走访')],
  ['/改', say('/改 走访'), [filed]],
  ['/周结', say('/周结 本周走访')],
  ['/清', say('/清 1'), [filed]],
  ['a first /日清', say('/日清 走访', { sender: { id: 'new' } })],
])('in a group %s is answered with a receipt', async (_, message, before) => {
  expect(await isReceipt(message, before)).toBe(true);
});

test.each<[string, Message, (readonly Message[])?]>([
  ['a report that asks for help tells its number', say('/日清 求助：请协调用地')],
  ['a report that was not understood is not saved', say('/日清')],
  ['a list of what is open', say('/清'), [say('/日清 走访')]],
  ['what was asked for', say('/榜')],
])('%s: no receipt', async (_, message, before) => {
  expect(await isReceipt(message, before)).toBe(false);
});

test('privately a report is answered with its items, which no line can stand for', async () => {
  expect(await isReceipt(say('/日清 走访', { chat: direct(wang), at: at('2026-11-23 10:00') }))).toBe(false);
});
