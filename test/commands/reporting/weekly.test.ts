import { expect, test } from 'vitest';
import { county, person } from '../../town.ts';

const [wang, zhao] = [person('wang', '王一'), person('zhao', '赵三')];

/** Wang in 城关镇 since Friday, 20 November, with one thing done on Tuesday and one on Monday of the week after. */
const begun = async (locale: 'zh-CN' | 'en' = 'zh-CN') => {
  const home = county(locale);
  await home.unit('城关镇', [wang]);
  await home.tell(wang, '2026-11-24 10:00', '/日清 走访3户；未清：协议，等县局批复');
  await home.tell(wang, '2026-11-30 09:30', '/日清 下周的事');
  const say = async (when: string, line: string, where?: string) =>
    (await home.tell(wang, when, line, where)).map(({ text }) => text).join('\n');
  return { ...home, say };
};

test('the draft is shown in private alone; confirmed, the group hears one line without contents', async () => {
  const { tell } = await begun();
  const draft = await tell(wang, '2026-11-27 15:00', '/周结', '城关镇');
  expect(draft.map(({ chat, text }) => [chat, text.includes('走访3户')])).toEqual([
    ['城关镇', false],
    ['wang', true],
  ]);
  expect(await tell(wang, '2026-11-27 15:01', '/周结 确认', '城关镇')).toEqual([
    { chat: '城关镇', text: '11月23日（周一）到11月29日（周日）的周结已提交。' },
  ]);
});

test.each(['/周结 提交', '/周结 没问题。', '/周结 好的', '/周结 ＯＫ', '/周结 本周 确认提交'])(
  '%s confirms the draft',
  async (line) => {
    const { say } = await begun();
    expect(await say('2026-11-27 15:00', line)).toContain('已提交。');
    expect(await say('2026-11-27 15:01', '/周结')).toContain('走访3户');
  },
);

test.each(['/周结 草稿', '/周结 看看'])('%s shows it', async (line) => {
  const { say } = await begun();
  expect(await say('2026-11-27 15:00', line)).toContain('周结草稿');
});

test.each(['/周结 上上周', '/周结 下周', '/周结 11-20', '/周结 11月', '/周结 11-16至11-20'])(
  '%s files nothing: only this week and the last can be named',
  async (line) => {
    const { say } = await begun();
    await say('2026-11-27 15:00', '/周结 确认');
    expect(await say('2026-11-27 15:01', line)).toBe(
      '只能写本周或上周的，没有保存。例如：/周结 上周 确认，或 /周结 上周完成征地协议3份',
    );
    expect(await say('2026-11-27 15:02', '/周结')).toContain('走访3户');
  },
);

test.each([
  ['2026-11-27 20:00', '已提交。'],
  ['2026-11-27 20:01', '已提交（补报）。'],
  ['2026-12-02 23:59', '已提交（补报）。'],
  ['2026-12-03 00:00', '已过补报期'],
])('the week of the 23rd, confirmed at %s: %s', async (when, words) => {
  const { say } = await begun();
  expect(await say(when, when < '2026-11-30' ? '/周结 确认' : '/周结 上周 确认')).toContain(
    `11月29日（周日）的周结${words}`,
  );
});

test.each([
  [0, 'last', '2026-11-27 20:30', '已提交（补报）。'],
  [0, 'last', '2026-11-28 00:00', '本单位不收补报'],
  [1, 'last', '2026-11-30 09:00', '已提交（补报）。'],
  [1, 'last', '2026-12-01 00:00', '1 个工作日内可补'],
  [5, 'last', '2026-12-04 23:59', '已提交（补报）。'],
  [5, 'last', '2026-12-05 00:00', '5 个工作日内可补'],
  // Due on the next workday at ten, a week can be filed on that day whatever the grace.
  [0, '10:00', '2026-11-30 09:00', '已提交。'],
  [0, '10:00', '2026-12-01 00:00', '本单位不收补报'],
] as const)('with %d workdays of grace and due at %s, at %s: %s', async (lateWorkdays, weekDueAt, when, words) => {
  const home = county();
  await home.unit('城关镇', [wang], { settings: { lateWorkdays, weekDueAt } });
  await home.tell(wang, '2026-11-25 10:00', '/日清 走访');
  const week = when < '2026-11-30' ? '本周' : '上周';
  expect((await home.tell(wang, when, `/周结 ${week} 签了3份协议`))[0]?.text).toContain(words);
});

test('until the last week is filed 周结 means it, while it can be filed; then the running one', async () => {
  const { say } = await begun();
  expect(await say('2026-11-30 10:00', '/周结 确认')).toContain(
    '11月23日（周一）到11月29日（周日）的周结已提交（补报）',
  );
  expect(await say('2026-11-30 10:01', '/周结 确认')).toContain('11月30日（周一）到12月6日（周日）的周结已提交。');
});

test('who joined after its last workday does not owe the last week: 周结 means the running one', async () => {
  const { unit, tell } = await begun();
  await unit('白石镇', []);
  await tell(zhao, '2026-11-30 09:00', '/日清 走访', '白石镇');
  expect((await tell(zhao, '2026-11-30 09:01', '/周结 确认'))[0]?.text).toContain('11月30日（周一）到12月6日');
});

test.each([
  ['2026-11-30 10:00', '/周结 本周', '下周的事', '/周结 本周 确认'],
  ['2026-11-30 10:00', '/周结', '走访3户', '/周结 上周 确认'],
  ['2026-12-04 10:00', '/周结 上周', '走访3户', '/周结 上周 确认'],
])('at %s the button below what %s shows confirms that very week', async (when, line, words, command) => {
  const { say } = await begun();
  const shown = await say(when, line);
  expect(shown).toContain(words);
  expect(shown).toContain(`[确认提交] ${command}`);
});

test('an edit replaces the words, and does not make a week late that was on time', async () => {
  const { say } = await begun();
  await say('2026-11-27 15:00', '/周结 确认');
  expect(await say('2026-11-30 10:00', '/周结 上周完成走访，签约1份')).toBe(
    '11月23日（周一）到11月29日（周日）的周结已更新。',
  );
  const shown = await say('2026-11-30 10:01', '/周结 上周');
  expect(shown).toContain('已提交，内容如下');
  expect(shown).toContain('上周完成走访，签约1份');
});

test('confirmed again, a week stays as it is and says so, whether it was the draft or one’s own words', async () => {
  const { say } = await begun();
  const again = '11月23日（周一）到11月29日（周日）的周结已经提交过，内容没有变。要改就发 /周结 加新内容。';
  await say('2026-11-27 15:00', '/周结 确认');
  expect(await say('2026-11-27 15:01', '/周结 确认')).toBe(again);
  await say('2026-11-27 15:02', '/周结 签约1份');
  expect(await say('2026-11-27 15:03', '/周结 本周 确认')).toBe(again);
  expect(await say('2026-11-27 15:04', '/周结')).toContain('签约1份');
  expect(await say('2026-12-08 10:00', '/周结 上周 确认')).not.toContain('已经提交过');
});

test('nothing is filed for an empty draft, nor for a week without workdays', async () => {
  const home = county();
  await home.unit('城关镇', [wang]);
  expect((await home.tell(wang, '2026-11-27 15:00', '/周结 确认'))[0]?.text).toContain('草稿是空的');
  expect((await home.tell(wang, '2026-02-18 10:00', '/周结 本周 写了'))[0]?.text).toContain('没有工作日');
});

test.each([
  ['2026-09-16', '2026-09-20'],
  ['2026-09-22', '2026-09-24'],
  ['2026-09-29', '2026-09-30'],
  ['2026-10-08', '2026-10-10'],
])('the week of %s is on time until 20:00 of %s, its last workday', async (told, last) => {
  for (const [minute, words] of [
    ['20:00', '已提交。'],
    ['20:01', '已提交（补报）。'],
  ]) {
    const home = county();
    await home.unit('城关镇', [wang]);
    await home.tell(wang, `${told} 10:00`, '/日清 走访3户');
    expect((await home.tell(wang, `${last} ${minute}`, '/周结 确认'))[0]?.text).toContain(words);
  }
});

test('in English the button can be typed as it stands', async () => {
  const { say } = await begun('en');
  expect(await say('2026-11-27 15:00', '/weekly')).toContain('[Confirm] /weekly confirm');
  expect(await say('2026-11-27 15:01', '/weekly confirm')).toBe('Your week from Mon 23 Nov to Sun 29 Nov is filed.');
});
