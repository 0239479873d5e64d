import { expect, test } from 'vitest';
import { dailyDigest } from '../../jobs/daily-digest.ts';
import { county, person } from '../town.ts';

const [wang, li, zhao] = [person('wang', '王一'), person('li', '李二'), person('zhao', '赵三')];
const [qian, sun, zhou] = [person('qian', '钱四'), person('sun', '孙五'), person('zhou', '周六')];
const [head, mayor] = [person('head', '何县长'), person('mayor', '马镇长')];

/** 云岭县 with three units below, in the week of Monday, 23 November 2026. */
const lived = async () => {
  const home = county();
  const top = await home.unit('云岭县', [head], { roles: { head: ['unitHead'] }, settings: { cadence: 'off' } });
  const parent = top.id;
  const town = await home.unit('城关镇', [wang, li, zhao, mayor], { parent, roles: { mayor: ['leader'] } });
  await home.unit('白石镇', [qian, sun], { parent });
  await home.unit('档案馆', [zhou], { parent, settings: { cadence: 'off' } });
  const say = (who: typeof wang, when: string, words: string) => home.tell(who, `2026-11-${when}`, words);

  await say(wang, '23 10:00', '/日清 走访8户企业，解决用电问题2个；未清：防汛物资台账');
  await say(li, '23 17:10', '/日清 完成3个村人居环境检查；求助：园区二期缺用地指标，请领导协调县自然资源局');
  await say(zhao, '23 17:20', '/日清 报送统计月报');
  await say(mayor, '23 17:30', '/日清 调研园区二期');
  await say(qian, '23 17:00', '/日清 排查山塘水库5座；求助：抽水泵坏了2台，请求调配');
  await say(sun, '23 21:30', '/日清 化解纠纷1起');
  await say(wang, '24 16:00', '/日清 走访5户企业；防汛物资台账');
  await say(mayor, '24 17:00', '/日清 开党委会；未清：征地补偿款，等县财政局拨付');
  await say(li, '24 08:40', '/请假 今天 看病');
  await say(qian, '24 18:30', '/日清 无');
  return { ...home, top, town, say };
};

test('what a town’s leader reads in the morning', async () => {
  const { run, town } = await lived();
  const [post, ...more] = await run(dailyDigest, town, '2026-11-25 09:00');
  expect(more).toEqual([]);
  expect(post?.text.split('\n')).toEqual([
    '简报 · 11月24日（周二） · 城关镇',
    '· 等你答复 1 项：',
    '· H-01 🟡Y 黄灯 园区二期缺用地指标，请领导协调县自然资源局（城关镇，11月24日 18:00 前）',
    '· 办结 3 项（比前一工作日 -1），新增未清 0 项',
    '· 等别人答复的 1 项',
    '· 应报 3，按时 2（比前一工作日 -2），未报 1，请假 1',
    '[看城关镇] /看 城关镇',
    '[看单位榜] /榜',
  ]);
});

test('what the county’s head reads: the town’s own request with others, that of a town without leader first', async () => {
  const { run, top } = await lived();
  const [post, ...more] = await run(dailyDigest, top, '2026-11-25 09:00');
  expect(more).toEqual([]);
  expect(post?.text.split('\n')).toEqual([
    '简报 · 11月24日（周二） · 云岭县等 2 个单位',
    '· 等你答复 1 项：',
    '· H-02 🟡Y 黄灯 抽水泵坏了2台，请求调配（白石镇，11月24日 18:00 前）',
    '· 其他求助 1 项：',
    '· H-01 🟡Y 黄灯 园区二期缺用地指标，请领导协调县自然资源局（城关镇，11月24日 18:00 前）',
    '· 办结 3 项（比前一工作日 -3），新增未清 0 项',
    '· 等别人答复的 1 项',
    '· 应报 5，按时 3（比前一工作日 -2），未报 2，请假 1',
    '· 城关镇：办结 3，按时 2/3，未报 1，请假 1',
    '· 白石镇：办结 0，按时 1/2，未报 1',
    '[看城关镇] /看 城关镇',
    '[看单位榜] /榜',
  ]);
});

test('whatever a line names can be opened as it stands: the request, the unit', async () => {
  const { run, top, say } = await lived();
  const [post] = await run(dailyDigest, top, '2026-11-25 09:00');
  const buttons = post?.reply.flatMap((block) => (block.kind === 'buttons' ? block.buttons : [])) ?? [];
  for (const command of ['/看 H-02', '/看 H-01', '/看 白石镇', ...buttons.map(({ command }) => command)]) {
    const [answer] = await say(head, '25 09:05', command);
    expect(answer?.text, command).toMatch(/^(求助 H-0|简报 · |单位榜)/);
  }
});

test('nobody who is missing, late or away is named in a digest, to whomever it goes', async () => {
  const { run, top, town } = await lived();
  const posts = [
    ...(await run(dailyDigest, top, '2026-11-25 09:00')),
    ...(await run(dailyDigest, town, '2026-11-26 09:00')),
  ];
  expect(posts).toHaveLength(2);
  for (const { text } of posts)
    for (const { id, name } of [wang, li, zhao, qian, sun, zhou, mayor]) {
      expect(text).not.toContain(name);
      expect(text).not.toContain(id);
    }
});
