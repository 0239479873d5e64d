import fc from 'fast-check';
import { expect, test } from 'vitest';
import { county, person } from '../../town.ts';
import { day } from '../../values.ts';

const [li, zhang] = [person('li', '李二'), person('zhangsan', '张三')];
/** Said on Monday 23 November; days are counted from it. */
const dayOf = (n: number) => day('2026-11-23').add({ days: n });
const short = (n: number) => `${dayOf(n).month}-${dayOf(n).day}`;
const LAST = 13;

const spell = fc.record({
  from: fc.integer({ min: 0, max: LAST }),
  days: fc.nat(3),
  by: fc.constantFrom('self', 'other'),
});
const act = fc.oneof(
  fc.record({ kind: fc.constant('leave' as const), at: spell }),
  fc.record({ kind: fc.constant('back' as const), at: spell }),
  fc.record({ kind: fc.constant('duty' as const), at: spell }),
  fc.record({ kind: fc.constant('off-duty' as const), at: spell }),
);

test('whatever is said of leave and duty, by oneself or by the coordinator, whoever owes is whom plain sets say', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 7 }), async (acts) => {
      const home = county();
      await home.unit('城关镇', [li, zhang], { roles: { li: ['coordinator'] } });
      const [away, duty] = [new Set<number>(), new Set<number>()];
      const isWeekday = (n: number) => n % 7 < 5;
      for (const { kind, at } of acts) {
        const to = Math.min(at.from + at.days, LAST);
        const span = Array.from({ length: to - at.from + 1 }, (_, i) => at.from + i);
        const days = `${short(at.from)} 至 ${short(to)}`;
        const isSelf = at.by === 'self';
        const said = {
          leave: isSelf ? `/请假 ${days}` : `/请假 张三 ${days}`,
          back: isSelf ? `/销假 ${days}` : `/销假 张三 ${days}`,
          duty: `/值班 ${days} 张三`,
          'off-duty': `/值班 取消 ${days} 张三`,
        }[kind];
        const who = isSelf && (kind === 'leave' || kind === 'back') ? zhang : li;
        await home.tell(who, '2026-11-23 08:00', said);

        const free = span.filter((n) => !isWeekday(n));
        if (kind === 'leave' && free.length < span.length) for (const n of span) away.add(n);
        if (kind === 'back' && span.length === 1) for (let n = at.from; away.has(n); n += 1) away.delete(n);
        else if (kind === 'back') for (const n of span) away.delete(n);
        if (kind === 'duty' && !free.some((n) => away.has(n))) for (const n of free) duty.add(n);
        if (kind === 'off-duty') for (const n of span) duty.delete(n);
      }
      for (let n = 0; n <= LAST; n += 1) {
        const roll = (await home.tell(li, `${dayOf(n)} 21:00`, '/未报'))[0]?.text ?? '';
        const owes = (isWeekday(n) || duty.has(n)) && !away.has(n);
        expect([n, /未报 \d 人：.*张三/u.test(roll)]).toEqual([n, owes]);
        expect([n, /请假 1 人：张三/u.test(roll)]).toEqual([n, (isWeekday(n) || duty.has(n)) && away.has(n)]);
      }
    }),
    { numRuns: 25 },
  );
});
