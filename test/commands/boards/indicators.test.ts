import { expect, test } from 'vitest';
import { forbiddenKinds } from '../../../src/domain/indicator-names.ts';
import { chatKey } from '../../../src/message.ts';
import { house } from '../../house.ts';
import { at, direct, group, say } from '../../values.ts';

const admin = { id: 'admin', name: '管一' };
const clerk = { id: 'clerk', name: '联二' };
const head = { id: 'head', name: '书三' };
const inspector = { id: 'inspector', name: '督四' };

/** 云岭县 with 城关镇 and 白石镇 below it. Everybody speaks in private. */
const county = async (locale: 'zh-CN' | 'en' = 'zh-CN') => {
  const home = house({ locale });
  const top = await home.unit('云岭县');
  const town = await home.unit('城关镇', { parent: top.id, chats: [chatKey(group)] });
  const other = await home.unit('白石镇', { parent: top.id });
  await home.member(admin, null, [{ role: 'admin', unit: null }]);
  await home.member(clerk, town, [
    { role: 'coordinator', unit: town.id },
    { role: 'leader', unit: town.id },
  ]);
  await home.member(head, town, [{ role: 'unitHead', unit: town.id }]);
  await home.member(inspector, null, [{ role: 'inspector', unit: null }]);
  const as =
    (sender: typeof admin) =>
    (text: string, over: Parameters<typeof say>[1] = {}) =>
      home.ask(say(text, { sender, chat: direct(sender), ...over }));
  const month = () =>
    home.boards.units(
      [town, other],
      at('2026-11-01 00:00').toZonedDateTimeISO('Asia/Shanghai').toPlainDate(),
      at('2026-11-30 00:00').toZonedDateTimeISO('Asia/Shanghai').toPlainDate(),
      at('2026-11-23 09:00').toZonedDateTimeISO('Asia/Shanghai'),
    );
  return { ...home, top, town, other, month, boss: as(admin), clerk: as(clerk), head: as(head), eye: as(inspector) };
};

const TAX = '/指标 新建 亩均税收 单位:万元 目标:12 权重:20 批准:李书记 依据:县委办〔2026〕5号';

test('a value is reported with its source, counts once somebody else has verified it, and not before', async () => {
  const { boss, clerk, eye, month, town } = await county();
  expect(await boss(TAX)).toBe(
    '已给云岭县新建指标“亩均税收”：单位万元，目标 12，越高越好（按数值 ÷ 目标），最多算 100%，权重 20。现在是：基础 80、亩均税收 20，从 2026 年 11 月起算，以前的月份不变。',
  );
  expect(await clerk('/指标 报 亩均 9 依据:税务局月报')).toBe(
    '已收到：城关镇 亩均税收，2026 年 11 月 9万元，目标 12，完成 75.0%。等领导或督查核实后才计入，不能由报数的人核。',
  );
  const item = { id: 1, name: '亩均税收', unit: '万元', weight: 20, better: 'more' };
  const before = { revision: 1, base: 80, items: [{ ...item, months: [] }] };
  expect((await month()).map(({ specials }) => specials)).toEqual([before, before]);

  expect(await clerk('/指标 核 城关镇 亩均')).toBe('这个数是你自己报的，要由另一个人核实。');
  expect(await eye('/指标 核 城关镇 亩均')).toBe(
    '已核实：城关镇 亩均税收，2026 年 11 月 9万元，目标 12，完成 75.0%。从现在起计入，权重 20。',
  );
  const [counting] = await month();
  expect(counting).toMatchObject({
    unit: town.id,
    specials: { items: [{ months: [{ month: '2026-11', value: 90_000, target: 120_000 }] }] },
  });
  expect(await eye('/指标 核 城关镇 亩均')).toContain('没有等着核实的数');
  expect(await clerk('/指标')).toContain('亩均税收：依据“税务局月报”，联二（clerk）报，督四（inspector）核');
});

test('a message that comes again changes nothing and says the same', async () => {
  const { boss, clerk, eye, indicators } = await county();
  const twice = async (who: typeof boss, text: string) => {
    const first = await who(text, { id: text });
    expect(await who(text, { id: text })).toBe(first);
    return first;
  };
  await twice(boss, TAX);
  await twice(clerk, '/指标 报 亩均 9 依据:税务局月报');
  expect(await twice(eye, '/指标 核 城关镇 亩均')).toContain('已核实');
  await twice(boss, '/指标 权重 基础 70 亩均 30');
  expect(await indicators.sheets()).toHaveLength(2);
  expect(await indicators.values(['2026-11'])).toHaveLength(1);
});

test('a returned value does not count; whoever reported it is told why, and may report it again', async () => {
  const { boss, clerk, head, month, told } = await county();
  await boss(TAX);
  await clerk('/指标 报 亩均 9万元 依据:口头');
  expect(await head('/指标 退回 亩均')).toBe('退回要写理由，例如：/指标 退回 亩均 理由：口径不对');
  expect(await head('/指标 退回 亩均 理由:口径不对')).toContain('已退回：城关镇 亩均税收');
  expect(told()).toEqual([
    'clerk: 你报的城关镇 亩均税收（2026 年 11 月 9万元，目标 12，完成 75.0%）被退回，没有计入。理由：口径不对。改好后再报一次就行。',
  ]);
  expect((await month())[0]?.specials?.items[0]?.months).toEqual([]);
  expect(await clerk('/指标 报 亩均 8.5 依据:税务局月报')).toContain('（第 2 次报）');
  await head('/指标 核 亩均');
  // A third value waits; the second one goes on counting meanwhile.
  await clerk('/指标 报 亩均 11 依据:税务局更正');
  expect((await month())[0]?.specials?.items[0]?.months).toMatchObject([{ value: 85_000 }]);
  expect(await head('/指标')).toContain('等你核实的数有 1 个');
});

test.each([
  ['/指标 新建 会议次数 单位:次 目标:10', '规则 C08'],
  ['/指标 新建 发文数 单位:份 目标:10', '规则 C08'],
  ['/指标 新建 照 片 数 单位:张 目标:10', '规则 C08'],
  ['/指标 新建 日报字数 单位:字 目标:10', '规则 C08'],
  ['/指标 新建 学习笔记 单位:篇 目标:10', '规则 C08'],
  ['/指标 新建 点赞数 单位:个 目标:10', '规则 C05'],
  ['/指标 新建 在线时长 单位:小时 目标:10', '规则 C03'],
  ['/指标 新建 答题积分 单位:分 目标:10', '规则 C12'],
  ['/指标 新建 消息条数 单位:条 目标:10', '规则 C05'],
  ['/指标 新建 亩均税收 目标:10', '用什么计量'],
  ['/指标 新建 亩均税收 单位:万元 目标:0', '要是大于 0 的数'],
  ['/指标 新建 亩均税收 单位:万元 目标:一百', '要是大于 0 的数'],
  ['/指标 新建 基础 单位:万元 目标:1', '名称“基础”不行'],
  ['/指标 新建 亩均税收 单位:万元 目标:12 权重:20', '要有人批准'],
  ['/指标 新建 亩均税收 单位:万元 目标:12 权重:90 批准:李 依据:文', '基础的权重至少 20'],
  ['/指标 新建 亩均税收 单位:万元 目标:12 权重:很多 批准:李 依据:文', '0 到 100 的整数'],
  ['/指标 权重 基础 70 亩均 30', '还没有专项指标'],
  ['/指标 停 亩均', '还没有专项指标'],
  ['/指标 飞', '没看懂“飞”'],
])('%s is refused, and nothing is changed', async (typed, words) => {
  const { boss, indicators } = await county();
  expect(await boss(typed)).toContain(words);
  expect(await indicators.sheets()).toEqual([]);
});

test.each([
  ['/指标 权重 基础 70 亩均 25', '合计 95，须正好 100'],
  ['/指标 权重 基础 70 亩均 40', '合计 110，须正好 100'],
  ['/指标 权重 亩均 100', '还差：基础'],
  ['/指标 权重 基础 80', '还差：亩均税收'],
  ['/指标 权重 基础 10 亩均 90', '基础的权重至少 20'],
  ['/指标 权重 基础 70 营商 30', '没有“营商”这个指标'],
  ['/指标 权重 都行', '没看懂“都行”'],
  ['/指标 目标 亩均 -3', '要是大于 0 的数'],
  ['/指标 新建 亩均税收 单位:元 目标:3', '已经有“亩均税收”了'],
])('on a sheet with one indicator, %s is refused', async (typed, words) => {
  const { boss, indicators } = await county();
  await boss(TAX);
  expect(await boss(typed)).toContain(words);
  expect(await indicators.sheets()).toHaveLength(1);
});

test.each([
  ['/指标 报 亩均 9', '从哪来'],
  ['/指标 报 亩均 依据:月报', '报多少'],
  ['/指标 报 亩均 9吨 依据:月报', '单位是万元，不是“吨”'],
  ['/指标 报 亩均 12月 9 依据:月报', null],
  ['/指标 报 亩均 2026年12月 9 依据:月报', '还没到'],
  ['/指标 报 白石镇 亩均 9 依据:月报', '你不是白石镇的联络员'],
  ['/指标 报 营商 9 依据:月报', '没有“营商”这个指标'],
])('%s as a value', async (typed, words) => {
  const { boss, clerk, indicators } = await county();
  await boss(TAX);
  const answer = await clerk(typed);
  // December without a year is last year's, for which there was no sheet yet.
  expect(answer).toContain(words ?? '城关镇在 2025 年 12 月没有专项指标');
  expect(await indicators.values(['2026-11', '2026-12', '2025-12'])).toEqual([]);
});

test('a unit says nothing about what it is measured by itself; the one above may give it a sheet or a target of its own', async () => {
  const { boss, head, eye, month } = await county();
  expect(await head('/指标 新建 产值 单位:万元 目标:1')).toContain('由上级单位负责人或管理员定');
  expect(await eye('/指标 新建 产值 单位:万元 目标:1')).toContain('由上级单位负责人或管理员定');
  await boss(TAX);
  expect(await boss('/指标 目标 白石镇 亩均 9')).toBe(
    '白石镇的“亩均税收”单独定目标 9，从 2026 年 11 月起算，以前的月份不变。',
  );
  expect(await boss('/指标 新建 城关镇 街区整治 单位:条 目标:4 权重:10 批准:李书记 依据:5号文')).toContain(
    '城关镇从此用自己的一套，不再用上级的。',
  );
  const [town, other] = await month();
  expect(town?.specials).toMatchObject({ base: 90, items: [{ name: '街区整治' }] });
  expect(other?.specials).toMatchObject({ base: 80, items: [{ name: '亩均税收' }] });
  // Stopped, the sheet above counts again.
  expect(await boss('/指标 停 城关镇 街区')).toContain('已停用“街区整治”');
  expect((await month())[0]?.specials).toMatchObject({ base: 80 });
});

test('a change of weights changes the version; months before it keep theirs', async () => {
  const { boss, boards, town, other } = await county();
  await boss(TAX, { at: at('2026-10-09 10:00') });
  await boss('/指标 权重 基础 60 亩均 40');
  const versions = async (from: string, to: string) => {
    const days = [from, to].map((day) => at(`${day} 00:00`).toZonedDateTimeISO('Asia/Shanghai').toPlainDate());
    const [first, last] = days;
    if (!first || !last) throw new Error('two days');
    const now = at('2026-11-30 09:00').toZonedDateTimeISO('Asia/Shanghai');
    return (await boards.units([town, other], first, last, now)).map(({ specials }) => specials?.revision);
  };
  expect(await versions('2026-11-01', '2026-11-30')).toEqual([2, 2]);
  expect(await versions('2026-10-01', '2026-10-31')).toEqual([1, 1]);
  expect(await versions('2026-09-01', '2026-09-30')).toEqual([undefined, undefined]);
  // A week has no months.
  expect(await versions('2026-11-16', '2026-11-22')).toEqual([undefined, undefined]);
});

test('every forbidden kind has its sentence, in English too', async () => {
  const { boss } = await county('en');
  const answers = await Promise.all(
    [
      'meetings',
      'documents',
      'photos',
      'word count',
      'study notes',
      'messages sent',
      'likes',
      'online time',
      'quiz',
    ].map((name) => boss(`/indicators new ${name} unit: x target: 1`)),
  );
  expect(new Set(answers).size).toBe(forbiddenKinds.length);
  for (const answer of answers) expect(answer).toMatch(/cannot be an indicator.*rule C/);
});
