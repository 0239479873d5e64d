import { expect, test } from 'vitest';
import { county, person } from '../../town.ts';
import { at, say } from '../../values.ts';

const admin = person('admin', '管理员');
const cadre = person('a0');

const organisation = async () => {
  const home = county();
  const unit = await home.unit('城关镇', [cadre, person('a1'), person('a2'), person('a3')]);
  await home.member(admin, null, [{ role: 'admin', unit: null }]);
  const ask = async (who: typeof admin, text: string, when = '2026-11-23 10:00') =>
    (await home.tell(who, when, text))[0]?.text ?? '';
  return { ...home, made: unit, ask };
};

test('an admin starts and ends campaigns; they are listed running first, then to come, then over', async () => {
  const { ask } = await organisation();
  expect(await ask(cadre, '/活动')).toBe('还没有专项活动。由管理员启动。');
  expect(await ask(admin, '/活动 启动 秋季攻坚 11-01 至 12-31')).toContain(
    '已启动 C-01 秋季攻坚（11月1日—12月31日，进行中）',
  );
  expect(await ask(admin, '/活动 启动 大排查 12-20 至 12-25')).toContain('和 C-01 秋季攻坚 的日期有重叠');
  expect(await ask(admin, '/活动 启动 短活动 11-20 至 11-25')).toContain('C-03');
  expect((await ask(cadre, '/活动')).split('\n').slice(1, 4)).toEqual([
    '· C-03 短活动（11月20日—11月25日，进行中）',
    '· C-01 秋季攻坚（11月1日—12月31日，进行中）',
    '· C-02 大排查（12月20日—12月25日，未开始）',
  ]);
  expect(await ask(admin, '/活动 结束 c-1')).toContain('已结束 C-01 秋季攻坚（11月1日—11月23日，已结束）');
  expect(await ask(admin, '/活动 结束 秋季攻坚')).toContain('没有改动');
  expect(await ask(admin, '/活动 结束 大排查')).toContain('还没开始就取消了');
  expect((await ask(cadre, '/活动', '2026-11-26 10:00')).split('\n').slice(1, 4)).toEqual([
    '· C-03 短活动（11月20日—11月25日，已结束）',
    '· C-01 秋季攻坚（11月1日—11月23日，已结束）',
    '· C-02 大排查（12月20日—12月25日，已取消）',
  ]);
  // The name of what never was is free; that of one which is over is not, since its board can still be asked for.
  expect(await ask(admin, '/活动 启动 大排查 12-20 至 12-26')).toContain('C-04');
  expect(await ask(admin, '/活动 启动 秋季攻坚 12-20 至 12-26')).toContain('已经有活动叫“秋季攻坚”（C-01）');
});

test.each([
  ['/活动 启动', '请写活动名称'],
  ['/活动 启动 大排查', '从哪天到哪天'],
  ['/活动 启动 大排查 12-31', '从哪天到哪天'],
  ['/活动 启动 大排查 12-31 至 12-01', '结束日期在开始日期前面'],
  ['/活动 启动 大排查 2026-01-01 至 2026-12-31', '最长 184 天'],
  ['/活动 启动 大排查 2026-09-01 至 2026-09-30', '已经过去了'],
  ['/活动 启动 全市 12-01 至 12-31', '已经有别的意思'],
  ['/活动 启动 C-01 12-01 至 12-31', '已经有别的意思'],
  ['/活动 启动 三季度 12-01 至 12-31', '已经有别的意思'],
  ['/活动 启动 城关镇 12-01 至 12-31', '是单位的名称'],
  ['/活动 启动 ！！！ 12-01 至 12-31', '不像名称'],
  ['/活动 启动 一二三四五六七八九十一二三四五六七八九十一 12-01 至 12-31', '最多 20 个字'],
  ['/活动 结束', '没有活动'],
  ['/活动 结束 C-07', '没有活动“C-07”'],
  ['/活动 随便', '看不懂“随便”'],
])('%s changes nothing and says what to do', async (line, words) => {
  const { ask, campaigns } = await organisation();
  expect(await ask(admin, line)).toContain(words);
  expect(await campaigns.campaigns()).toEqual([]);
});

test('nobody but an admin starts or ends one', async () => {
  const { ask, campaigns } = await organisation();
  expect(await ask(cadre, '/活动 启动 大排查 12-01 至 12-31')).toContain('由管理员启动和结束');
  expect(await campaigns.campaigns()).toEqual([]);
  await ask(admin, '/活动 启动 大排查 12-01 至 12-31');
  expect(await ask(cadre, '/活动 结束 C-01')).toContain('由管理员启动和结束');
  expect((await campaigns.campaigns())[0]?.ended).toBeNull();
});

test('the same message again starts no second campaign and says the same', async () => {
  const { ask, hear, campaigns } = await organisation();
  const chat = { platform: 'playground', id: 'admin', kind: 'direct' } as const;
  const message = say('/活动 启动 大排查 12-01 至 12-31', { sender: admin, chat, at: at('2026-11-23 10:00') });
  const first = await hear(message);
  expect(await hear(message)).toEqual(first);
  expect(await campaigns.campaigns()).toHaveLength(1);
  await ask(admin, '/活动 结束 C-01');
  expect(await hear(message)).toEqual(first);
});

test('a campaign is a period of boards and of the reasons, by name and by number, compared with as many days before', async () => {
  const { ask, tell, unit } = await organisation();
  await unit('河西镇', [person('b0'), person('b1'), person('b2'), person('b3')]);
  await ask(admin, '/活动 启动 秋季攻坚 11-23 至 11-27');
  for (const date of [23, 24, 25, 26, 27]) {
    for (const who of ['a0', 'a1', 'a2', 'a3', 'b0']) {
      await tell(person(who), `2026-11-${date} 16:00`, '/日清 走访');
    }
  }
  const board = await ask(cadre, '/榜 秋季攻坚', '2026-11-30 10:00');
  expect(board).toContain('单位榜 · 秋季攻坚（11月23日—11月27日）\n');
  expect(board).toContain('1  城关镇（本单位）  100.0');
  expect(board).toContain('[城关镇的分怎么算的] /为什么 城关镇 秋季攻坚');
  expect(await ask(cadre, '/榜 c-01', '2026-11-30 10:00')).toBe(board);
  const why = await ask(cadre, '/为什么 河西镇 秋季攻坚', '2026-11-30 10:00');
  // 5 of 20 on time, 5 of 5 items: (20 + 2.5) ÷ 30.
  expect(why).toContain('河西镇 · 秋季攻坚（11月23日—11月27日）：75.0 分，第 2 名（2 个单位参与排名）');
  expect(why).toContain('应报 20 份 = 4 人 × 5 个工作日');
});
