import { expect, test } from 'vitest';
import { boardOf, boardRule } from '../../src/domain/board.ts';
import { noFigures, type UnitFigures } from '../../src/domain/score.ts';
import type { Special } from '../../src/domain/specials.ts';
import { translator } from '../../src/i18n.ts';
import { specialColumns } from '../../src/wording/export-specials.ts';

const t = translator('zh-CN');
const figures = { ...noFigures, expected: 20, onTime: 15, named: 10, cleared: 9 };
const tax: Special = { id: 1, name: '亩均税收', unit: '万元', weight: 20, better: 'more', months: [] };
const deals: Special = { id: 2, name: '签约', unit: '个', weight: 10, better: 'more', months: [] };
const month = (month: string, value: number, target: number) => ({
  month,
  value: value * 10_000,
  target: target * 10_000,
});
const rowsOf = (...units: UnitFigures[]) => boardOf(units, []);

test('a board with special indicators says of each unit what was measured, its target, what was reached and what it weighs', () => {
  const rows = rowsOf(
    {
      ...{ unit: 'u1', name: '城关镇', members: 4, ...figures },
      specials: { revision: 1, base: 70, items: [{ ...tax, months: [month('2026-11', 9, 12)] }, deals] },
    },
    {
      ...{ unit: 'u2', name: '白石镇', members: 4, ...figures },
      specials: {
        ...{ revision: 1, base: 80 },
        items: [{ ...tax, months: [month('2026-10', 6.5, 12), month('2026-11', 12.3, 12)] }],
      },
    },
    { unit: 'u3', name: '柳塘镇', members: 4, ...figures },
  );
  const { columns, cells } = specialColumns(rows, boardRule, t);
  expect(columns.map(({ title }) => title)).toEqual([
    ...['基础权重', '基础分', '亩均税收（万元）', '亩均税收目标（万元）', '亩均税收完成率', '亩均税收权重'],
    ...['签约（个）', '签约目标（个）', '签约完成率', '签约权重'],
  ]);
  const named = Object.fromEntries(rows.map((row) => [row.figures.name, cells(row)]));
  expect(named).toEqual({
    // (20 × 9/10 + 10 × 15/20) ÷ 30
    城关镇: [70, 85, 9, 12, { part: 7_500, whole: 10_000 }, 20, null, null, null, 10],
    // (6.5/12 + 1) ÷ 2
    白石镇: [
      ...[80, 85, '2026-10：6.5；2026-11：12.3', '2026-10：12；2026-11：12', { part: 7_708, whole: 10_000 }, 20],
      ...[null, null, null, null],
    ],
    柳塘镇: [null, 85, ...Array(8).fill(null)],
  });
});

test('where no indicator weighs, there are no columns of them', () => {
  const rows = rowsOf({ unit: 'u1', name: '城关镇', members: 4, ...figures });
  const { columns, cells } = specialColumns(rows, boardRule, t);
  expect([columns, rows.map(cells)]).toEqual([[], [[]]]);
});
