import { beforeAll, expect, test } from 'vitest';
import { county, person } from '../../town.ts';

const home = county();
const [wang, li, zhao, qian] = [
  person('wang', '王一'),
  person('li', '李二'),
  person('zhao', '赵三'),
  person('qian', '钱四'),
];
const others = ['m1', 'm2', 'm3', 'm4'].map((id) => person(id));

/**
 * 城关镇 in the week of Monday, 23 November 2026. Wang, Li and Zhao file every day: two done, and on Monday each leaves
 * one item open. Wang closes his on Tuesday, Li on Thursday, Zhao never; Li's report of Friday is late. Wang waits for
 * the county with one more. Qian is on leave on Wednesday and files nothing.
 */
beforeAll(async () => {
  await home.unit('城关镇', [wang, li, zhao, qian], { roles: { li: ['coordinator'] } });
  await home.unit('河西镇', others);
  for (const one of others) {
    for (const date of [23, 24, 25, 26, 27]) await home.tell(one, `2026-11-${date} 09:00`, '/日清 无');
  }
  for (const date of [23, 24, 25, 26, 27]) {
    for (const one of [wang, li, zhao]) {
      const hour = one === li && date === 27 ? '20:30' : '16:00';
      const open = date === 23 ? '；未清：防汛台账' : '';
      const waits = date === 24 && one === wang ? '；未清：园区征地，等县局批复' : '';
      await home.tell(one, `2026-11-${date} ${hour}`, `/日清 走访3户企业；写材料${open}${waits}`);
    }
    if (date === 24) await home.tell(wang, '2026-11-24 17:00', '/清 1');
    if (date === 24) await home.tell(qian, '2026-11-24 17:00', '/请假 11-25');
    if (date === 26) await home.tell(li, '2026-11-26 17:00', '/清 1');
  }
});

const lines = (answers: readonly { chat: string; text: string }[], chat: string) =>
  answers.find((answer) => answer.chat === chat)?.text.split('\n') ?? [];

test('the row of a unit is explained in its group, with every count, and no name', async () => {
  const answers = await home.tell(wang, '2026-11-30 08:00', '/为什么 城关镇', '城关镇');
  expect(lines(answers, '城关镇')).toEqual([
    // cleared 31/33, on time 14/19: 20 × 0.9394 + 10 × 0.7368 = 26.156 of 30.
    '城关镇 · 上周（11月23日—11月29日）：87.2 分，第 2 名（2 个单位参与排名）',
    '· 得分 = 100 ×（20 × 31/33 + 10 × 14/19）÷ 30 = 87.2。权重：日清率 20、按时率 10；没有数据的指标不参与',
    '· 按时率 = 按时 14 ÷ 应报 19 = 73.7%',
    '· 应报 19 份 = 4 人 × 5 个工作日 − 请假 1',
    '· 其中按时 14，补报 1，未报 4',
    '· 日清率 = 当天或下一工作日办结 31 ÷ 事项 33 = 93.9%',
    '· 另有 1 项在等别人答复，办结数和事项数里都不算',
    '· 工作日 5 天：11月23日、11月24日、11月25日、11月26日、11月27日；休息：11月28日、11月29日',
    '规则 r1。仅供工作调度，不作为考核依据',
  ]);
  expect(answers).toHaveLength(1);
  for (const { name } of [wang, li, zhao, qian]) expect(answers[0]?.text).not.toContain(name);
});

test('the arithmetic that is printed gives the score that is printed', async () => {
  const [answer] = await home.tell(wang, '2026-11-30 08:00', '/为什么 城关镇');
  const [, terms = '', possible = '', score = ''] = /（(.+)）÷ (\d+) = ([\d.]+)。/u.exec(answer?.text ?? '') ?? [];
  const sum = terms.split(' + ').reduce((all, term) => {
    const [weight = 0, part = 0, whole = 1] = term.split(/ × |\//).map(Number);
    return all + (weight * part) / whole;
  }, 0);
  expect(((100 * sum) / Number(possible)).toFixed(1)).toBe(score);
});

test('an item carried into the week and days not over yet are named in the running week', async () => {
  const answer = lines(await home.tell(wang, '2026-12-01 10:00', '/为什么 城关镇 本周', '城关镇'), '城关镇');
  expect(answer).toContain('城关镇 · 本周（11月30日—12月6日）：应报 4 份，不满 15 份，样本不足，暂不打分排名');
  expect(answer).toContain('· 应报 4 份 = 4 人 × 2 个工作日 − 未到截止时间 4');
  expect(answer).toContain('· 日清率 = 当天或下一工作日办结 0 ÷ 事项 1 = 0.0%');
  expect(answer).toContain('· 其中 1 项是以前没清、转过来的');
  expect(answer.join()).not.toContain('得分 =');
});

test('the days off are named, and a year without its holidays is said aloud', async () => {
  const answer = lines(await home.tell(wang, '2026-12-01 10:00', '/为什么 城关镇 上周'), 'wang');
  expect(answer.at(-2)).toContain('休息：11月28日、11月29日');
  // On Monday, 4 January 2027, nobody knows yet which days are off.
  const later = lines(await home.tell(wang, '2027-01-05 10:00', '/为什么 城关镇 本周'), 'wang');
  expect(later.join('\n')).toContain('2027 年的放假安排还没导入');
  expect(later.join('\n')).toContain('− 放假安排未定 8');
});

test('my own figures come in private: days, arithmetic, and the items that did not count', async () => {
  const answers = await home.tell(li, '2026-11-30 08:00', '/为什么 上周', '城关镇');
  expect(lines(answers, '城关镇')).toEqual(['已私信发给你。']);
  expect(lines(answers, 'li')).toEqual([
    '你的上周（11月23日—11月29日）',
    '· 11月23日（周一）：按时',
    '· 11月24日（周二）：按时',
    '· 11月25日（周三）：按时',
    '· 11月26日（周四）：按时',
    '· 11月27日（周五）：补报',
    '· 按时率 = 按时 4 ÷ 应报 5 = 80.0%',
    '· 应报 5 份 = 1 人 × 5 个工作日',
    '· 其中按时 4，补报 1，未报 0',
    '· 日清率 = 当天或下一工作日办结 10 ÷ 事项 11 = 90.9%',
    '· 工作日 5 天：11月23日、11月24日、11月25日、11月26日、11月27日；休息：11月28日、11月29日',
    '没算进日清率的事项：',
    '· 防汛台账：11月23日提出，11月24日到期，11月26日才清',
    '个人不打分、不排名，这些数只并入城关镇的合计。',
    '规则 r1。仅供工作调度，不作为考核依据',
  ]);
  const mine = lines(await home.tell(zhao, '2026-11-30 08:00', '/为什么 我 上周'), 'zhao');
  expect(mine).toContain('· 防汛台账：11月23日提出，11月24日已到期，还没清');
  expect(lines(await home.tell(zhao, '2026-11-30 08:00', '/为什么 赵三 上周'), 'zhao')).toEqual(mine);
});

test('what was named after the week has nothing to do with it', async () => {
  await home.tell(zhao, '2026-11-30 09:00', '/日清 未清：新台账');
  const mine = lines(await home.tell(zhao, '2026-12-02 08:00', '/为什么 上周'), 'zhao').join();
  expect(mine).toContain('防汛台账');
  expect(mine).not.toContain('新台账');
  expect(lines(await home.tell(zhao, '2026-12-02 08:00', '/为什么'), 'zhao').join()).toContain('新台账');
});

test('leave is told to the person as a day that counts nothing', async () => {
  const answer = lines(await home.tell(qian, '2026-11-27 10:00', '/为什么'), 'qian');
  expect(answer).toContain('· 11月25日（周三）：请假');
  expect(answer).toContain('· 11月27日（周五）：未到截止时间');
  expect(answer).toContain('· 应报 3 份 = 1 人 × 5 个工作日 − 请假 1 − 未到截止时间 1');
});

test('nobody reads another person’s figures', async () => {
  const [answer] = await home.tell(wang, '2026-11-30 08:00', '/为什么 李二', '城关镇');
  expect(answer?.text).toBe(
    '没有叫“李二”的单位。单位的分发 /为什么 加单位名；自己的数字直接发 /为什么（别人的看不了）。',
  );
});

test('the row of a unit further down is explained, but not before another unit’s group', async () => {
  const far = county();
  const names = ['一镇', '二镇', '三镇', '四镇', '五镇', '六镇', '七镇'];
  for (const [i, name] of names.entries()) {
    const four = [0, 1, 2, 3].map((n) => person(`${name}${n}`));
    await far.unit(name, four);
    for (const date of [23, 24, 25, 26, 27]) {
      for (const one of four.slice(i < 4 ? 0 : i - 3)) await far.tell(one, `2026-11-${date} 09:00`, '/日清 无');
    }
  }
  const where = async (asker: string, unit: string, group: string) =>
    (await far.tell(person(asker), '2026-11-30 08:00', `/为什么 ${unit}`, group)).map(({ chat }) => chat);
  expect(await where('一镇0', '二镇', '一镇')).toEqual(['一镇']);
  expect(await where('一镇0', '七镇', '一镇')).toEqual(['一镇', '一镇0']);
  expect(await where('七镇0', '七镇', '七镇')).toEqual(['七镇']);
});

test('my lamps are explained: when each was due, by how much it is over, and the rule', async () => {
  const alone = county();
  await alone.unit('城关镇', [wang]);
  await alone.tell(wang, '2026-11-23 16:00', '/日清 未清：防汛台账；未清：园区征地，等县局批复');
  await alone.tell(wang, '2026-11-25 16:00', '/日清 未清：合同');
  await alone.tell(wang, '2026-11-25 16:00', '/请假 11-27');
  const said = lines(await alone.tell(wang, '2026-11-30 10:00', '/为什么'), 'wang');
  expect(said.slice(-6, -2)).toEqual([
    '未清事项现在的灯（规则 lamp-1：到期前 2 个工作日内蓝灯，超期 1 到 3 个工作日黄灯，再久红灯；等别人答复的、请假的日子停着不算）：',
    '· 防汛台账：🟡Y 黄灯，11月24日到期，已超 3 个工作日',
    '· 园区征地，等县局批复：⚪P 暂停',
    '· 合同：🟡Y 黄灯，11月26日到期，已超 1 个工作日',
  ]);
});
