import { expect, test } from 'vitest';
import { chatKey, plain } from '../../src/message.ts';
import { house, redis } from '../house.ts';
import { direct, group, say, wang } from '../values.ts';

const phone = '13912345678';

const county = async () => {
  const home = house();
  const town = await home.unit('城关镇', { chats: [chatKey(group)] });
  await home.member(wang, town, [{ role: 'coordinator', unit: town.id }]);
  const ask = async (text: string, chat = group) => {
    const [answer] = await home.receive(say(text, { chat, addressed: chat.kind === 'direct' }));
    return plain(answer?.reply ?? []);
  };
  /** Everything that is kept of this house, as text. */
  const kept = async () => {
    const keys = await redis.keys(`${home.namespace}:*`);
    const all = await Promise.all(
      keys.map(async (key) => {
        const type = await redis.type(key);
        if (type === 'hash') return redis.hgetall(key);
        return type === 'stream' ? redis.xrange(key, '-', '+') : redis.dump(key);
      }),
    );
    return JSON.stringify(all);
  };
  return { ...home, ask, kept };
};

test.each([
  `/日清 走访张某，电话${phone}`,
  `/日清 完成：走访；未清：回访 ${phone}`,
  `/补报 11-20 走访 ${phone}`,
  `/改 走访 ${phone}`,
  `/周结 本周走访 ${phone}`,
  `/请假 明天 看病，联系电话 ${phone}`,
])('“%s” is refused with a sentence, and nothing of it is kept', async (text) => {
  const { ask, kept } = await county();
  expect(await ask(text)).toBe('没有记：里面有手机号码。请去掉再发，群里那条也请撤回。');
  expect(await kept()).not.toContain(phone);
  expect(await ask('/日清 走访3户企业')).toContain('已记');
});

test('talk in a direct chat that would be offered as a report is refused too; group talk is not ours', async () => {
  const { ask, kept } = await county();
  expect(await ask(`今天走访了3户企业，联系电话${phone}`, direct(wang))).toBe('没有记：里面有手机号码。请去掉再发。');
  expect(await ask(`我的电话是${phone}`)).toBe('');
  expect(await kept()).not.toContain(phone);
});

test('classified words are refused, the sample and what the organisation has added', async () => {
  const { ask } = await county();
  expect(await ask('/日清 传阅机密文件')).toContain('涉密字样');
  expect(await ask('/日清 青松工程进展')).toContain('已记');
  await ask('/设置 涉密词 青松工程，赤水计划');
  expect(await ask('/日清 赤水计划进展')).toContain('涉密字样');
});

test('a user id that is a number names a person, and is no phone number there', async () => {
  const { ask } = await county();
  expect(await ask(`/任命 ${phone} 联络员`)).not.toContain('手机号码');
});
