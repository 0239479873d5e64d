import { readFileSync } from 'node:fs';
import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { type BoardRow, boardOf } from '../../src/domain/board.ts';
import { calendarFrom } from '../../src/domain/calendar.ts';
import type { Issue, ListRow } from '../../src/domain/lists.ts';
import { noFigures, type UnitFigures } from '../../src/domain/score.ts';
import { locales, translator } from '../../src/i18n.ts';
import type { Block } from '../../src/message.ts';
import { coverageOf, covers } from '../../src/render/cmap.ts';
import { fontFiles, worded } from '../../src/render/painter.ts';
import { alonePicture, boardPicture, peoplePicture } from '../../src/wording/board-picture.ts';
import { listPictures } from '../../src/wording/list-picture.ts';

const t = translator('zh-CN');
const drawn = (block: Block | undefined) => {
  if (block?.kind !== 'picture') throw new Error('no picture');
  return block.picture;
};

const figures = (n: number, onTime: number, expected = 20): UnitFigures => ({
  ...noFigures,
  ...{ unit: `u${n}`, name: `单位${n}`, members: 4, expected, onTime, named: 10, cleared: 10 },
});
const said = {
  title: '单位榜',
  period: '上周（11月16日—11月22日）',
  change: '较前一周',
  notes: ['注'],
  footer: '规则 r1。仅供工作调度，不作为考核依据',
};
const board = (now: readonly UnitFigures[], before: readonly UnitFigures[] = []): readonly BoardRow[] =>
  boardOf(now, before);

test('a board’s picture has the table’s places, names, scores and changes, and bars as long as the scores', () => {
  const now = [figures(1, 20), figures(2, 18), figures(3, 18), figures(4, 10)];
  const picture = drawn(
    boardPicture(board(now, [figures(2, 20), figures(1, 10), figures(4, 10)]), said, { own: 'u3', t }),
  );
  expect(picture.rows.map(({ rank, name, value, bar }) => [rank, name, value, bar])).toEqual([
    ['1', '单位1', '100.0', 1000],
    ['2', '单位2', '96.7', 967],
    ['2', '单位3（本单位）', '96.7', 967],
    ['4', '单位4', '83.3', 833],
  ]);
  expect(picture.rows.map(({ movement }) => movement)).toEqual([
    { direction: 'up', words: '1 位 +16.7' },
    { direction: 'down', words: '1 位 -3.3' },
    { direction: 'new', words: '新上榜' },
    { direction: 'down', words: '2 位 +0.0' },
  ]);
  expect(picture.rows.map(({ isOwn }) => isOwn)).toEqual([false, false, true, false]);
  expect(picture.footer.at(-1)).toContain('仅供工作调度，不作为考核依据');
  expect(picture.alt).toContain('4');
});

test('a row without a place has no rank and no bar, and says why', () => {
  const [row] = drawn(boardPicture(board([figures(1, 1, 3)]), said, { own: null, t })).rows;
  expect(row).toMatchObject({ rank: '', value: '样本不足', bar: null });
});

test('one unit alone is drawn by its score and its rates, against the period before', () => {
  const [now] = board([figures(1, 15)]);
  const [before] = board([figures(1, 20)]);
  if (!now) throw new Error('no row');
  const { rows } = drawn(alonePicture(now, before, said, t));
  expect(rows.map(({ name }) => name)).toEqual(['得分', '日清率', '按时率']);
  expect(rows.map(({ movement }) => movement?.direction)).toEqual(['down', 'same', 'down']);
  expect(rows[0]?.movement?.words).toBe('前期 100.0');
  expect(drawn(alonePicture(now, undefined, said, t)).rows.every(({ movement }) => movement === null)).toBe(true);
});

test('a board of people has their places and scores, and no movement to watch', () => {
  const people = [
    { rank: 1, score: 986, name: '王一' },
    { rank: 1, score: 986, name: '李二' },
  ];
  const { rows, columns } = drawn(peoplePicture(people, said, t));
  expect(rows.map(({ rank, name, value, movement }) => [rank, name, value, movement])).toEqual([
    ['1', '王一', '98.6', null],
    ['1', '李二', '98.6', null],
  ]);
  expect(columns.movement).toBe('');
});

const warned: ListRow = {
  kind: 'warning',
  unit: 'u1',
  name: '石桥乡',
  score: null,
  rank: null,
  reds: [
    { entry: 1, index: 0, redDays: 3 },
    { entry: 2, index: 0, redDays: 4 },
  ],
};
const honoured: ListRow = { kind: 'honour', unit: 'u2', name: '城关镇', score: 986, rank: 1, reds: [] };
const issue = {
  ...{ number: 3, ruleVersion: 'r1+list-1', hash: 'abcdef0123456789', draftedOn: '2026-12-01T09:00' },
  period: { from: Temporal.PlainDate.from('2026-11-01'), to: Temporal.PlainDate.from('2026-11-30') },
  corrections: [],
} as unknown as Issue;
const lists = (names: boolean, over: Partial<Issue> = {}, locale: 'zh-CN' | 'en' = 'zh-CN') =>
  listPictures(
    { ...issue, ...over },
    { rows: [honoured, warned], only: null, names },
    { calendar: calendarFrom(), t: translator(locale) },
  ).map(drawn);

test('the two lists are pictures of two kinds, with the facts that put each unit there', () => {
  const [honour, warning] = lists(true);
  expect(honour).toMatchObject({ kind: 'honour', rows: [{ rank: '1', name: '城关镇', value: '98.6', bar: 986 }] });
  expect(warning).toMatchObject({
    kind: 'warning',
    rows: [{ name: '石桥乡', value: '2 项未清', note: '合计 7 个红灯工作日', lamp: { colour: 'red', letter: '红' } }],
  });
  for (const one of [honour, warning]) {
    expect(one?.subtitle).toContain('2026年11月');
    expect(one?.footer.at(-1)).toContain('仅供工作调度，不作为考核依据');
    expect(one?.footer.join()).toContain('r1+list-1');
  }
});

test('where the warned are not named, nothing of the picture names them', () => {
  const pictures = lists(false);
  expect(JSON.stringify(pictures)).not.toContain('石桥乡');
  expect(pictures[1]?.empty).toContain('1 个单位');
});

test('an empty list says so; a corrected one says that it is', () => {
  const { calendar, t: say } = { calendar: calendarFrom(), t };
  const [honour] = listPictures(issue, { rows: [], only: 'honour', names: true }, { calendar, t: say }).map(drawn);
  expect([honour?.rows, honour?.empty]).toEqual([[], '本期无']);
  const corrections: Issue['corrections'] = [{ on: '2026-12-09T10:00', by: 'm', unit: null, step: 9 }];
  expect(lists(true, { corrections })[0]?.subtitle).toContain('已更正');
});

test('nothing that the pictures say needs a substitute, in any language', () => {
  const coverage = coverageOf(readFileSync(fontFiles[0] ?? ''));
  const words: string[] = [];
  for (const locale of locales) {
    const rows = board([figures(1, 20), figures(2, 3, 4)], [figures(1, 18)]);
    const [row] = rows;
    const all = [
      drawn(boardPicture(rows, said, { own: 'u1', t: translator(locale) })),
      ...(row ? [drawn(alonePicture(row, row, said, translator(locale)))] : []),
      ...lists(true, {}, locale),
      ...lists(false, {}, locale),
    ];
    for (const one of all) {
      worded(one, (text) => {
        words.push(text);
        return text;
      });
    }
  }
  expect([...words.join('')].filter((one) => !covers(coverage, one.codePointAt(0) ?? 0))).toEqual([]);
  expect(words.filter((text) => /undefined|null|NaN/.test(text))).toEqual([]);
});
