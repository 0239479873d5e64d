import { beforeAll, describe, expect, test } from 'vitest';
import { county, person } from '../../town.ts';

const people = (unit: string, count = 4) => Array.from({ length: count }, (_, n) => person(`${unit}${n}`));

describe('a county of 23 units whose people joined on 20 November', () => {
  let home: ReturnType<typeof county>;
  const names = Array.from({ length: 23 }, (_, n) => `${n + 1}号镇`);
  const [head, inspector, clerk] = [person('head', '县长'), person('inspector', '督查'), person('clerk', '科员')];
  beforeAll(async () => {
    home = county();
    const top = await home.unit('云岭县', [head, clerk], { roles: { head: ['unitHead'] } });
    await home.member(inspector, null, [{ role: 'inspector', unit: null }]);
    for (const [n, name] of names.entries()) {
      await home.unit(name, people(name), { parent: top.id });
      for (const date of ['11-23', '11-24', '11-25', '11-26', '11-27']) {
        // The first are the best; each two after another are equal.
        for (const one of people(name).slice(0, 4 - Math.floor(n / 8))) {
          await home.tell(one, `2026-${date} 16:00`, '/日清 走访');
        }
      }
    }
    await home.unit('空镇', [], { parent: top.id });
  }, 60_000);
  const ask = async (who: { id: string }, text: string, where?: string, when = '2026-12-01 10:00') =>
    (await home.tell(person(who.id), when, text, where)).map((answer) => `${answer.chat}：${answer.text}`).join('\n');
  const ranks = (said: string) => said.split('\n').filter((line) => /^\d+ {2}/.test(line));

  test('whoever looks from above turns the pages of the whole board, with a button for the next one', async () => {
    const first = await ask(head, '/榜 全县 11月');
    expect(ranks(first)).toHaveLength(20);
    expect(first).toContain('[下一页] /榜 全市 2026年11月 第2页');
    expect(first).not.toContain('[上一页]');
    expect(first).toContain('第 1 页，共 2 页（23 个单位排名）。');
    const second = await ask(inspector, '/榜 全市 2026年11月 第2页');
    expect(ranks(second)).toHaveLength(3);
    expect(second).toContain('[上一页] /榜 全市 2026年11月 第1页');
    expect(second.split('\n').at(-1)).toContain('仅供工作调度，不作为考核依据');
    // Eight share the first place, eight the ninth, the rest the seventeenth.
    expect([...ranks(first), ...ranks(second)].map((line) => Number(line.split('  ')[0]))).toEqual(
      names.map((_, n) => 1 + 8 * Math.floor(n / 8)),
    );
    expect(await ask(head, '/榜 全市 11月 第3页')).toContain('这张榜只有 2 页，没有第 3 页');
  });

  test('a group sees the top, a unit its neighbours, and neither turns pages', async () => {
    expect(ranks(await ask(head, '/榜 全市 11月', '1号镇'))).toHaveLength(5);
    const paged = await ask(head, '/榜 全市 11月 第2页', '1号镇');
    expect(paged).toContain('1号镇：已私信发给你。');
    expect(paged).toMatch(/head：单位榜/);
    expect(ranks(await ask({ id: '12号镇0' }, '/榜 11月'))).toHaveLength(11);
    expect(await ask({ id: '12号镇0' }, '/榜 11月 第2页')).toContain('全部名次由领导、督查和管理员私聊查看');
    // A clerk of the county leads nobody.
    expect(ranks(await ask(clerk, '/榜 11月'))).toHaveLength(5);
  });

  test('the button under a page explains the row on that board', async () => {
    const page = await ask(head, '/榜 全县 11月 第2页');
    const [command = ''] = /\/为什么 \S+ 全市 2026年11月/u.exec(page) ?? [];
    expect(await ask(head, command)).toMatch(/· 2026年11月：[\d.]+ 分，第 \d+ 名（23 个单位参与排名）/u);
  });

  test.each([
    ['/榜 2026年12月', '2026-11-23 10:00', '2026年12月还没开始'],
    ['/榜 下月', '2026-11-23 10:00', '2026年12月还没开始'],
    ['/榜 下周', '2026-11-23 10:00', '还没开始'],
    ['/榜 next month', '2026-11-23 10:00', '2026年12月还没开始'],
    ['/榜 2019年10月', '2026-12-01 10:00', '2019年10月还没有人开始报送'],
    ['/榜 三季度', '2026-12-01 10:00', '2026年三季度还没有人开始报送'],
    [
      '/榜 2026-02-16..2026-02-22',
      '2026-12-01 10:00',
      '没有工作日，没有可排的。要看再早一点的，发 /榜 2026-02-09..2026-02-15',
    ],
    ['/榜 昨天', '2026-12-01 10:00', '榜按周、月、季度或者活动排，“昨天”排不了'],
    ['/榜 11月3日至11月20日', '2026-12-01 10:00', '排不了'],
    ['/榜 没有的活动', '2026-12-01 10:00', '看不懂“没有的活动”'],
    ['/为什么 空镇 11月', '2026-12-01 10:00', '空镇还没有成员'],
    ['/为什么 1号镇 2026年12月', '2026-11-23 10:00', '2026年12月还没开始'],
  ])('%s is answered with what is wrong', async (line, when, words) => {
    expect(await ask(head, line, undefined, when)).toContain(words);
  });

  test.each(['10月', 'October 2026', '2026-10', '上个月', '四季度', 'Q4', '本季度'])(
    '/榜 %s is understood',
    async (words) => {
      expect(await ask(head, `/榜 ${words}`, undefined, '2026-11-30 10:00')).toMatch(
        /单位榜 · 2026年四季度|10月还没有人开始报送/u,
      );
    },
  );

  test('a month that goes on says so; where nobody was ranked before, it is compared with nothing', async () => {
    const said = await ask(head, '/榜 本月', undefined, '2026-11-30 10:00');
    expect(said).toContain('单位榜 · 2026年11月，进行中');
    expect(said).not.toMatch(/较上个月|新上榜/);
  });

  test('one’s own month is counted in private, with the days on which something was amiss', async () => {
    const mine = await ask({ id: '9号镇3' }, '/为什么 11月', '9号镇');
    expect(mine).toContain('9号镇：已私信发给你。');
    expect(mine).toContain('9号镇3：你的2026年11月');
    expect(mine).toContain('应报 6 份 = 1 人 × 21 个工作日 − 加入当天及以前 15');
    expect(mine).toContain('11月25日（周三）：未报');
  });
});

test('a unit alone whose people are not there yet says how they come', async () => {
  const home = county();
  const admin = person('admin');
  await home.unit('城关镇', []);
  await home.member(admin, null, [{ role: 'admin', unit: null }]);
  expect((await home.tell(admin, '2026-11-23 10:00', '/榜'))[0]?.text).toContain('城关镇还没有成员，没有可排的');
  expect((await home.tell(admin, '2026-11-23 10:00', '/榜 本月'))[0]?.text).toContain('还没有成员');
});

test('names with markup, mentions and direction marks in them stay in their row', async () => {
  const home = county();
  const bad = ['**急**_镇_', '<@all>[点我](http://x)镇', '\u202e倒写镇\u202c', '|竖|线|镇'];
  for (const name of bad) await home.unit(name, people(name), {});
  const [answer] = await home.tell(person(`${bad[0]}0`), '2026-12-01 10:00', '/榜 11月', bad[0]);
  // Nobody has filed: all share the first place, in the order of their codes.
  const rows = answer?.text.split('\n').filter((line) => /^1 {2}/.test(line)) ?? [];
  expect(rows).toHaveLength(4);
  for (const row of rows) expect(row).toMatch(/ {2}0\.0$/);
});

test('in English, too', async () => {
  const home = county('en');
  const admin = person('admin');
  for (const name of ['North', 'South']) await home.unit(name, people(name));
  await home.member(admin, null, [{ role: 'admin', unit: null }]);
  const ask = async (text: string, when = '2026-12-01 10:00') => (await home.tell(admin, when, text))[0]?.text ?? '';
  expect(await ask('/board November')).toContain('Units · November 2026\n');
  expect(await ask('/board all November 2026')).toContain('/why North all November 2026');
  expect(await ask('/why North all November 2026')).toContain('North · November 2026: 0.0');
  expect(await ask('/board next month')).toBe('January 2027 has not begun: there is nothing to rank yet.');
  expect(await ask('/board Q3')).toBe('Nobody was reporting yet in Q3 2026: there is nothing to rank.');
  expect(await ask('/campaign start Autumn drive 11-23 to 12-31')).toContain(
    'C-01 Autumn drive (23 Nov – 31 Dec, running)',
  );
  expect(await ask('/board Autumn drive')).toContain('Units · Autumn drive (23 Nov – 31 Dec), still running');
  expect(await ask('/campaign end C-01')).toContain('with today as its last day');
});
