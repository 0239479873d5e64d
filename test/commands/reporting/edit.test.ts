import { expect, test } from 'vitest';
import { house } from '../../house.ts';
import { at, direct, say, wang } from '../../values.ts';

const begun = async () => {
  const home = house();
  await home.town();
  const on = (when: string, line: string) => home.ask(say(line, { at: at(when), chat: direct(wang) }));
  return { ...home, on };
};

test('replaces all that the day has', async () => {
  const { on } = await begun();
  await on('2026-11-23 10:00', '/日清 走访；上报；未清：协议');
  expect(await on('2026-11-23 11:00', '/改 走访4户')).toBe(
    '已改写。11月23日（周一）按时：已记 1 项，未清 0 项。\n· 完成：走访4户',
  );
  expect(await on('2026-11-23 11:01', '/清')).toBe('你没有未清的事项。');
});

test('a report that was on time stays so, one that was late stays late', async () => {
  const { on } = await begun();
  await on('2026-11-23 10:00', '/日清 走访');
  expect(await on('2026-11-23 22:00', '/改 走访4户')).toContain('11月23日（周一）按时');
  await on('2026-11-24 21:00', '/日清 走访');
  expect(await on('2026-11-24 21:01', '/改 走访4户')).toContain('11月24日（周二）补报');
});

test('a day before it names an earlier report', async () => {
  const { on } = await begun();
  await on('2026-11-20 10:00', '/日清 走访');
  expect(await on('2026-11-23 10:00', '/改 11-20 走访4户')).toContain('11月20日（周五）按时');
  expect(await on('2026-11-23 10:00', '/改 周五 走访5户')).toContain('完成：走访5户');
});

test.each([
  ['/改 走访4户', '11月23日（周一）还没有报过，没有可改的。'],
  ['/改 11-19 走访4户', '11月19日（周四）还没有报过，没有可改的。'],
  ['/改 11-17 走访4户', '太早了，只能补报或修改最近 3 个工作日的内容。'],
  ['/改', '要改成什么？'],
  ['/改 11-20', '要改成什么？'],
  ['/改 2月30日 走访', '没有这个日期，没有改动。'],
  ['/改 11-24 走访', '11月24日（周二）还没到，没有可改的。'],
])('%s changes nothing: %s', async (line, words) => {
  const { on } = await begun();
  await on('2026-11-20 10:00', '/日清 走访');
  expect(await on('2026-11-23 10:00', line)).toContain(words);
});

test('a word for a day that is not over is part of the report', async () => {
  const { on } = await begun();
  await on('2026-11-23 10:00', '/日清 走访');
  expect(await on('2026-11-23 10:01', '/改 明天陪同督查')).toContain('明日：明天陪同督查');
  expect(await on('2026-11-23 10:02', '/改 周一例会')).toContain('完成：周一例会');
  expect(await on('2026-11-23 10:03', '/改 11-23 走访5户')).toContain('完成：走访5户');
});

test('what is taken out comes back with /撤回', async () => {
  const { on } = await begun();
  await on('2026-11-23 10:00', '/日清 未清：协议');
  await on('2026-11-23 10:01', '/改 走访');
  expect(await on('2026-11-23 10:02', '/撤回')).toBe('已撤回修改，11月23日（周一）恢复为改之前的内容。');
  expect(await on('2026-11-23 10:03', '/清')).toContain('1. 协议');
});
