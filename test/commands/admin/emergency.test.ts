import { expect, test } from 'vitest';
import type { Message } from '../../../src/message.ts';
import { house, redis } from '../../house.ts';
import { at, direct, group, li, say, wang } from '../../values.ts';

/**
 * 云岭县 with 城关镇 (group g1) and 河西镇 below it. Wang heads 城关镇, Li is administrator, Zhao coordinates 城关镇, Sun heads
 * the county. Monday, 23 November, nine o'clock.
 */
const governed = async () => {
  const built = house();
  const county = await built.unit('云岭县');
  const town = await built.unit('城关镇', { parent: county.id, chats: ['playground:group:g1'] });
  await built.unit('河西镇', { parent: county.id });
  await built.member(wang, town, [{ role: 'unitHead', unit: town.id }]);
  await built.member(li, null, [{ role: 'admin', unit: null }]);
  await built.member({ id: 'zhao' }, town, [{ role: 'coordinator', unit: town.id }]);
  await built.member({ id: 'sun' }, county, [{ role: 'unitHead', unit: county.id }]);
  const inForce = async () =>
    (await built.directory.units()).flatMap(({ name, emergency }) => (emergency ? [{ name, ...emergency }] : []));
  return { ...built, inForce };
};
const by = (sender: Message['sender'], text: string, over: Partial<Message> = {}) =>
  say(text, { sender, chat: direct(sender), ...over });

test('the head of a unit lifts its quiet hours until an end, with a reason; nobody is written to for it', async () => {
  const { ask, inForce, told } = await governed();
  expect(await ask('/应急 城关镇 至 22:00 防汛')).toBe(
    '城关镇进入应急，到11月23日（周一）22:00为止，原因：防汛，已记入日志。这期间不受安静时段限制，机器人主动发的消息最多每人每天 6 条、每群每天 4 条；不会因为这件事给成员发消息。提前结束发 /应急 城关镇 结束',
  );
  expect(await inForce()).toEqual([
    { name: '城关镇', until: at('2026-11-23 22:00').epochMilliseconds, reason: '防汛' },
  ]);
  expect(told()).toEqual([]);
});

test('it stands in /设置 and /应急 while it is in force, and ends before when somebody says so', async () => {
  const { ask, inForce } = await governed();
  await ask('/应急 防汛 到 22:00');
  const words = '应急中，到11月23日（周一）22:00，原因：防汛';
  expect(await ask('/设置')).toContain(words);
  expect(await ask('/应急')).toContain(`城关镇：${words}`);
  expect(await ask(say('/设置', { at: at('2026-11-23 22:00') }))).not.toContain('应急中');
  expect(await ask('/应急 河东镇 结束')).toBe('没有“河东镇”这个单位，没有改动。');
  expect(await ask('/应急 Hedong 结束')).toBe('没有“Hedong”这个单位，没有改动。');
  expect(await ask('/应急 结束')).toBe('城关镇的应急已结束，安静时段和条数上限照旧。');
  expect(await inForce()).toEqual([]);
  expect(await ask('/应急 结束')).toBe('城关镇现在没有在应急，没有改动。');
  expect(await ask('/应急')).toContain('现在没有单位在应急。');
});

test('a county’s is its townships’ too', async () => {
  const { ask, inForce } = await governed();
  const sun = { id: 'sun' };
  expect(await ask(by(sun, '/应急 到明早8点 森林火情'))).toContain('云岭县和下属 2 个单位进入应急');
  expect((await inForce()).map(({ name }) => name)).toEqual(['云岭县', '城关镇', '河西镇']);
  expect(await ask(by(sun, '/应急'))).toMatch(
    /^· 云岭县、城关镇、河西镇：应急中，到11月24日（周二）08:00，原因：森林火情\n[^·]*$/,
  );
  expect(await ask(by(sun, '/应急 河西镇 结束'))).toContain('河西镇的应急已结束');
  expect(await ask(by(sun, '/emergency end'))).toContain('云岭县和下属 1 个单位的应急已结束');
  expect(await inForce()).toEqual([]);
});

test.each([
  ['/应急 城关镇 防汛', '要写到几点结束，最长 24 小时，没有改动'],
  ['/应急 城关镇 至 22:00', '要写原因，没有改动。例如：/应急 城关镇 至 22:00 防汛'],
  ['/应急 城关镇 至 22:00 ！！', '要写原因'],
  ['/应急 城关镇 到周三 8点 防汛', '一次最长 24 小时'],
  ['/应急 25小时 防汛', '一次最长 24 小时'],
  ['/应急 城关镇 至 今天 08:00 防汛', '结束时间已经过了'],
  [`/应急 城关镇 至 22:00 ${'防'.repeat(41)}`, '原因最多写 40 个字'],
  ['/应急 河西镇 至 22:00 防汛', '河西镇的应急你不能开或结束'],
  ['/应急 云岭县 至 22:00 防汛', '云岭县的应急你不能开或结束'],
  ['/应急 河东镇 至 22:00 防汛', '没有“河东镇”这个单位'],
  ['/应急 河西镇 结束', '河西镇的应急你不能开或结束'],
])('%s changes nothing and says why', async (line, words) => {
  const { ask, inForce } = await governed();
  expect(await ask(line)).toContain(words);
  expect(await inForce()).toEqual([]);
});

test('who may not is told who may; who has several names the one', async () => {
  const { ask, inForce } = await governed();
  expect(await ask(by({ id: 'zhao' }, '/应急 城关镇 至 22:00 防汛', { chat: group }))).toBe(
    '/应急 只有单位负责人、管理员可以用。',
  );
  expect(await ask(by(li, '/应急 至 22:00 防汛'))).toContain('是哪个单位？有云岭县、城关镇、河西镇');
  expect(await inForce()).toEqual([]);
  expect(await ask(by(li, '/应急 河西镇 至 22:00 防汛'))).toContain('河西镇进入应急');
});

test('who declared what can be read afterwards, newest first', async () => {
  const { ask } = await governed();
  expect(await ask('/应急 记录')).toBe('城关镇还没有开过应急。');
  await ask('/应急 城关镇 至 22:00 防汛');
  await ask(by({ id: 'sun' }, '/应急 到明早8点 森林火情', { at: at('2026-11-23 10:00') }));
  await ask(say('/应急 结束', { at: at('2026-11-23 11:00') }));
  expect(await ask(say('/应急 城关镇 记录', { at: at('2026-11-24 09:00') }))).toBe(
    [
      '城关镇最近的应急：',
      '· 11月23日（周一）11:00，王一提前结束',
      '· 11月23日（周一）10:00，sun开启，到11月24日（周二）08:00，原因：森林火情',
      '· 11月23日（周一）09:00，王一开启，到11月23日（周一）22:00，原因：防汛',
    ].join('\n'),
  );
  expect(await ask('/应急 云岭县 记录')).toContain('云岭县的应急你不能开或结束');
});

test('who declared it, when and why stands in the log', async () => {
  const { ask, keys } = await governed();
  await ask('/应急 城关镇 至 22:00 防汛');
  const [last] = await redis.xrevrange(keys.log('org'), '+', '-', 'COUNT', 1);
  const fields = (last?.[1] ?? []).join(' ');
  for (const word of ['emergency', 'playground:wang', '防汛']) expect(fields).toContain(word);
});
