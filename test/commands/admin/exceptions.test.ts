import { expect, test } from 'vitest';
import { settingsOf } from '../../../src/domain/settings.ts';
import { chatKey, type Person, plain } from '../../../src/message.ts';
import { house } from '../../house.ts';
import { at, group, say, wang } from '../../values.ts';

/** A house whose clock is moved, with Wang as the coordinator of the group's unit. */
const county = async () => {
  let clock = '2026-11-23 09:00';
  const home = house({ clock: () => at(clock).epochMilliseconds });
  const town = await home.unit('城关镇', { chats: [chatKey(group)] });
  await home.member(wang, town, [{ role: 'coordinator', unit: town.id }]);
  const ask = async (text: string, sender: Person = wang) => {
    const [answer] = await home.receive(say(text, { at: at(clock), sender }));
    return plain(answer?.reply ?? []);
  };
  const moveTo = (moment: string) => {
    clock = moment;
  };
  const weight = async () => {
    const unit = await home.directory.unit(town.id);
    return unit && settingsOf(unit).weightOnTime;
  };
  return { ...home, ask, moveTo, weight, town };
};

const approved = '批准：李书记 依据：县委办〔2026〕5号';

test('what goes beside the rules is in force until the end of its last day, and then no more', async () => {
  const { ask, moveTo, weight } = await county();
  expect(await ask(`/设置 按时权重 30 ${approved} 至：2026-12-31`)).toBe(
    '城关镇的按时率权重已改为：30。由李书记批准，依据县委办〔2026〕5号；2026-12-31 之后自动失效。',
  );
  expect(await weight()).toBe(30);
  moveTo('2026-12-31 23:59');
  expect(await weight()).toBe(30);
  moveTo('2027-01-01 00:00');
  expect(await weight()).toBe(10);
  expect(await ask('/设置 按时权重')).not.toContain('李书记');
});

test('what was set before comes back, and may be changed meanwhile', async () => {
  const { ask, moveTo, weight } = await county();
  await ask('/设置 按时权重 15');
  await ask(`/设置 按时权重 30 ${approved} 至：11-30`);
  moveTo('2026-12-01 00:00');
  expect(await weight()).toBe(15);
  await ask(`/设置 按时权重 30 ${approved} 至：12-30`);
  expect(await ask('/设置 按时权重 12')).toBe('城关镇的按时率权重已改为：12。');
  expect(await weight()).toBe(12);
});

test.each([
  ['', '要有人批准'],
  ['依据：5号文 至：2026-12-31', '谁批准'],
  ['批准：李书记 至：2026-12-31', '依据什么'],
  ['批准：李书记 依据：5号文', '到哪天为止'],
  ['批准：李书记 依据：5号文 至：年底吧', '到哪天为止'],
  ['批准：李书记 依据：5号文 至：2026-11-20', '2026-11-20 已经过去了'],
  ['批准：李书记 依据：5号文 至：2027-11-24', '最长一年'],
  ['批准：王一 依据：5号文 至：2026-12-31', '不能自己批准自己'],
  [`批准：${'李'.repeat(21)} 依据：5号文 至：2026-12-31`, '批准人最多 20 个字'],
  ['批准：123 依据：。 至：2026-12-31', '要有人批准'],
])('“%s” is not enough; the answer says what is missing and changes nothing', async (said, words) => {
  const { ask, weight } = await county();
  const answer = await ask(`/设置 按时权重 30 ${said}`);
  expect(answer).toContain(words);
  expect(answer).toContain('没有改动');
  if (!said.includes('李李')) expect(answer).toContain('例如：/设置 城关镇 按时权重 30 批准：李书记 依据：');
  expect(await weight()).toBe(10);
});

test('the example of a refusal works when it is copied', async () => {
  const { ask, weight } = await county();
  const [, example = ''] = (await ask('/设置 按时权重 30')).split('例如：');
  await ask(example);
  expect(await weight()).toBe(30);
});

test('a setting that needs none takes no approval; nor does its end mean anything there', async () => {
  const { ask } = await county();
  expect(await ask(`/设置 撤回 20 ${approved} 至：2026-12-31`)).toBe(
    '撤回这样改不用批准，也不会到期，没有改动。直接发：/设置 城关镇 撤回 20',
  );
});

test('the same again without an approval changes nothing; with one it is renewed', async () => {
  const { ask, moveTo, weight } = await county();
  await ask(`/设置 按时权重 30 ${approved} 至：11-30`);
  expect(await ask('/设置 按时权重 30')).toContain('本来就是这样：30，没有改动。由李书记批准');
  await ask('/设置 按时权重 30 批准：赵县长 依据：6号文 至：12-31');
  moveTo('2026-12-15 09:00');
  expect(await weight()).toBe(30);
});

test('the list of settings and the record name approver, basis and end', async () => {
  const { ask } = await county();
  await ask(`/设置 按时权重 30 ${approved} 至：2026-12-31`);
  await ask('/设置 按时权重 默认');
  expect(await ask('/设置 记录')).toBe(
    [
      '城关镇的设置改动，新的在前：',
      '· 11月23日 09:00，王一：按时率权重 30 → 10',
      '· 11月23日 09:00，王一：按时率权重 10 → 30（李书记批准，依据县委办〔2026〕5号，到 2026-12-31 为止）',
    ].join('\n'),
  );
});

test('other changes of the unit keep the exception, and do not make it permanent', async () => {
  const { ask, moveTo, weight } = await county();
  await ask(`/设置 按时权重 30 ${approved} 至：11-30`);
  await ask('/设置 撤回 20');
  expect(await weight()).toBe(30);
  moveTo('2026-12-01 08:00');
  expect(await weight()).toBe(10);
});
