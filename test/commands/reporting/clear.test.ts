import { expect, test } from 'vitest';
import { house } from '../../house.ts';
import { at, direct, say, wang } from '../../values.ts';

/** Three things Wang left open on Friday; `ask` in the group, `alone` in private. */
const begun = async (locale: 'zh-CN' | 'en' = 'zh-CN') => {
  const home = house({ locale });
  await home.town();
  await home.ask(say('/日清 未清：协议；未清：合同；未清：台账', { at: at('2026-11-20 10:00') }));
  const alone = (line: string) => home.ask(say(line, { chat: direct(wang) }));
  return { ...home, alone };
};

test('alone it lists what is open, with number and age, in private', async () => {
  const { hear } = await begun();
  expect(await hear('/清')).toEqual([
    { chat: 'g1', text: '已私信发给你。' },
    {
      chat: 'wang',
      text: [
        '未清事项（办完发 /清 加编号）：',
        '· 1. 协议（已 1 个工作日）',
        '· 2. 合同（已 1 个工作日）',
        '· 3. 台账（已 1 个工作日）',
      ].join('\n'),
    },
  ]);
});

test.each([
  ['/清 1 3', '已清 2 项，还剩 1 项。'],
  ['/清1、3', '已清 2 项，还剩 1 项。'],
  ['/清 第1', '已清 1 项，还剩 2 项。'],
  ['/清 1-3', '已清 3 项，没有未清事项了。'],
  ['/清 2到9', '没有编号为 4、5、6、7、8、9 的未清事项，这次一项也没有清。'],
  ['/清 协议', '要清哪几项？'],
  ['/清 １，３', '已清 2 项，还剩 1 项。'],
  ['/清 1和3', '已清 2 项，还剩 1 项。'],
  ['/done 1 and 3', '已清 2 项，还剩 1 项。'],
  ['/清 3 3', '已清 1 项，还剩 2 项。'],
  ['/清 #2', '已清 1 项，还剩 2 项。'],
  ['/清 全部', '已清 3 项，没有未清事项了。'],
  ['/清 all', '已清 3 项，没有未清事项了。'],
])('%s: %s', async (line, words) => {
  const { ask } = await begun();
  expect(await ask(line)).toContain(words);
});

test('in the group only counts are told, in private the words too', async () => {
  const { ask, alone } = await begun();
  expect(await ask('/清 1')).not.toContain('协议');
  expect(await alone('/清 2')).toContain('已清：合同');
});

test('one number that is not open closes nothing at all', async () => {
  const { ask } = await begun();
  expect(await ask('/清 1 9')).toBe('没有编号为 9 的未清事项，这次一项也没有清。发 /清 可看编号。');
  expect(await ask('/清 全部')).toContain('已清 3 项');
});

test('a number stays with its item until everything is closed', async () => {
  const { ask, alone } = await begun();
  await ask('/清 1');
  await ask('/日清 未清：新的');
  expect(await alone('/清')).toMatch(/2\. 合同.*\n.*3\. 台账.*\n.*4\. 新的/);
});

test('with nothing open it says so', async () => {
  const { ask } = await begun();
  await ask('/清 全部');
  for (const line of ['/清', '/清 全部']) expect(await ask(line)).toBe('你没有未清的事项。');
});
