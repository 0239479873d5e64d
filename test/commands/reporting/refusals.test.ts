import { expect, test } from 'vitest';
import { county, person } from '../../town.ts';

const [wang, li] = [person('wang', '王一'), person('li', '李二')];

const begun = async () => {
  const home = county();
  await home.unit('城关镇', [wang, li], {
    settings: { leaveApproval: 'on' },
    roles: { li: ['coordinator', 'leader'] },
  });
  const ask = async (who: typeof wang, text: string) => (await home.tell(who, '2026-11-23 10:00', text))[0]?.text ?? '';
  return { ...home, ask };
};

/** Each refusal says what to do, in words of the command that was sent. */
test.each([
  ['/改 \\', '要改成什么？例如：/改'],
  ['/补报 11-20 。', '11月20日（周五）做了什么？例如：/补报'],
  ['/销假 2-30', '例如：/销假 11-26'],
  ['/值班 2-30 王一', '没有这个日期，没有改动。请看一下月和日，例如：/值班'],
  ['/值班 1-1 至 12-31 王一', '天值班，没有改动。请分几次发。'],
  ['/值班 11-28 张不在', '没有找到“张不在”，没有改动。请 @ 本人，或写他登记的名字。'],
  ['/请假 今天下午 明天', '一次登记一段，没有登记。请把“明天”另发一条。'],
  ['/请假 11-25 11-27', '一次登记一段'],
])('%s: %s', async (line, words) => {
  const { ask } = await begun();
  expect(await ask(li, line)).toContain(words);
  expect(await ask(li, '/请假')).toContain('没有登记请假');
});

test.each(['/请假 审批', '/请假 待审批'])('%s lists what waits, and 拒绝 is an answer', async (line) => {
  const { ask } = await begun();
  await ask(wang, '/请假 11-25 培训');
  expect(await ask(li, line)).toContain('王一');
  expect(await ask(li, '/请假 拒绝 王一 那天迎检')).toContain('王一');
  expect(await ask(wang, '/请假')).toContain('没有登记请假');
});

test('one day is called by its name', async () => {
  const { ask } = await begun();
  expect(await ask(wang, '/我的 11-20')).toMatch(/^你在城关镇的11月20日（周五）\n/u);
  expect(await ask(wang, '/导出 11-20')).toMatch(/^你11月20日（周五）的记录，只发给你/u);
});

test('昨天 on a Monday is Friday to a leader, as in the digest', async () => {
  const { ask, tell } = await begun();
  await tell(wang, '2026-11-20 10:00', '/日清 走访');
  expect(await ask(li, '/看 昨天')).toMatch(/^简报 · 11月20日（周五）/u);
});

test.each(['我想请假', '怎么请假', '明天请假可以吗'])('%s is answered with the command', async (said) => {
  const { ask } = await begun();
  expect(await ask(wang, said)).toBe('要用 /请假 吗？怎么写，发 /帮助 请假\n[看 /请假 怎么写] /帮助 请假');
});

test('whose name begins like a weekday is no Monday', async () => {
  const { ask, member, unit: _, ...home } = await begun();
  const [town] = await home.directory.units();
  if (town) await member(person('yi', '周一凡'), town);
  expect(await ask(li, '/值班 11-28 周一凡')).toContain('周一凡值班：11月28日');
  expect(await ask(li, '/值班 周一凡 11-29')).toContain('周一凡值班：11月29日');
  expect(await ask(li, '/请假 周一凡 11-25')).toContain('周一凡');
  expect(await ask(li, '/请假')).toContain('没有登记请假');
  expect(await ask(li, '/请假 周一 看病')).toContain('11月23日（周一）');
});
