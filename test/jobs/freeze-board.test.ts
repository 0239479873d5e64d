import { expect, test } from 'vitest';
import { freezeBoard } from '../../jobs/freeze-board.ts';
import { frozenThen } from '../../src/domain/frozen.ts';
import { readUnitPage } from '../../src/wording/read-unit-page.ts';
import { calendar } from '../house.ts';
import { unzipped } from '../render/unzipped.ts';
import { county, person } from '../town.ts';
import { at, cause, day, zone } from '../values.ts';

test.each([
  ['2026-12-01', []],
  ['2026-12-02', ['month 2026-11-01']],
  ['2026-12-03', []],
  // The first days of October are off: its first workday is the 8th, the last of September the 30th.
  ['2026-10-09', ['month 2026-09-01', 'quarter 2026-07-01']],
  ['2026-11-03', ['month 2026-10-01']],
])('on %s is frozen: %j', (date, periods) => {
  expect(frozenThen(day(date), calendar).map(({ kind, from }) => `${kind} ${from}`)).toEqual(periods);
});

/** Three towns of four people each; who files when. */
const filed = async () => {
  const home = county();
  const top = await home.unit('云岭县', [], { settings: { boardLeast: 3 } });
  const towns = await Promise.all(
    ['城关镇', '白石镇', '柳塘镇'].map((name) =>
      home.unit(
        name,
        [1, 2, 3, 4].map((n) => person(`${name}${n}`)),
        { parent: top.id },
      ),
    ),
  );
  const report = (who: string, when: string, words = '走访') => home.tell(person(who), when, `/日清 ${words}`);
  for (const date of ['23', '24', '25', '26', '27', '30']) {
    for (const n of [1, 2, 3, 4]) {
      await report(`城关镇${n}`, `2026-11-${date} 16:00`);
      if (n < 3) await report(`白石镇${n}`, `2026-11-${date} 16:00`);
      if (n < 3) await report(`柳塘镇${n}`, `2026-11-${date} 16:00`);
    }
  }
  return { ...home, top, towns, report };
};

test('a frozen month is shown as it was, whatever is filed or corrected later, and says so', async () => {
  const { run, tell, top, boards, directory, report } = await filed();
  const [first] = await directory.units();
  expect(first?.id).toBe(top.id);
  const ask = async (when: string) => (await tell(person('城关镇1'), when, '/榜 全市 11月'))[0]?.text ?? '';
  const before = await ask('2026-12-02 08:00');
  expect(before).not.toContain('定稿');

  expect(await run(freezeBoard, top, '2026-12-02 09:00')).toEqual([]);
  const head = await boards.frozen.head('month:2026-11-01');
  expect(head).toMatchObject({ ranked: 3, rule: { version: 'r1-10-20-3' } });
  const places = (await boards.frozen.ends('month:2026-11-01', 5)).top;
  // 白石镇 and 柳塘镇 did the same.
  expect(places.map(({ id, rank }) => [id, rank])).toEqual([
    ['u2', 1],
    ['u3', 2],
    ['u4', 2],
  ]);
  const frozen = await ask('2026-12-02 10:00');
  expect(frozen).toContain('12 月 2 日定稿，之后的补报和更正不改这张榜');
  const why = async (when: string) => (await tell(person('白石镇1'), when, '/为什么 白石镇 全市 11月'))[0]?.text ?? '';
  const explained = await why('2026-12-02 10:00');
  expect(explained).toContain('第 2 名（3 个单位参与排名）');

  // Somebody who filed nothing leaves: the board of today would be another.
  await report('柳塘镇3', '2026-12-02 11:00');
  const gone = 'playground:白石镇4';
  await directory.change(
    'leave',
    [gone],
    ({ member }) => {
      const one = member(gone);
      return { members: one ? [{ ...one, unit: null }] : [], facts: null };
    },
    cause(),
  );
  expect(await ask('2026-12-02 12:00')).toBe(frozen);
  expect(await why('2026-12-02 12:00')).toBe(explained);
  expect(await run(freezeBoard, top, '2026-12-02 09:00')).toEqual([]);
  expect(await boards.frozen.head('month:2026-11-01')).toEqual(head);
});

test('wherever a closed month is looked at, it is as it was frozen', async () => {
  const { run, tell, top, boards, directory, reports, report, handed, towns } = await filed();
  const boss = person('管');
  await tell(boss, '2026-12-01 08:00', '/榜');
  await run(freezeBoard, top, '2026-12-02 09:00');
  const sheet = async (words: string) => {
    await tell(person('城关镇1'), '2026-12-02 12:00', words);
    const files = await unzipped([...handed.values()].at(-1) ?? Buffer.alloc(0));
    const cells = (files.get('xl/worksheets/sheet1.xml') ?? '').matchAll(/<c [^>]*>(?:<is><t[^>]*>|<v>)([^<]*)/g);
    return [...cells].map(([, value]) => value).join('|');
  };
  const look = async () => {
    const said = async (words: string) => (await tell(person('白石镇1'), '2026-12-02 12:00', words))[0]?.text ?? '';
    const now = at('2026-12-02 12:00').toZonedDateTimeISO(zone);
    const [page, below] = await Promise.all(
      [top, towns[1] ?? top].map((unit) =>
        readUnitPage(unit, 'lastMonth', { reports, directory, boards, calendar, now }),
      ),
    );
    const rowsOf = (one: typeof page) => one?.board.rows.map(({ figures, rank, score }) => [figures.name, rank, score]);
    return {
      near: await said('/榜 11月'),
      why: await said('/为什么 白石镇 11月'),
      sheets: [await sheet('/导出 榜 11月'), await sheet('/导出 榜 全市 11月')],
      pages: [rowsOf(page), rowsOf(below)],
      notes: [page?.board.frozenOn?.toString(), below?.board.frozenOn?.toString()],
    };
  };
  const frozen = await look();
  const note = '12 月 2 日定稿，之后的补报和更正不改这张榜';
  for (const one of [frozen.near, frozen.why, ...frozen.sheets]) expect(one).toContain(note);
  expect(frozen.near).toContain('2  白石镇（本单位）  83.3');
  expect(frozen.pages[0]).toEqual([
    ['城关镇', 1, 1000],
    ['白石镇', 2, 833],
    ['柳塘镇', 2, 833],
  ]);
  expect(frozen.notes).toEqual(['2026-12-02', '2026-12-02']);

  // Filed late, another rule: the log of today would rank otherwise.
  for (const date of ['23', '24', '25', '26', '27', '30']) {
    await tell(person('柳塘镇3'), '2026-12-02 11:00', `/补报 11-${date} 走访`);
  }
  await report('柳塘镇3', '2026-12-02 11:00', '台账');
  await directory.change(
    'settings',
    [],
    ({ units }) => ({
      units: units.flatMap((unit) =>
        unit.id === top.id ? [{ ...unit, settings: { ...unit.settings, weightOnTime: 20 } }] : [],
      ),
      facts: null,
    }),
    cause(),
  );
  expect(await look()).toEqual(frozen);
});

test('only the first tree’s slot freezes, and the month before is there to compare with', async () => {
  const { run, boards, towns, top } = await filed();
  const [town] = towns;
  if (!town) throw new Error('a town');
  await run(freezeBoard, town, '2026-12-02 09:00');
  expect(await boards.frozen.head('month:2026-11-01')).toBeNull();
  await run(freezeBoard, top, '2026-12-02 09:00');
  expect(await boards.frozen.head('month:2026-10-01')).toMatchObject({ ranked: 0 });
});
