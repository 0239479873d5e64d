import { expect, test } from 'vitest';
import { dailyDigest } from '../../../jobs/daily-digest.ts';
import { county, person } from '../../town.ts';
import { at, day } from '../../values.ts';

const [wang, li, zhao, boss] = [
  person('wang', '王一'),
  person('li', '李二'),
  person('zhao', '赵三'),
  person('boss', '孙县长'),
];

/** 云岭县 under 孙县长, in it 城关镇 under 赵三, and 白石镇 that nobody leads. */
const begun = async () => {
  const home = county();
  const top = await home.unit('云岭县', [boss], { roles: { boss: ['unitHead'] }, settings: { cadence: 'off' } });
  const unit = await home.unit('城关镇', [wang, li, zhao], {
    parent: top.id,
    roles: { zhao: ['leader'], li: ['coordinator'] },
  });
  const other = await home.unit('白石镇', [person('qian', '钱四')], { parent: top.id });
  const say = async (who: typeof wang, when: string, text: string, where?: string) =>
    (await home.tell(who, `2026-11-${when}`, text, where)).map((answer) => answer.text).join('\n');
  return { ...home, top, unit, other, say };
};

test('from asking to the answer: numbered, in the digest, answered, told, and its clock runs again', async () => {
  const { say, run, unit, told } = await begun();
  expect(await say(wang, '23 10:00', '/日清 走访；求助：请协调用地指标', '城关镇')).toContain('求助编号 H-01');
  const [before] = await run(dailyDigest, unit, '2026-11-24 09:00');
  expect(before?.text).toContain('等你答复 1 项：\n· H-01 🔵B 蓝灯 请协调用地指标（城关镇，11月24日 18:00 前）');

  expect(await say(zhao, '24 10:00', '/答复')).toContain('H-01 🔵B 蓝灯 请协调用地指标');
  expect(await say(zhao, '24 10:05', '/答复 h1 同意，周五前办')).toBe('已答复 H-01，会私信王一（wang）。');
  expect(told()).toEqual([
    'wang: 赵三答复了你的求助 H-01“请协调用地指标”：\n同意，周五前办\n办完了发 /清 清掉这一项。',
  ]);
  expect(await say(wang, '24 11:00', '/看 H-01')).toContain(
    '求助 H-01 · 已答复\n· 请协调用地指标\n· 城关镇 王一（wang），11月23日（周一）提出\n· 赵三（zhao） 11月24日（周二）答复：同意，周五前办',
  );
  const [after] = await run(dailyDigest, unit, '2026-11-25 09:00');
  expect(after?.text).not.toContain('H-01');
  // Answered on Tuesday, so it is to be done on Wednesday: on Thursday it is late.
  expect(await say(wang, '26 09:00', '/看 1')).toContain('🟡Y 黄灯，11月25日到期，已超 1 个工作日');
});

test('one answer stands; whoever is not asked cannot give it', async () => {
  const { say } = await begun();
  await say(wang, '23 10:00', '/日清 求助：请协调用地指标');
  expect(await say(boss, '23 11:00', '/答复 H-01 县里来办')).toContain('已答复 H-01');
  expect(await say(zhao, '23 12:00', '/答复 H-01 不同意')).toBe(
    'H-01 已由孙县长（boss）在11月23日（周一）答复过，没有改动。要补充，请直接联系提出人。',
  );
  expect(await say(li, '23 12:00', '/答复 H-01 我来')).toContain('只有领导、单位负责人可以用');
  expect(await say(zhao, '23 12:00', '/答复 H-99 好')).toContain('没有 H-99 这项求助');
  expect(await say(zhao, '23 12:00', '/答复 H-01')).toContain('请写上答复');
  expect(await say(zhao, '23 12:00', '/答复 好的')).toContain('请写上编号');
  expect(await say(zhao, '23 12:00', `/答复 H-01 ${'好'.repeat(501)}`)).toContain('500 字以内');
});

test('a leader answers for his own town, not for its neighbour', async () => {
  const { say, top, run } = await begun();
  await say(person('qian', '钱四'), '23 10:00', '/日清 求助：要一台泵');
  expect(await say(zhao, '23 11:00', '/答复 H-01 给')).toBe(
    'H-01 是白石镇的求助，由白石镇或上级单位的领导、单位负责人答复。',
  );
  expect(await say(zhao, '23 11:00', '/看 H-01')).toContain('没有 H-01 这项求助');
  expect(await say(zhao, '23 11:00', '/看 白石镇')).toContain('由它的领导、单位负责人和上级领导看');
  // Nobody leads it, so the county is the first to answer.
  expect((await run(dailyDigest, top, '2026-11-24 09:00'))[0]?.text).toContain('等你答复 1 项：\n· H-01');
});

test('what another leader is to answer stands apart in the county’s digest', async () => {
  const { say, top, run } = await begun();
  await say(wang, '23 10:00', '/日清 求助：请协调用地指标');
  const [post] = await run(dailyDigest, top, '2026-11-24 09:00');
  expect(post?.text).toContain('其他求助 1 项：\n· H-01');
  expect(post?.text).not.toContain('等你答复');
});

test('a request that its author takes back or closes waits for nobody', async () => {
  const { say } = await begun();
  await say(wang, '23 10:00', '/日清 求助：甲事；求助：乙事；求助：丙事');
  await say(wang, '23 10:01', '/清 1');
  expect(await say(zhao, '23 10:02', '/答复')).toContain('有 2 项求助等答复');
  expect(await say(wang, '23 10:03', '/改 走访')).not.toContain('求助编号');
  expect(await say(zhao, '23 10:04', '/答复')).toBe('没有等你答复的求助。');
  expect(await say(wang, '23 10:05', '/看 H-02')).toContain('提出人已清掉或撤回');
  expect(await say(zhao, '23 10:06', '/答复 H-02 同意')).toBe('H-02 提出人已清掉或撤回，不用再答复。');
});

test('a bot killed between report and number has lost nothing: the digest numbers it', async () => {
  const { say, run, unit, reports } = await begun();
  // As file-report.lua leaves it when nothing comes after it.
  await reports.file(
    {
      unit: unit.id,
      day: day('2026-11-23'),
      onTime: true,
      items: [{ kind: 'help', text: '请协调用地指标' }],
      listCarried: false,
    },
    { message: 'cut off', by: 'playground:wang', at: at('2026-11-23 10:00') },
  );
  expect((await run(dailyDigest, unit, '2026-11-24 09:00'))[0]?.text).toContain('H-01');
  expect((await run(dailyDigest, unit, '2026-11-25 09:00'))[0]?.text).toContain('H-01');
  expect(await say(zhao, '25 10:00', '/答复 H-01 好')).toContain('已答复');
});

test('a leader opens a unit: its last workday, and who has what unfinished', async () => {
  const { say } = await begun();
  await say(wang, '23 10:00', '/日清 走访；未清：防汛台账');
  const shown = await say(zhao, '25 10:00', '/看 城关镇');
  expect(shown).toContain('简报 · 11月24日（周二） · 城关镇');
  expect(shown).toContain('未清 1 项：\n· 🟡Y 黄灯 防汛台账（王一，已 2 个工作日）');
  await say(zhao, '25 09:00', '/日清 未清：整理档案');
  await say(li, '20 09:00', '/日清 求助：补一名网格员；未清：危房台账');
  expect((await say(zhao, '25 10:00', '/看 城关镇')).split('未清 4 项：\n')[1]?.split('\n')).toEqual([
    '· 🟡Y 黄灯 危房台账（李二，已 3 个工作日）',
    '· 🟡Y 黄灯 防汛台账（王一，已 2 个工作日）',
    '· 🔵B 蓝灯 整理档案（赵三，今天的）',
    '· ⚪P 暂停 补一名网格员（李二，已 3 个工作日）',
  ]);
  expect(await say(wang, '25 10:00', '/看 城关镇')).toContain('由它的领导');
  expect(await say(wang, '25 10:00', '/看')).toContain('要看哪一项');
  expect(await say(wang, '25 10:00', '/看 9')).toBe('没有编号为 9 的未清事项。发 /清 可看编号。');
});

test('a leader reads any day again, with all below; nobody else does', async () => {
  const { say } = await begun();
  await say(wang, '23 10:00', '/日清 走访；求助：请协调用地指标');
  const shown = await say(boss, '25 10:00', '/看 周一');
  expect(shown).toContain('简报 · 11月23日（周一） · 云岭县');
  expect(shown).toContain('其他求助 1 项：\n· H-01 🟡Y 黄灯 请协调用地指标');
  expect(shown).toContain('· 城关镇：办结 1，按时 1/3，未报 2');
  expect(await say(boss, '25 10:00', '/看 云岭县')).toContain('· 城关镇：办结 0，按时 0/3，未报 3');
  expect(await say(wang, '25 10:00', '/看 昨天')).toBe(
    '11月24日（周二）的简报给领导和单位负责人看。自己的发：/我的 昨天',
  );
  expect(await say(boss, '25 10:00', '/看 单位')).toBe(
    '11月24日（周二）的单位情况，共 2 个，急的在前：\n· 城关镇：办结 0，按时 0/3，未报 3\n· 白石镇：办结 0，按时 0/1，未报 1',
  );
  expect(await say(wang, '25 10:00', '/看 单位')).toContain('给领导和单位负责人看');
  expect(await say(boss, '25 10:00', '/看 12月1日')).toContain('还没到');
});

test('a day that is rewritten keeps the number of what it still asks, and its answer', async () => {
  const { say } = await begun();
  await say(wang, '23 10:00', '/日清 走访；求助：甲事；求助：乙事');
  expect(await say(zhao, '23 10:01', '/答复 H-02 同意')).toContain('已答复');
  expect(await say(wang, '23 10:02', '/改 求助：乙事；求助：丙事；求助：甲事')).toContain('H-02、H-03、H-01');
  expect(await say(zhao, '23 10:03', '/答复')).toContain('有 2 项求助等答复');
  expect(await say(wang, '23 10:04', '/看 H-02')).toContain('求助 H-02 · 已答复\n· 乙事');
  expect(await say(wang, '23 10:04', '/看 H-01')).toContain('求助 H-01 · 待答复\n· 甲事');
  expect(await say(zhao, '23 10:05', '/答复 H-01 同意')).toContain('已答复');
});

test('where nobody leads, a request is not said to reach anybody', async () => {
  const home = county();
  await home.unit('白石镇', [wang]);
  const [answer] = await home.tell(wang, '2026-11-23 10:00', '/日清 求助：要一台泵');
  expect(answer?.text).toContain('求助编号 H-01，本单位和上级单位都还没有设领导，请当面找人办');
});

test('what an erased person asked or answered is no longer read anywhere', async () => {
  const { say, member } = await begun();
  const admin = person('admin', '吴管理');
  await member(admin, null, [{ role: 'admin', unit: null }]);
  await say(wang, '23 10:00', '/日清 求助：甲事；求助：乙事');
  await say(zhao, '23 10:01', '/答复 H-01 同意拨付');
  expect(await say(admin, '23 10:02', '/名册 抹除 playground:zhao 确认')).toContain('已抹除');
  const shown = await say(boss, '23 10:03', '/看 H-01');
  expect(shown).toContain('甲事');
  expect(shown).toContain('答复：（文字已抹除）');
  expect(shown).not.toContain('同意拨付');
  expect(await say(admin, '23 10:04', '/名册 抹除 playground:wang 确认')).toContain('已抹除');
  expect(await say(boss, '23 10:05', '/看 H-01')).not.toContain('甲事');
  expect(await say(boss, '23 10:05', '/看 H-02')).not.toContain('乙事');
  expect(await say(boss, '23 10:05', '/答复')).toBe('没有等你答复的求助。');
});

test('a leader asks for a week, a month or a quarter of a unit, compared with the one before', async () => {
  const { say } = await begun();
  await say(wang, '23 10:00', '/日清 走访；未清：防汛台账');
  await say(wang, '24 10:00', '/日清 走访；写材料');
  const month = await say(zhao, '30 10:00', '/看 城关镇 11月');
  expect(month).toContain('小结 · 11月1日—11月30日 · 城关镇\n· 办结 3 项');
  expect(month).toContain('应报 18，按时 2，未报 13');
  expect(await say(zhao, '30 10:00', '/看 本月')).toBe(month);
  expect(await say(boss, '30 10:00', '/看 四季度')).toContain('小结 · 10月1日—12月31日 · 云岭县');
  expect(await say(zhao, '30 10:00', '/看 城关镇 上周')).toContain('一周简报 · 上周（11月23日—11月29日） · 城关镇');
  expect(await say(zhao, '30 10:00', '/看 城关镇 11月24日')).toContain('简报 · 11月24日（周二） · 城关镇\n· 办结 2 项');
  expect(await say(zhao, '30 10:00', '/看 城关镇 11月23日 至 11月24日')).toContain('小结 · 11月23日—11月24日');
  expect(await say(zhao, '30 10:00', '/看 城关镇 2020-1-1 至 2026-1-1')).toContain('一次最多看 92 天');
  expect(await say(zhao, '30 10:00', '/看 城关镇 2027年1月')).toContain('还没到');
  expect(await say(wang, '30 10:00', '/看 城关镇 11月')).toContain('由它的领导');
});
