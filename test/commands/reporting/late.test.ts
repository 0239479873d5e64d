import { expect, test } from 'vitest';
import type { Member } from '../../../src/domain/organisation.ts';
import { house } from '../../house.ts';
import { at, cause, day, direct, say, wang } from '../../values.ts';

/** Monday, 23 November; three workdays back is Wednesday, the 18th. */
const begun = async () => {
  const home = house();
  const unit = await home.town();
  // There for long: with the town everybody joins on Friday.
  const longAgo = (known: Member | null) => (known ? [{ ...known, since: day('2026-11-02') }] : []);
  const id = 'playground:wang';
  await home.directory.change('join', [id], ({ member }) => ({ members: longAgo(member(id)), facts: null }), cause());
  const on = (line: string, when = '2026-11-23 10:00') => home.ask(say(line, { at: at(when), chat: direct(wang) }));
  return { ...home, on, id: unit.id };
};

test.each([
  ['/补报 11-20 走访', '11月20日（周五）补报：已记 1 项，未清 0 项。'],
  ['/补报 周五 走访', '11月20日（周五）补报'],
  ['/补报 昨天 走访', '11月22日（周日）：已记 1 项，未清 0 项。这天不要求报日清，不算补报。'],
  ['/补报 11-18 走访', '11月18日（周三）补报'],
  ['/late Fri 20 Nov visited', '11月20日（周五）补报'],
  ['/补报 11-17 走访', '11月17日（周二）太早了'],
  ['/补报 11-23 走访', '今天的直接发 /日清'],
  ['/补报 11-24 走访', '还没到，不能补报'],
  ['/补报 11-31 走访', '没有这个日期，没有保存'],
  ['/补报 走访', '要补哪一天？'],
  ['/补报', '要补哪一天？'],
  ['/补报 11-20', '11月20日（周五）做了什么？例如：/补报 11-20 走访3户企业'],
  ['/补报 周五', '例如：/补报 11-20 走访3户企业'],
  ['/补报 周五 无', '11月20日（周五）补报：已报，无事项。'],
  ['/补报 11-19 至 11-20 走访', '一次补一天，没有保存。请分开发，例如：/补报 11-19 走访3户企业'],
  ['/补报 11-19、11-20 走访', '一次补一天'],
  ['/补报 11-20 到园区走访', '完成：到园区走访'],
  ['/补报 11-20 3-5户回访', '完成：3-5户回访'],
])('%s: %s', async (line, words) => {
  const { on } = await begun();
  expect(await on(line)).toContain(words);
});

test('it counts as filed and not as on time; what was on time before stays so', async () => {
  const { on, reports, id } = await begun();
  await on('/日清 走访', '2026-11-19 10:00');
  await on('/补报 11-19 再一件');
  await on('/补报 11-20 走访');
  const { days } = await reports.period(id, day('2026-11-19'), day('2026-11-20'));
  const onTime = (date: string) => days.get(date)?.get('playground:wang')?.onTime;
  expect([onTime('2026-11-19'), onTime('2026-11-20')]).toEqual([true, false]);
});

test('what was left open on an earlier day is as old as that day', async () => {
  const { on } = await begun();
  await on('/补报 11-19 未清：协议');
  expect(await on('/清')).toContain('1. 协议（已 2 个工作日）');
});
