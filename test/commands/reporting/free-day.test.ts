import { expect, test } from 'vitest';
import type { Settings } from '../../../src/domain/settings.ts';
import { county, person } from '../../town.ts';

const wang = person('wang', '王一');

const said = async (settings: Partial<Settings>, when: string, line: string, before: readonly string[] = []) => {
  const home = county();
  await home.unit('城关镇', [wang], { settings, roles: { wang: ['coordinator'] } });
  for (const one of before) await home.tell(wang, '2026-11-23 09:00', one);
  return (await home.tell(wang, when, line))[0]?.text.split('\n')[0];
};

test.each([
  ['a unit that reports weekly', { cadence: 'weekly' }, '2026-11-24 21:00', '/日清 走访', []],
  ['a unit that tells problems alone', { cadence: 'exception' }, '2026-11-24 21:00', '/日清 走访', []],
  ['a day off', {}, '2026-11-28 21:00', '/日清 走访', []],
  ['a day off told on Monday', {}, '2026-11-30 09:00', '/补报 11-28 走访', []],
  ['a weekday that is not named', { cadence: 'days-135' }, '2026-11-24 21:00', '/日清 走访', []],
] as const)('%s: nothing is called late, and the answer says so', async (_, settings, when, line, before) => {
  const answer = await said(settings, when, line, before);
  expect(answer).toMatch(/^11月2\d日（周.）：已记 1 项，未清 0 项。这天不要求报日清，不算补报。$/u);
});

test('on leave, and on the day of joining', async () => {
  expect(await said({}, '2026-11-24 21:00', '/日清 走访', ['/请假 11-24'])).toBe(
    '11月24日（周二）：已记 1 项，未清 0 项。这天你请假，不算补报。',
  );
  expect(await said({}, '2026-11-23 09:00', '/补报 11-20 走访')).toBe(
    '11月20日（周五）：已记 1 项，未清 0 项。刚加入，这天不要求报，不算补报。',
  );
});

test.each([
  ['a workday', '2026-11-24 21:00', []],
  ['a day off on duty', '2026-11-28 21:00', ['/值班 11-28 王一']],
  ['half a day of leave', '2026-11-24 21:00', ['/请假 11-24 下午']],
] as const)('%s is owed, and after the deadline it is late', async (_, when, before) => {
  expect(await said({}, when, '/日清 走访', before)).toMatch(/补报：已记 1 项，未清 0 项。$/u);
});
