import { expect, test } from 'vitest';
import { copyCheck } from '../../jobs/copy-check.ts';
import { redis } from '../house.ts';
import { county, minutesOf, person } from '../town.ts';

const [wang, li, zhao] = [person('wang', '王一'), person('li', '李二'), person('zhao', '赵三')];
const said = '/日清 走访3户企业；上报防汛台账';
const other = '/日清 审核低保申请材料12份';

/** 城关镇 with Wang, Li and Zhao; `check` runs at ten on a day. */
const begun = async (settings = {}) => {
  const home = county();
  const unit = await home.unit('城关镇', [wang, li, zhao], { settings, roles: { zhao: ['coordinator', 'leader'] } });
  const check = (on: string) => home.run(copyCheck, unit, `${on} 10:00`);
  return { ...home, check };
};

test('who files the same as on an earlier day is told so alone, with how to mend it', async () => {
  const { tell, check } = await begun();
  await tell(wang, '2026-11-23 17:00', said);
  await tell(wang, '2026-11-25 17:00', '/日清 上报防汛台账；走访３户企业。');
  await tell(li, '2026-11-25 17:10', other);
  const [post, ...more] = await check('2026-11-26');
  expect(more).toEqual([]);
  expect(post?.chat).toBe('direct:wang');
  expect(post?.text).toBe(
    '11月25日（周三）的日清和11月23日（周一）的几乎一样，提醒你看一眼。天天都办的事，不用管；要是贴错了，发“/改 11-25 新的内容”就行。只有你看得到，同样的内容不会再提。',
  );
});

test('the same again on the next day is not told again', async () => {
  const { tell, check } = await begun();
  for (const day of ['23', '24', '25']) await tell(wang, `2026-11-${day} 17:00`, said);
  expect(await check('2026-11-25')).toHaveLength(1);
  expect(await check('2026-11-26')).toEqual([]);
});

test('of two colleagues the later one is told; the other is neither told nor named', async () => {
  const { tell, check } = await begun();
  await tell(wang, '2026-11-23 16:00', said);
  await tell(li, '2026-11-23 17:00', said);
  const posts = await check('2026-11-24');
  expect(posts.map(({ chat }) => chat)).toEqual(['direct:li']);
  expect(posts[0]?.text).toContain('本单位一位同事');
  expect(posts[0]?.text).not.toMatch(/王一|走访/);
});

test('another unit’s text is no matter', async () => {
  const { tell, check, unit } = await begun();
  const qian = person('qian');
  await unit('上水乡', [qian]);
  await tell(qian, '2026-11-23 16:00', said);
  await tell(wang, '2026-11-23 17:00', said);
  expect(await check('2026-11-24')).toEqual([]);
});

test('what was left open or planned and is said again is no repetition; short reports are none either', async () => {
  const { tell, check } = await begun();
  await tell(wang, '2026-11-23 17:00', '/日清 未清：园区征地协议签订工作；明日：陪同省督查组检查防汛物资');
  await tell(wang, '2026-11-24 17:00', '/日清 未清：园区征地协议签订工作；完成：陪同省督查组检查防汛物资');
  await tell(li, '2026-11-23 17:00', '/日清 窗口值守');
  await tell(li, '2026-11-24 17:00', '/日清 窗口值守');
  expect(await check('2026-11-25')).toEqual([]);
});

test('what was rewritten counts as it stands', async () => {
  const { tell, check } = await begun();
  await tell(wang, '2026-11-23 17:00', said);
  await tell(wang, '2026-11-24 17:00', said);
  await tell(wang, '2026-11-24 17:05', '/改 审核低保申请材料12份');
  expect(await check('2026-11-25')).toEqual([]);
});

test('the unit says how alike, or that nothing is looked at', async () => {
  const near = '/日清 走访5户企业；上报防汛台账';
  for (const [copyPercent, times] of [
    [80, 1],
    [90, 0],
  ] as const) {
    const { tell, check } = await begun({ copyPercent });
    await tell(wang, '2026-11-23 17:00', said);
    await tell(wang, '2026-11-24 17:00', near);
    expect(await check('2026-11-25')).toHaveLength(times);
  }
  expect(minutesOf(copyCheck, { copyPercent: 0 }, '2026-11-23', '2026-11-30')).toEqual([]);
});

test('falls due on workdays after a day that was owed', () => {
  expect(minutesOf(copyCheck, {}, '2026-11-20', '2026-11-25')).toEqual([
    '2026-11-20 10:00',
    '2026-11-23 10:00',
    '2026-11-24 10:00',
  ]);
  expect(minutesOf(copyCheck, { cadence: 'weekly' }, '2026-11-20', '2026-11-25')).toEqual([]);
});

test('nobody new, on another day or in a group hears of it, and nothing of it is kept', async () => {
  const { tell, check, namespace } = await begun();
  await tell(wang, '2026-11-23 17:00', said);
  await tell(wang, '2026-11-24 17:00', said);
  const before = (await redis.keys(`${namespace}:*`)).sort();
  await check('2026-11-25');
  expect((await redis.keys(`${namespace}:*`)).sort()).toEqual(before);
});

test('days filled in late are looked at on the next morning, each once: several at a go with one text', async () => {
  const { tell, check } = await begun();
  await tell(wang, '2026-11-25 17:00', other);
  await tell(wang, '2026-11-26 11:00', '/补报 11-24 走访3户企业；上报防汛台账');
  await tell(wang, '2026-11-26 11:01', '/补报 11-23 走访3户企业；上报防汛台账');
  await tell(wang, '2026-11-26 17:00', '/日清 陪同省督查组检查水库');
  expect(await check('2026-11-26')).toEqual([]);
  const posts = await check('2026-11-27');
  expect(posts.map(({ chat }) => chat)).toEqual(['direct:wang']);
  expect(posts[0]?.text).toContain('11月24日（周二）的日清和11月23日（周一）的几乎一样');
  expect(await check('2026-11-30')).toEqual([]);
});

test('a day filled in late with the text of a later one, or of a colleague, is pointed out too', async () => {
  const { tell, check } = await begun();
  await tell(wang, '2026-11-25 17:00', said);
  await tell(li, '2026-11-24 17:00', other);
  await tell(wang, '2026-11-26 11:00', '/补报 11-24 走访3户企业；上报防汛台账');
  expect((await check('2026-11-27'))[0]?.text).toContain('11月24日（周二）的日清和11月25日（周三）的几乎一样');

  const second = await begun();
  await second.tell(li, '2026-11-24 17:00', other);
  await second.tell(wang, '2026-11-26 11:00', '/补报 11-24 审核低保申请材料12份');
  const [post] = await second.check('2026-11-27');
  expect(post?.chat).toBe('direct:wang');
  expect(post?.text).toContain('本单位一位同事');
});
