import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import type { Item, ItemKind } from '../../src/domain/report.ts';
import type { Cause } from '../../src/ports.ts';
import { organisation, redis } from '../organisation.ts';
import { at, cause, day } from '../values.ts';

const monday = day('2026-11-23');
const items = (...said: (string | [ItemKind, string])[]): Item[] =>
  said.map((one) => (typeof one === 'string' ? { kind: 'done', text: one } : { kind: one[0], text: one[1] }));
const me = 'playground:wang';

const books = async () => {
  const { reports, unit, keys } = organisation();
  const { id } = await unit('城关镇');
  const file = (said: Item[], on = monday, by: Cause = cause()) =>
    reports.file({ unit: id, day: on, onTime: true, items: said, listCarried: true }, by);
  const replace = (said: Item[], on = monday, by: Cause = cause()) =>
    reports.replace({ unit: id, day: on, onTime: true, items: said, listCarried: true }, by);
  const undo = (by: Cause = cause()) => reports.undo(id, Temporal.Instant.from('2026-11-01T00:00:00Z'), by);
  const open = async () => (await reports.open(id, me)).map(({ number, text }) => `${number} ${text}`);
  const log = () => redis.xlen(keys.log({ unit: id }));
  return { reports, unit: id, keys, file, replace, undo, open, log };
};

test('a report says what the day holds after it', async () => {
  const { file } = await books();
  const filed = await file(items('走访3户企业', ['waiting', '园区征地协议（等县局批复）'], ['plan', '陪同督查']));
  expect(filed).toMatchObject({ letters: 'dwp', done: 1, open: 1, plan: 1, first: true, onTime: true, carried: 0 });
});

test('the next report of the day adds to it, and a repeated item is not counted again', async () => {
  const { file, open } = await books();
  await file(items('走访3户企业', ['open', '征地协议']));
  const filed = await file(items('走访 ３户企业。', '上报台账', ['open', '征地协议']));
  expect(filed).toMatchObject({ letters: '-d-', done: 2, open: 1, first: false });
  expect(await open()).toEqual(['1 征地协议']);
});

test('an item named unfinished today may be planned for tomorrow as well', async () => {
  const { file } = await books();
  expect(await file(items(['open', '征地协议'], ['plan', '征地协议']))).toMatchObject({ open: 1, plan: 1 });
});

test('reporting an unfinished item as done closes it, on another day too', async () => {
  const { file, open, reports, unit } = await books();
  await file(items(['open', '征地协议']));
  const tuesday = day('2026-11-24');
  expect(await file(items('征地协议'), tuesday)).toMatchObject({ letters: 'x', done: 1, open: 0, carried: 0 });
  expect(await open()).toEqual([]);
  const { closed } = await reports.period(unit, monday, tuesday);
  expect(closed.get(me)).toMatchObject([{ text: '征地协议', day: monday, closedOn: tuesday }]);
});

test('carried items come with their number, day and words', async () => {
  const { file } = await books();
  await file(items(['open', '甲'], ['help', '乙']));
  const filed = await file(items(['open', '丙']), day('2026-11-24'));
  expect(filed.carriedItems).toEqual([
    { number: 1, day: monday, text: '甲' },
    { number: 2, day: monday, text: '乙' },
  ]);
  expect(filed).toMatchObject({ carried: 2, open: 1 });
});

test('a message delivered ten times at once is filed once, logged once and answered alike', async () => {
  const { file, log } = await books();
  const again = cause();
  const answers = await Promise.all(Array.from({ length: 10 }, () => file(items('甲', ['open', '乙']), monday, again)));
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  expect(await log()).toBe(1);
});

test('the answer to a repeated message is the first one, whatever has happened since', async () => {
  const { file } = await books();
  const first = cause();
  const answer = await file(items('甲', ['open', '乙']), monday, first);
  await file(items('乙', '丙'));
  expect(await file(items('甲', ['open', '乙']), monday, first)).toEqual(answer);
});

test('a day that would hold too many items takes none of them', async () => {
  const { file, log } = await books();
  const many = (from: number) => items(...Array.from({ length: 100 }, (_, i) => `第${from + i}件`));
  await file(many(0));
  await file(many(100));
  await expect(file(items('再一件'))).rejects.toMatchObject({ key: 'daily.day-full' });
  expect(await log()).toBe(2);
});

test('closing items by number closes just these, once', async () => {
  const { file, open, reports, unit } = await books();
  await file(items(['open', '甲'], ['open', '乙'], ['open', '丙']));
  const again = cause();
  const clear = () => reports.clear(unit, [1, 3], monday, again);
  expect(await clear()).toMatchObject({ closed: [{ text: '甲' }, { text: '丙' }], left: 1 });
  expect(await clear()).toMatchObject({ closed: [{ text: '甲' }, { text: '丙' }], left: 1 });
  expect(await open()).toEqual(['2 乙']);
});

test('one unknown number, and nothing is closed', async () => {
  const { file, open, reports, unit } = await books();
  await file(items(['open', '甲']));
  expect(await reports.clear(unit, [1, 9], monday, cause())).toEqual({ unknown: [9] });
  expect(await open()).toEqual(['1 甲']);
});

test('an edit replaces the day and keeps what was open before it', async () => {
  const { file, replace, open } = await books();
  await file(items(['open', '旧账']), day('2026-11-20'));
  await file(items('甲', ['open', '乙']));
  await file(items('旧账'));
  const filed = await replace(items('丁', ['open', '戊']));
  expect(filed).toMatchObject({ letters: 'do', done: 1, open: 1, first: false });
  expect(await open()).toEqual(['1 旧账', '2 戊']);
});

test('an edit of a day without a report changes nothing', async () => {
  const { replace, log } = await books();
  expect(await replace(items('甲'))).toEqual({ refused: 'nothing-filed' });
  expect(await log()).toBe(0);
});

test.each<[string, (b: Awaited<ReturnType<typeof books>>) => Promise<unknown>]>([
  ['report', ({ file }) => file(items('新', '甲', ['open', '乙']))],
  ['replace', ({ replace }) => replace(items('全新'))],
  ['clear', ({ reports, unit }) => reports.clear(unit, 'all', monday, cause())],
  [
    'leave',
    ({ reports, unit }) => reports.leave(unit, me, { from: monday, to: monday, part: null, reason: '' }, cause()),
  ],
  ['week', ({ reports, unit }) => reports.week(unit, async () => ({ monday, onTime: true, text: '本周' }), cause())],
])('taking back a %s leaves everything as it was before', async (action, act) => {
  const b = await books();
  await b.file(items(['open', '甲'], ['open', '丙']));
  const before = await b.reports.period(b.unit, monday, monday);
  await act(b);
  expect(await b.reports.period(b.unit, monday, monday)).not.toEqual(before);
  expect(await b.undo()).toMatchObject({ undone: action });
  expect(await b.reports.period(b.unit, monday, monday)).toEqual(before);
});

test('taking back works once, for one’s own last action, and not for an old one', async () => {
  const { file, undo, reports, unit } = await books();
  await file(items('甲'));
  await file(items('别人的'), monday, cause('playground:li'));
  expect(await reports.undo(unit, at('2026-11-23 09:01'), cause())).toEqual({ refused: 'too-old' });
  const again = cause();
  expect(await undo(again)).toMatchObject({ undone: 'report' });
  expect(await undo(again)).toMatchObject({ undone: 'report' });
  expect(await undo()).toEqual({ refused: 'nothing' });
  expect((await reports.period(unit, monday, monday)).days.get('2026-11-23')?.has('playground:li')).toBe(true);
});

test('one’s own last action is found behind many of others', async () => {
  const { file, undo, open } = await books();
  await file(items(['open', '征地协议']));
  const others = Array.from({ length: 120 }, (_, n) => file(items('走访'), monday, cause(`playground:p${n}`)));
  await Promise.all(others);
  expect(await open()).toEqual(['1 征地协议']);
  expect(await undo()).toMatchObject({ undone: 'report' });
  expect(await open()).toEqual([]);
});

test('the words of items are found again, in the order asked', async () => {
  const { file, reports, unit } = await books();
  const { entry } = await file(items('甲', '乙'));
  const refs = [1, 0, 5].map((index) => ({ entry, index, day: monday }));
  expect(await reports.texts(unit, refs)).toEqual(['乙', '甲', null]);
});

test('a confirmed week is kept, and a later edit of it does not make it late', async () => {
  const { reports, unit } = await books();
  const file = (onTime: boolean, text: string, why = cause()) =>
    reports.week(unit, async () => ({ monday, onTime, text }), why);
  const first = cause();
  expect(await file(true, '一', first)).toEqual({ monday, onTime: true, first: true });
  expect(await file(false, '二')).toEqual({ monday, onTime: true, first: false });
  expect(await file(false, '不问', first)).toEqual({ monday, onTime: true, first: true });
  expect(await reports.weekText(unit, monday, me)).toBe('二');
  expect((await reports.period(unit, monday, monday)).weeks.get('2026-11-23')?.get(me)).toBe(true);
});

test('whatever is reported, repeated and closed, an item is open or not exactly as a plain list says', async () => {
  const step = fc.oneof(
    fc.record({ act: fc.constant('open' as const), word: fc.integer({ min: 0, max: 3 }) }),
    fc.record({ act: fc.constant('done' as const), word: fc.integer({ min: 0, max: 3 }) }),
    fc.record({ act: fc.constant('undo' as const), word: fc.constant(0) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 10 }), async (steps) => {
      const { file, undo, open } = await books();
      let now: { open: string[]; said: string[] } = { open: [], said: [] };
      let before: typeof now | null = null;
      for (const { act, word } of steps) {
        const text = `第${word}件`;
        if (act === 'undo') {
          await undo();
          if (before) now = before;
          before = null;
          continue;
        }
        before = now;
        await file(items([act, text]));
        const wasSaid = now.said.includes(text);
        const isOpen = now.open.includes(text);
        if (act === 'done') now = { open: now.open.filter((o) => o !== text), said: [...now.said, text] };
        else now = { open: wasSaid || isOpen ? now.open : [...now.open, text], said: [...now.said, text] };
      }
      expect((await open()).map((line) => line.split(' ')[1]).sort()).toEqual([...now.open].sort());
    }),
    { numRuns: 40 },
  );
});

test('two units, two organisations: nothing of one in the other', async () => {
  const [a, b] = [await books(), await books()];
  await a.file(items('甲'));
  expect((await b.reports.period(b.unit, monday, monday)).days.get('2026-11-23')?.size).toBe(0);
});
