import { expect, test } from 'vitest';
import { county, person } from '../../town.ts';

const [wang, li] = [person('wang', '王一'), person('li', '李二')];

const begun = async () => {
  const home = county();
  await home.unit('城关镇', [wang, li], { roles: { li: ['leader'] } });
  const many = Array.from({ length: 12 }, (_, n) => `未清：事项${n + 1}`).join('；');
  await home.tell(wang, '2026-11-23 10:00', `/日清 ${many}`);
  await home.tell(wang, '2026-11-24 10:00', '/日清 入户核对');
  const ask = async (who: typeof wang, text: string) => (await home.tell(who, '2026-11-25 10:00', text))[0]?.text ?? '';
  return { ...home, ask };
};

test('11-24 is the day to whoever leads, and says so', async () => {
  const { ask } = await begun();
  const shown = await ask(li, '/看 11-24');
  expect(shown).toContain('11月24日（周二）');
  expect(shown).toContain('办结 1 项');
  expect(await ask(li, '/看 11－24')).toBe(shown);
});

test('to whoever has items of these numbers it is those, and the answer tells how to have the day', async () => {
  const { ask } = await begun();
  const lines = (await ask(wang, '/看 11-24')).split('\n');
  expect(lines.slice(0, 2).map((line) => line.slice(0, 6))).toEqual(['· 事项11', '· 事项12']);
  expect(lines.at(-1)).toBe('这是你编号 11—24 里的未清事项。要看11月24日（周二）的情况，发 /看 11月24日');
});

test('who has neither is told where one’s own day is, and finds it there', async () => {
  const { ask } = await begun();
  const told = await ask(wang, '/看 11-23');
  expect(told).toContain('事项11');
  expect(await ask(wang, '/看 10-8')).toContain('自己的发：/我的');
  const { ask: other, tell } = await begun();
  await tell(wang, '2026-11-24 11:00', '/清 全部');
  expect(await other(wang, '/看 11-24')).toBe(
    '你没有编号 11—24 的未清事项。要看自己11月24日（周二）报了什么，发 /我的 11月24日',
  );
  expect(await other(wang, '/我的 11月24日')).toContain('完成：入户核对');
});

test('a unit’s own page has no button that opens it again; another page of it has', async () => {
  const { ask } = await begun();
  expect(await ask(li, '/看 城关镇')).not.toContain('/看 城关镇');
  expect(await ask(li, '/看 城关镇 11月')).toContain('/看 城关镇');
  expect(await ask(li, '/看 昨天')).toContain('/看 城关镇');
});
