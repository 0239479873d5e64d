import { expect, test } from 'vitest';
import { county, person } from '../../town.ts';

const [wang, li] = [person('wang', '王一'), person('li', '李二')];

const begun = async (undoMinutes = 10) => {
  const home = county();
  await home.unit('城关镇', [wang, li], { settings: { undoMinutes }, roles: { li: ['coordinator'] } });
  const on = async (time: string, line: string, who = wang) =>
    (await home.tell(who, `2026-11-23 ${time}`, line))[0]?.text;
  return { ...home, on };
};

test.each([
  ['/日清 走访', '已撤回11月23日（周一）刚才报的日清。'],
  ['/补报 11-20 走访', '已撤回刚才对11月20日（周五）的补报。'],
  ['/清 1', '已撤回，刚才清掉的事项又列为未清。'],
  ['/改 走访', '已撤回修改，11月23日（周一）恢复为改之前的内容。'],
  ['/周结 本周 写了', '已撤回刚才的周结。'],
  ['/请假 11-25', '已撤回刚才的请假。'],
])('%s is taken back: %s', async (line, words) => {
  const { on } = await begun();
  await on('09:00', '/日清 未清：协议');
  const before = [await on('09:01', '/我的'), await on('09:01', '/请假'), await on('09:01', '/周结')];
  await on('09:02', line);
  expect(await on('09:12', '/撤回')).toBe(words);
  expect([await on('09:13', '/我的'), await on('09:13', '/请假'), await on('09:13', '/周结')]).toEqual(before);
});

test.each([
  [10, '09:10', '已撤回'],
  [10, '09:11', '只能撤回 10 分钟内的操作。'],
  [0, '09:01', '只能撤回 0 分钟内的操作。'],
  [60, '10:00', '已撤回'],
])('with %i minutes, at %s: %s', async (minutes, time, words) => {
  const { on } = await begun(minutes);
  await on('09:00', '/日清 走访');
  expect(await on(time, '/撤回')).toContain(words);
});

test('only one’s own last action, and once', async () => {
  const { on } = await begun();
  await on('09:00', '/日清 走访');
  await on('09:01', '/日清 上报', li);
  expect(await on('09:02', '/撤回')).toContain('已撤回');
  expect(await on('09:03', '/撤回')).toBe('没有可以撤回的操作。要改当天内容，发 /改 加新内容。');
  expect(await on('09:04', '/我的', li)).toContain('11月23日（周一）：按时');
});

test('leave that the coordinator entered for somebody is the coordinator’s to take back', async () => {
  const { on } = await begun();
  await on('09:00', '/请假 王一 11-25', li);
  expect(await on('09:01', '/撤回')).toContain('没有可以撤回的操作');
  expect(await on('09:02', '/撤回', li)).toBe('已撤回刚才的请假。');
  expect(await on('09:03', '/请假')).toContain('没有登记请假');
});
