import { expect, test } from 'vitest';
import { house } from '../../house.ts';
import { at, day, direct, li, say } from '../../values.ts';

const zhang = { id: 'zhangsan', name: '张三' };

/** Wang and Zhang belong to 城关镇, whose coordinator is Li; it is Monday 23 November, 09:00. */
const staffed = async () => {
  const built = house();
  const town = await built.town();
  await built.member(zhang, town);
  await built.member(li, null, [{ role: 'coordinator', unit: town.id }]);
  const leaveOf = async (id: string) => {
    const { leave } = await built.reports.period(town.id, day('2026-11-23'), day('2026-11-23'));
    return (leave.get(`playground:${id}`) ?? []).map(({ from, to }) => `${from}/${to}`);
  };
  return { ...built, leaveOf };
};

test('back early: today is owed again, and what lies before it stays on leave', async () => {
  const { ask, leaveOf } = await staffed();
  await ask('/请假 11-20 至 11-27 出差');
  const message = say('/销假');
  const words = '已销假：11月23日（周一）至11月27日（周五）不再请假，照常应报。今天的日清 20:00 前报都算按时。';
  expect(await ask(message)).toBe(words);
  expect(await ask(message)).toBe(words);
  expect(await leaveOf('wang')).toEqual(['2026-11-20/2026-11-22']);
});

test.each([
  ['/销假 11-26', ['2026-11-25/2026-11-25']],
  ['/销假 周四', ['2026-11-25/2026-11-25']],
  ['/back Thursday', ['2026-11-25/2026-11-25']],
  ['/cancel-leave 11-25', []],
  ['/销假', []],
  ['/销假 11-26 至 11-26', ['2026-11-25/2026-11-25']],
  ['/销假 11-25 至 11-26', ['2026-11-27/2026-11-27']],
])('of leave from the 25th to the 27th %s leaves %j', async (line, rest) => {
  const { ask, leaveOf } = await staffed();
  await ask('/请假 11-25 至 11-27');
  expect(await ask(line)).toContain('已销假');
  expect(await leaveOf('wang')).toEqual(rest);
});

test.each([
  ['/销假', '没有登记请假，不用销', []],
  ['/销假', '以后有 2 段请假', ['/请假 11-25', '/请假 11-30']],
  ['/销假 11-24', '那天没有登记请假', ['/请假 11-25']],
  ['/销假 看病', '从哪天起销假', ['/请假 11-25']],
])('%s is refused: %s', async (line, words, before) => {
  const { ask, leaveOf } = await staffed();
  for (const one of before) await ask(one);
  const kept = await leaveOf('wang');
  expect(await ask(line)).toContain(words);
  expect(await leaveOf('wang')).toEqual(kept);
});

test('days that can no longer be reported for stay as they are', async () => {
  const { ask, leaveOf } = await staffed();
  await ask('/请假 11-23 至 12-4');
  const late = at('2026-12-01 09:00');
  expect(await ask(say('/销假 11-25', { at: late }))).toContain('只能销最近 3 个工作日以来的假');
  expect(await ask(say('/销假 11-26', { at: late }))).toContain('已销假');
  expect(await leaveOf('wang')).toEqual(['2026-11-23/2026-11-25']);
});

test('the coordinator ends it for somebody of the unit, nobody else does', async () => {
  const { ask, leaveOf } = await staffed();
  await ask(say('/请假 11-23 至 11-25', { sender: zhang }));
  expect(await ask('/销假 张三')).toContain('只有本单位的联络员');
  expect(await leaveOf('zhangsan')).toHaveLength(1);
  expect(await ask(say('/销假 @张三', { sender: li, mentions: [zhang] }))).toContain('已替张三销假');
  expect(await leaveOf('zhangsan')).toEqual([]);
});

test('what waits for approval is withdrawn', async () => {
  const { ask } = await staffed();
  await ask(say('/设置 请假审批 开', { sender: li }));
  await ask('/请假 11-25');
  expect(await ask('/销假 11-25')).toContain('等批的申请一并收回');
  expect(await ask(say('/请假 批准 1', { sender: li, chat: direct(li) }))).toContain('本人已经收回');
});

test('it can be taken back', async () => {
  const { ask, leaveOf } = await staffed();
  await ask('/请假 11-25 至 11-27');
  await ask('/销假 11-26');
  expect(await ask('/撤回')).toBe('已撤回刚才的销假，请假照旧。');
  expect(await leaveOf('wang')).toEqual(['2026-11-25/2026-11-27']);
});
