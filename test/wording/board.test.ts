import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { boardOf, boardRule } from '../../src/domain/board.ts';
import { calendarFrom } from '../../src/domain/calendar.ts';
import { weekPeriodOf } from '../../src/domain/period.ts';
import { noFigures, type UnitFigures } from '../../src/domain/score.ts';
import { locales, translator } from '../../src/i18n.ts';
import { plain } from '../../src/message.ts';
import { boardReply, type View } from '../../src/wording/board.ts';
import { scoreExplained } from '../../src/wording/score-words.ts';

const calendar = calendarFrom();
const today = Temporal.PlainDate.from('2026-11-25');
const anyFigures = fc.record({ expected: fc.nat(40), share: fc.nat(100), named: fc.nat(30), cleared: fc.nat(100) });
const unitOf = (n: number, { expected, share, named, cleared }: Parameters<typeof figuresFrom>[0]): UnitFigures => ({
  unit: `u${n + 1}`,
  name: `单位${n + 1}`,
  members: 4,
  ...figuresFrom({ expected, share, named, cleared }),
});
const figuresFrom = (one: { expected: number; share: number; named: number; cleared: number }) => ({
  ...noFigures,
  expected: one.expected,
  onTime: Math.floor((one.expected * one.share) / 100),
  named: one.named,
  cleared: Math.floor((one.named * one.cleared) / 100),
});

const anyBoard = fc.array(anyFigures, { minLength: 1, maxLength: 20 }).map((all) => {
  const figures = all.map((one, n) => unitOf(n, one));
  const rows = boardOf(figures, figures.toReversed());
  return {
    period: weekPeriodOf(today),
    before: weekPeriodOf(today.subtract({ days: 7 })),
    rows,
    beforeRows: boardOf(figures, []),
    rule: boardRule,
  };
});

test('every board, in every language and view, ends with the line of C04, and a group sees five rows at most', () => {
  fc.assert(
    fc.property(
      anyBoard,
      fc.constantFrom(...locales),
      fc.constantFrom<View>('group', 'own', 'above'),
      (board, locale, view) => {
        const reply = boardReply(board, { view, own: 'u1', today, calendar, t: translator(locale) });
        expect(plain(reply).split('\n').at(-1)).toContain('仅供工作调度，不作为考核依据');
        expect(plain(reply)).toContain('r1');
        const rows = reply.flatMap((block) => (block.kind === 'table' ? block.rows : []));
        if (board.rows.length > 1) expect(rows.length).toBeLessThanOrEqual({ group: 5, own: 11, above: 40 }[view]);
        const columns = reply.flatMap((block) => (block.kind === 'table' ? [block.columns.length] : []));
        for (const row of rows) expect([row.length]).toEqual(columns);
      },
    ),
  );
});

test('what a group is shown never names a unit below the fifth place', () => {
  fc.assert(
    fc.property(anyBoard, (board) => {
      const said = plain(boardReply(board, { view: 'group', own: null, today, calendar, t: translator('zh-CN') }));
      const below = board.rows.filter(({ rank }) => rank !== null).slice(5);
      if (board.rows.length > 1)
        for (const { figures } of below) expect(said).not.toMatch(new RegExp(`${figures.name}(?!\\d)`));
    }),
  );
});

test('no rate, no arithmetic', () => {
  expect(scoreExplained(noFigures, translator('zh-CN'))).toEqual([]);
});

test('who is ranked without a verified value of what weighs is named beside the board', () => {
  const item = { id: 1, name: '亩均税收', unit: '万元', weight: 20, better: 'more' as const };
  const value = { month: '2026-11', value: 120_000, target: 120_000 };
  const full = { expected: 20, share: 100, named: 10, cleared: 100 };
  const figures = [[value], []].map((months, n) => ({
    ...unitOf(n, full),
    specials: { revision: 1, base: 80, items: [{ ...item, months }] },
  }));
  const idle = { ...unitOf(2, { expected: 0, share: 0, named: 0, cleared: 0 }) };
  const board = {
    period: weekPeriodOf(today),
    before: weekPeriodOf(today.subtract({ days: 7 })),
    rows: boardOf([...figures, idle], []),
    beforeRows: [],
    rule: boardRule,
  };
  const said = plain(boardReply(board, { view: 'group', own: 'u1', today, calendar, t: translator('zh-CN') }));
  expect(said).toContain('专项指标还没有核实数，暂不计入：单位2（亩均税收）');
  // Of whom nothing was asked, nobody waits for.
  expect(said).not.toContain('单位3');
});

test('who was not ranked before is new; where nobody was, nothing is compared', () => {
  const before = [unitOf(0, { expected: 20, share: 90, named: 10, cleared: 90 })];
  const now = [0, 1].map((n) => unitOf(n, { expected: 20, share: 100 - n, named: 10, cleared: 90 }));
  const said = (earlier: UnitFigures[]) => {
    const week = weekPeriodOf(today);
    const rows = boardOf(now, earlier);
    const board = { period: week, before: week, rows, beforeRows: [], rule: boardRule };
    const reply = boardReply(board, { view: 'above', own: null, today, calendar, t: translator('zh-CN') });
    const pictures = reply.flatMap((block) => (block.kind === 'picture' ? [block.picture] : []));
    return {
      text: plain(reply),
      columns: reply.flatMap((block) => (block.kind === 'table' ? [block.columns.length] : [])),
      title: pictures[0]?.columns.movement,
      moves: pictures.flatMap(({ rows }) => rows.map(({ movement }) => movement?.direction ?? null)),
    };
  };
  expect(said(before)).toMatchObject({ columns: [4], title: '较前一周', moves: ['same', 'new'] });
  expect(said(before).text).toContain('新上榜');
  expect(said([])).toMatchObject({ columns: [3], title: '', moves: [null, null] });
  expect(said([]).text).not.toContain('新上榜');
});
