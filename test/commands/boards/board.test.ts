import { beforeAll, describe, expect, test } from 'vitest';
import { county, groupOf, person } from '../../town.ts';
import { at, say } from '../../values.ts';

const disclaimer = '仅供工作调度，不作为考核依据';
const people = (unit: string, count: number) =>
  Array.from({ length: count }, (_, n) => person(`${unit}${n}`, `${unit}${n}号`));

/** Each unit has four people, of whom so many file each day of the week of Monday, 23 November 2026. */
const week = async (filing: Readonly<Record<string, number>>, home = county()) => {
  for (const [name, count] of Object.entries(filing)) {
    const four = people(name, 4);
    await home.unit(name, four);
    for (const date of [23, 24, 25, 26, 27]) {
      for (const one of four.slice(0, count)) await home.tell(one, `2026-11-${date} 16:00`, '/日清 走访3户企业');
    }
  }
  return home;
};

describe('three sister units of four people each', () => {
  // 20 expected; every item is done, so that a unit's score is (20 + 10 × on time) ÷ 30.
  const filing = { 城关镇: 3, 河西镇: 4, 东山乡: 3 };
  let home: Awaited<ReturnType<typeof week>>;
  beforeAll(async () => {
    home = await week(filing);
  });
  const ask = async (when: string, text: string, where?: string) =>
    (await home.tell(person('城关镇0'), when, text, where))
      .map((answer) => answer.text)
      .join('\n---\n')
      .split('\n');

  test('the group sees the last week, equal scores in one place, and the line of C04 last', async () => {
    expect(await ask('2026-11-30 08:00', '/榜', '城关镇')).toEqual([
      '单位榜 · 上周（11月23日—11月29日）',
      '名次  单位  得分',
      '1  河西镇  100.0',
      '2  城关镇  91.7',
      '2  东山乡  91.7',
      '[城关镇的分怎么算的] /为什么 城关镇 上周',
      `规则 r1。${disclaimer}`,
    ]);
  });

  test('in private a unit sees its own place', async () => {
    const lines = await ask('2026-11-30 08:00', '/榜');
    expect(lines).toContain('2  城关镇（本单位）  91.7');
    expect(lines).toContain('城关镇第 2 名，共 3 个单位排名。');
    expect(lines.at(-1)).toContain(disclaimer);
  });

  test('the running week is shown once its rows can be ranked, and says so', async () => {
    // Wednesday evening: 3 days of 4 people are 12 expected. Thursday at five: with those who filed today, 15 or 16.
    expect((await ask('2026-11-25 21:00', '/榜', '城关镇')).slice(0, 2)).toEqual([
      '单位榜 · 本周（11月23日—11月29日），实时',
      '还不能排名。',
    ]);
    const thursday = await ask('2026-11-26 17:00', '/榜', '城关镇');
    expect(thursday[0]).toBe('单位榜 · 本周（11月23日—11月29日），实时');
    // Those who have not filed before the deadline are not counted as missing: 3 × 3 + 3 of 12 + 3.
    expect(thursday).toContain('2  城关镇  93.3');
  });

  test('what cannot be ranked names its sample, and a week that was asked for is not swapped for another', async () => {
    const lines = await ask('2026-12-01 10:00', '/榜 本周', '城关镇');
    expect(lines).toEqual([
      '单位榜 · 本周（11月30日—12月6日），实时',
      '还不能排名。',
      '样本不足（应报不满 15 份）暂不排名：城关镇（4 份）、河西镇（4 份）、东山乡（4 份）',
      `规则 r1。${disclaimer}`,
    ]);
    expect((await ask('2026-12-01 10:00', '/榜', '城关镇'))[0]).toContain('上周');
  });

  test('the week after, the change in places and points stands beside the score', async () => {
    for (const date of ['11-30', '12-01', '12-02', '12-03', '12-04']) {
      for (const one of people('城关镇', 4)) await home.tell(one, `2026-${date} 09:00`, '/日清 无');
      for (const one of people('河西镇', 3)) await home.tell(one, `2026-${date} 09:00`, '/日清 无');
    }
    // 今日无 is a report, and names no item: the one rate there is counts alone.
    expect((await ask('2026-12-07 08:00', '/榜', '城关镇')).slice(2, 5)).toEqual([
      '1  城关镇  100.0  ↑1（+8.3）',
      '2  河西镇  75.0  ↓1（-25.0）',
      '3  东山乡  0.0  ↓1（-91.7）',
    ]);
  });

  test('words that are no week and no place are answered with what would be understood', async () => {
    const [answer] = await ask('2026-11-30 08:00', '/榜 蓝', '城关镇');
    expect(answer).toContain('看不懂“蓝”');
    expect(answer).toContain('/榜');
  });

  test('somebody without a unit and without an office may not ask', async () => {
    const stranger = say('/榜', {
      sender: person('stranger'),
      chat: { platform: 'playground', id: 'x', kind: 'direct' },
    });
    expect(await home.ask(stranger)).toContain('还没有归到任何单位');
  });
});

test('seven units: the group sees five and how many share the fifth place, a unit itself and its neighbours', async () => {
  const home = await week({ 一镇: 4, 二镇: 4, 三镇: 4, 四镇: 4, 五镇: 3, 六镇: 3, 七镇: 2 });
  const asked = async (who: string, where?: string) =>
    (await home.tell(person(who), '2026-11-30 08:00', '/榜', where)).at(0)?.text.split('\n') ?? [];
  const group = await asked('七镇0', '七镇');
  expect(group.filter((line) => /^\d/.test(line)).map((line) => line.split('  ').slice(0, 2))).toEqual([
    ['1', '一镇'],
    ['1', '二镇'],
    ['1', '三镇'],
    ['1', '四镇'],
    ['5', '五镇'],
  ]);
  expect(group).toContain('并列第 5 名的还有 1 个单位。');
  expect(group.join('\n')).not.toContain('七镇第');

  const own = await asked('七镇0');
  expect(own.filter((line) => /^\d/.test(line)).map((line) => line.split('  ')[1])).toEqual([
    '二镇',
    '三镇',
    '四镇',
    '五镇',
    '六镇',
    '七镇（本单位）',
  ]);
  expect(own).toContain('七镇第 7 名，共 7 个单位排名。');
});

test('one unit alone is shown against its week before', async () => {
  const home = await week({ 城关镇: 4 });
  const answer = async (when: string) =>
    (await home.tell(person('城关镇0'), when, '/榜', '城关镇'))[0]?.text.split('\n');
  await home.tell(person('城关镇0'), '2026-12-01 09:00', '/日清 写材料；未清：台账');
  expect(await answer('2026-12-01 10:00')).toEqual([
    '单位榜 · 城关镇（和前一周比）',
    '  上周（11月23日—11月29日）  11月16日—11月22日',
    '得分  100.0  样本不足',
    '按时率  20/20（100.0%）  —',
    '日清率  20/20（100.0%）  —',
    '[城关镇的分怎么算的] /为什么 城关镇 上周',
    `规则 r1。${disclaimer}`,
  ]);
  // Thursday night: 16 expected, one filed, and one item of two cleared.
  expect(await answer('2026-12-03 21:00')).toEqual(
    expect.arrayContaining([
      '得分  35.4  100.0',
      '按时率  1/16（6.3%）  20/20（100.0%）',
      '日清率  1/2（50.0%）  20/20（100.0%）',
    ]),
  );
});

test('in the group of the county its own units are ranked, and its leader sees all of them in private', async () => {
  const home = county();
  const mayor = person('mayor', '县长');
  const top = await home.unit('云岭县', [mayor], { roles: { mayor: ['unitHead'] } });
  for (const name of ['城关镇', '河西镇']) await home.unit(name, people(name, 4), { parent: top.id });
  for (const date of [23, 24, 25, 26, 27]) {
    for (const one of people('河西镇', 4)) await home.tell(one, `2026-11-${date} 09:00`, '/日清 无');
  }
  const ranked = async (where?: string) =>
    (await home.tell(mayor, '2026-11-30 08:00', '/榜', where))[0]?.text
      .split('\n')
      .filter((line) => /^\d/.test(line))
      .map((line) => line.split('  ').slice(0, 3).join(' '));
  expect(await ranked('云岭县')).toEqual(['1 河西镇 100.0', '2 城关镇 0.0']);
  expect(await ranked()).toEqual(['1 河西镇 100.0', '2 城关镇 0.0']);
  const all = await home.tell(mayor, '2026-11-30 08:00', '/榜 全县 上周', '云岭县');
  expect(all[0]?.text).toContain('云岭县（5 份）');
});

test('two units of one name are told apart where they meet on one board', async () => {
  const home = county();
  const [north, south] = [await home.unit('北县', people('北', 4)), await home.unit('南县', people('南', 4))];
  await home.unit('城关镇', people('a', 4), { parent: north.id });
  await home.unit('城关镇', people('b', 4), { parent: south.id });
  const [answer] = await home.tell(person('北0'), '2026-11-30 08:00', '/榜 全县', '北县');
  expect(answer?.text).toContain('南县/城关镇');
  const why = await home.tell(person('北0'), '2026-11-30 08:00', '/为什么 南县/城关镇');
  expect(why[0]?.text).toContain('城关镇 · ');
  const unclear = await home.tell(person('北0'), '2026-11-30 08:00', '/为什么 城关镇');
  expect(unclear[0]?.text).toContain('北县/城关镇、南县/城关镇');
});

test('a group that speaks for no unit gets the board of the person who asks', async () => {
  const home = await week({ 城关镇: 4, 河西镇: 4 });
  const asked = say('/榜', { sender: person('城关镇0'), chat: groupOf('somewhere'), at: at('2026-11-30 08:00') });
  expect(await home.ask(asked)).toContain('1  城关镇  100.0');
});

test('in a year whose holidays nobody has imported, the board says so, ranked or not, alone or among sisters', async () => {
  const home = county();
  await home.unit('城关镇', people('城关镇', 4));
  const said = async () => (await home.tell(person('城关镇0'), '2027-01-12 10:00', '/榜'))[0]?.text;
  expect(await said()).toContain('2027 年的放假安排还没导入');
  await home.unit('河西镇', people('河西镇', 4));
  expect(await said()).toContain('2027 年的放假安排还没导入');
  expect((await home.tell(person('城关镇0'), '2026-11-23 10:00', '/榜'))[0]?.text).not.toContain('放假安排');
});

test('a unit that shares its name with one elsewhere is told apart, on the board and by its button', async () => {
  const home = county();
  for (const top of ['云岭县', '青山县']) {
    const above = await home.unit(top, []);
    for (const name of ['城关镇', `${top}二乡`]) {
      await home.unit(name, people(`${top}${name}`, 4), { parent: above.id });
    }
  }
  const said = (line: string) => home.tell(person('云岭县城关镇0'), '2026-11-27 21:00', line);
  const board = (await said('/榜'))[0]?.text ?? '';
  expect(board).toContain('云岭县/城关镇（本单位）');
  const [command = ''] = /\/为什么 .+$/m.exec(board) ?? [];
  expect((await said(command))[0]?.text).toMatch(/^云岭县\/城关镇 · /);
});
