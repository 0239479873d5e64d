import { expect, test } from 'vitest';
import { coordinator, head, inspector, procedure, reviewer, second, worker } from '../../procedure.ts';
import { direct, say } from '../../values.ts';

type Made = Awaited<ReturnType<typeof procedure>>;

/** L-01 of November: 清溪乡 and 柳塘镇 on the warning list, 城关镇 and 白石镇 on the honour list. */
const published = async () => {
  const made = await procedure();
  const { until, said } = made;
  await until('2026-12-01 09:00');
  await said(reviewer, '/红黑榜 L-01 确认');
  await until('2026-12-03 18:00');
  await said(reviewer, '/红黑榜 L-01 签发');
  await until('2026-12-08 10:00');
  return made;
};

test('a unit that the reviewer took off is told that it is not on the list, whatever it appeals', async () => {
  const { until, said } = await procedure();
  await until('2026-12-01 09:00');
  await said(reviewer, '/红黑榜 L-01 去掉 柳塘镇 理由：台账当天已补');
  await said(reviewer, '/红黑榜 L-01 确认');
  await until('2026-12-02 10:00');
  expect(await said(head('柳塘镇'), '/申诉 L-01 理由：不公平')).toBe('柳塘镇不在 L-01 上，不用申诉。');
});

test('an error found after publication goes to the reviewer privately, as a step; put right, the unit hears of it', async () => {
  const { said, told, lists, until, start, now } = await published();
  const bot = await start();
  const words = '/申诉 L-01 台账 24 日就补了';
  const message = say(words, {
    sender: coordinator('柳塘镇'),
    chat: direct(coordinator('柳塘镇')),
    addressed: true,
    at: now.at,
  });
  const first = await bot.hear(message);
  expect(first[0]?.text).toBe(
    '已转给审核人核对（L-01，柳塘镇）。属实就在原处更正，结果会私信告诉你；12月15日（周二）23:59后不再更正。',
  );
  const stands = await lists.issue(1);
  expect(await bot.hear(message)).toEqual(first);
  expect(await (await start()).hear(message)).toEqual(first);
  expect(await lists.issue(1)).toEqual(stands);
  expect(stands?.history.at(-1)).toMatchObject({ type: 'raise', by: 'playground:柳塘镇乙' });
  // Nothing of what is published has changed.
  expect(stands?.state).toBe('published');

  const asked = bot.living.told().filter((line) => line.includes('台账 24 日就补了'));
  expect(asked.map((line) => line.split(':')[0])).toEqual(['审', '审二']);
  expect(asked[0]).toContain('公布的是：柳塘镇：1 项遗留事项');
  expect(asked[0]).toContain('/红黑榜 L-01 更正 柳塘镇 理由：…');
  expect(await said(reviewer, '/红黑榜')).toContain('L-01（2026年11月）：柳塘镇公布后提出有误，等核对');
  expect(await said(inspector, '/榜 黑')).not.toContain('等核对');
  expect(await said(head('柳塘镇'), '/申诉')).toContain('公布后提出有误：等审核人核对');
  expect(await said(head('柳塘镇'), '/申诉 L-01 再说一次')).toContain('审核人还在核对');

  expect(await said(second, '/红黑榜 L-01 更正 柳塘镇 理由：台账当天有收条')).toContain('已更正');
  expect(told().findLast((line) => line.startsWith('柳塘镇乙: '))).toContain('台账当天有收条');
  expect(await said(head('柳塘镇'), '/申诉')).toContain('公布后提出有误：已更正');
  expect(await said(reviewer, '/红黑榜')).not.toContain('等核对');
  expect(await said(head('柳塘镇'), '/申诉 L-01 还有')).toContain('已经从 L-01 更正了');
  await until('2026-12-31 10:00');
  expect(await lists.check(1)).toEqual([]);
});

test('what does not hold stands: the unit alone is told why, and only once', async () => {
  const { said, told, lists, groupPosts, posts } = await published();
  expect(await said(reviewer, '/红黑榜 L-01 维持 清溪乡 理由：无误')).toContain('清溪乡没有提出过 L-01 有误');
  await said(head('清溪乡'), '/申诉 L-01 水渠早通了');
  expect(await said(reviewer, '/红黑榜 L-01 维持 清溪乡')).toContain('要写明理由');
  const before = posts.length;
  expect(await said(reviewer, '/红黑榜 L-01 维持 清溪乡 理由：记录里 30 日才清')).toBe(
    'L-01：清溪乡这一行维持公布，理由已告诉该单位。',
  );
  const heard = told().filter((line) => line.includes('记录里 30 日才清'));
  expect(heard.map((line) => line.split(':')[0]).toSorted()).toEqual(['清溪乡乙', '清溪乡甲']);
  expect(await said(reviewer, '/红黑榜 L-01 维持 清溪乡 理由：再说')).toContain('已经答复过了');
  expect(await said(head('清溪乡'), '/申诉 L-01 不服')).toContain('审核人核对后维持公布');
  expect([posts.length, groupPosts().length]).toEqual([before, 5]);
  expect((await lists.issue(1))?.state).toBe('published');
});

test('five workdays after publication nothing is raised any more; and never by who has no part in it', async () => {
  const { said, until, lists } = await published();
  const stands = await lists.issue(1);
  expect(await said(worker('清溪乡'), '/申诉 L-01 水渠早通了')).toContain('只有');
  expect(await said(inspector, '/申诉 L-01 水渠早通了')).toContain('只有');
  expect(await said(head('清溪乡'), '/申诉 L-01')).toContain('要写明理由');
  await until('2026-12-16 00:01');
  expect(await said(head('清溪乡'), '/申诉 L-01 水渠早通了')).toContain('公布已超过 5 个工作日，不再更正');
  expect(await lists.issue(1)).toEqual(stands);
});

test.each<[words: string, answer: RegExp]>([
  // Half a command once went out to every group.
  ['/红黑榜 L-01 更正 清溪乡', /没有更正，什么也没发。要把清溪乡从榜上拿掉/],
  ['/红黑榜 L-01 更正 清溪乡 系统漏记', /没有更正，什么也没发。要把清溪乡从榜上拿掉/],
  ['/红黑榜 L-01 更正', /要写明理由/],
  ['/红黑榜 更正 清溪乡 理由：系统漏记', /没说是哪一期/],
  ['/红黑榜 确认', /没说是哪一期/],
])('%s: nothing is corrected', async (words, answer) => {
  made ??= published();
  const { said, lists, told } = await made;
  const [before, heard] = [await lists.issue(1), told().length];
  expect(await said(reviewer, words)).toMatch(answer);
  expect(await lists.issue(1)).toEqual(before);
  expect(told().length).toBe(heard);
});
let made: Promise<Made> | undefined;

test('a row that is corrected is not corrected again', async () => {
  const { said, lists } = await published();
  await said(reviewer, '/红黑榜 更正 L-01 清溪乡 理由：系统漏记');
  const before = await lists.issue(1);
  expect(before?.corrections).toHaveLength(1);
  expect(await said(reviewer, '/红黑榜 L-01 更正 清溪乡 理由：系统漏记')).toContain('清溪乡这一行已经从 L-01 更正了');
  expect(await lists.issue(1)).toEqual(before);
});

test('the number may stand behind what is to be done, and a reason needs no word before it', async () => {
  const { said, until, lists } = await procedure();
  await until('2026-12-01 09:00');
  expect(await said(reviewer, '/红黑榜 确认')).toMatch(/例如：\/红黑榜 L-01 确认\n· L-01（2026年11月）：等审核人确认/);
  expect(await said(reviewer, '/红黑榜 去掉 L-01 白石镇 晚报了一天')).toContain('已去掉白石镇');
  expect(await said(reviewer, '/红黑榜 L-01')).toContain('审核人去掉：晚报了一天');
  expect(await said(reviewer, '/红黑榜 确认 L-01')).toContain('已确认');
  expect((await lists.issue(1))?.state).toBe('confirmed');
});
