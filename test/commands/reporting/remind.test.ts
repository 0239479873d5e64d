import { expect, test } from 'vitest';
import { house } from '../../house.ts';
import { say, wang } from '../../values.ts';

test('a person chooses a time, none, or the unit’s, and sees which it is', async () => {
  const { ask, town, directory } = house();
  await town();
  const mine = async () => (await directory.member('playground:wang'))?.nudgeAt;
  expect(await ask('/提醒')).toBe(
    '当天没报时，17:00 私信提醒你（单位定的）。改时间发 /提醒 17:30，不要了发 /提醒 关。',
  );
  expect(await ask('/提醒 17:30')).toBe('好的，当天没报时，17:30 私信提醒你一次。');
  expect(await mine()).toBe('17:30');
  expect((await directory.unit('u1'))?.ownNudges).toEqual(['17:30']);
  expect(await ask('/提醒')).toContain('17:30 私信提醒你（你自己定的）');
  expect(await ask('/提醒 不要')).toBe('好的，不再提醒你报日清。要恢复发 /提醒 默认。');
  expect(await mine()).toBe('off');
  expect(await ask('/remind default')).toBe('好的，跟单位走：当天没报时，17:00 私信提醒你。');
  expect(await mine()).toBeUndefined();
});

test.each([
  ['/提醒 18:30', '提醒时间要在 15:00 以后、18:30 以前'],
  ['/提醒 12:00', '提醒时间要在 15:00 以后、18:30 以前'],
  ['/提醒 等会儿', '没看懂“等会儿”'],
])('%s changes nothing and says why', async (line, words) => {
  const { ask, town, directory } = house();
  await town();
  expect(await ask(line)).toContain(words);
  expect(await directory.member('playground:wang')).not.toHaveProperty('nudgeAt');
});

test('where nobody is reminded, that is said', async () => {
  const { ask, unit, member } = house();
  await member(wang, await unit('城关镇', { settings: { nudgeAt: 'off' } }));
  expect(await ask('/提醒')).toBe('你的单位没有开提醒。想要的话发时间，例如：/提醒 17:30');
  expect(await ask('/提醒 默认')).toContain('你的单位没有开提醒');
  const weekly = house();
  await weekly.member(wang, await weekly.unit('河西镇', { settings: { cadence: 'weekly' } }));
  expect(await weekly.ask('/提醒 17:30')).toContain('你的单位现在不按天催报');
});

test('who belongs nowhere has nothing to be reminded of', async () => {
  expect(await house().ask(say('/提醒 17:30'))).toContain('你还没有归到任何单位');
});
