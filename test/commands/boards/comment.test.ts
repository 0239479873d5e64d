import { expect, test } from 'vitest';
import { county, person } from '../../town.ts';

const [wang, other, zhao, qian] = [
  person('wang', '王一'),
  person('wang2', '王一'),
  person('zhao', '赵三'),
  person('qian', '钱四'),
];

const begun = async () => {
  const home = county();
  await home.unit('城关镇', [wang, other, zhao], { roles: { zhao: ['leader'] } });
  await home.unit('白石镇', [qian]);
  const say = async (who: typeof wang, text: string, where?: string) =>
    (await home.tell(who, '2026-11-24 10:00', text, where)).map((answer) => answer.text).join('\n');
  return { ...home, say };
};

test('a comment reaches the person alone, and stays in the history', async () => {
  const { say, told } = await begun();
  expect(await say(zhao, '/点评 wang 协议谈得细', '城关镇')).toBe('已私信发给你。\n已点评王一（wang），会私信本人。');
  expect(told()).toEqual(['wang: 赵三点评：协议谈得细\n发 /我的 随时可以再看；点评不计分。']);
  expect(await say(wang, '/我的')).toContain('点评：\n· 11月24日（周二） 赵三：协议谈得细');
  expect(await say(other, '/我的')).not.toContain('点评');
});

test('no stream of comments moves a score', async () => {
  const { say } = await begun();
  await say(wang, '/日清 走访；未清：台账');
  const before = await say(zhao, '/为什么 城关镇 本周');
  for (let n = 0; n < 20; n += 1) await say(zhao, `/点评 wang 第${n}条`);
  expect(await say(zhao, '/为什么 城关镇 本周')).toBe(before);
});

test.each([
  [zhao, '/点评', '点评谁？'],
  [zhao, '/点评 wang', '要对王一说什么？'],
  [zhao, '/点评 王一 好', '有 2 位“王一”'],
  [zhao, '/点评 没这人 好', '没这人'],
  [zhao, '/点评 zhao 我很好', '点评是对别人说的'],
  [zhao, '/点评 qian 好', 'qian'],
  [wang, '/点评 wang2 好', '只有领导、单位负责人可以用'],
  [zhao, `/点评 wang ${'好'.repeat(501)}`, '500 字以内'],
])('%o says %s: %s', async (who, line, words) => {
  const { say, told } = await begun();
  expect(await say(who, line)).toContain(words);
  expect(told()).toEqual([]);
});
