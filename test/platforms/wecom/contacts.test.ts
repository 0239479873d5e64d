import { expect, onTestFinished, test } from 'vitest';
import { type Message, text } from '../../../src/message.ts';
import { wecomApi } from '../../../src/platforms/wecom/api.ts';
import { contacts } from '../../../src/platforms/wecom/contacts.ts';
import { accessToken, authorized } from '../../../src/platforms/wecom/token.ts';
import { redisAccessTokens } from '../../../src/store/access-tokens.ts';
import { place, redis } from '../../engine.ts';
import { wecomApi as wecomFake } from '../../fakes/wecom-api.ts';
import { ledger, say } from '../../values.ts';

const open = 'woAJ2GCAAAXtWyujaWJHDDGi0mACas1w';

/** Whoever says something, as the house hears it. */
const house = async () => {
  const clock = { now: 0 };
  const fake = await wecomFake();
  const api = wecomApi(fake.url, { connectMs: 500, answerMs: 400 });
  onTestFinished(async () => {
    await api.close();
    await fake.close();
  });
  const { log } = ledger();
  const { account } = fake;
  const token = accessToken({ api, account, tokens: redisAccessTokens(redis, place().keys), log });
  const heard: Message[] = [];
  const receive = contacts({ call: authorized(api, token), agentId: account.agentId, log, now: () => clock.now })(
    async (message) => {
      heard.push(message);
      return [{ chat: message.chat, reply: text('听到') }];
    },
  );
  const from = async (id: string, kind: 'group' | 'direct' = 'direct', name?: string) => {
    const chat = { platform: 'wecom', kind, id: kind === 'direct' ? id : 'g1' } as const;
    const answers = await receive(say('你好', { platform: 'wecom', chat, sender: { id, ...(name && { name }) } }));
    return { ...heard.at(-1)?.sender, chat: heard.at(-1)?.chat.id, answered: answers[0]?.chat.id };
  };
  const asked = (path: string) => fake.calls.filter((call) => call.path.endsWith(path)).length;
  return { fake, clock, from, asked, heard, receive };
};

test('a member gets the name of the contacts, asked for once a day', async () => {
  const { fake, clock, from, asked } = await house();
  fake.people.names.set('zhang', '张三');
  expect(await from('zhang')).toMatchObject({ id: 'zhang', name: '张三' });
  await Promise.all([from('zhang', 'group'), from('zhang')]);
  expect(asked('/user/get')).toBe(1);
  clock.now += 24 * 3_600_000 + 1;
  fake.people.names.set('zhang', '张三丰');
  expect(await from('zhang')).toMatchObject({ name: '张三丰' });
});

test('whoever speaks with an encrypted id is the member with the plain one, and is answered where he spoke', async () => {
  const { fake, from, asked } = await house();
  fake.people.names.set('zhang', '张三');
  fake.people.openIds.set(open, 'zhang');
  expect(await from(open)).toEqual({ id: 'zhang', name: '张三', chat: 'zhang', answered: open });
  expect(await from(open, 'group')).toEqual({ id: 'zhang', name: '张三', chat: 'g1', answered: 'g1' });
  expect(asked('/openuserid_to_userid')).toBe(1);
  // One that nobody knows stays as it is.
  const other = `${open.slice(0, -1)}x`;
  expect(await from(other)).toMatchObject({ id: other, chat: other, answered: other });
});

test('where the app may not look people up, it does not ask again for a day', async () => {
  const { fake, clock, from, asked } = await house();
  fake.people.allowed.contacts = false;
  for (const id of ['a', 'b', 'c']) expect(await from(id)).toMatchObject({ id, chat: id });
  expect(asked('/user/get')).toBe(1);
  clock.now += 24 * 3_600_000 + 1;
  await from('d');
  expect(asked('/user/get')).toBe(2);
});

test('WeCom late or gone holds nobody up for long, and is asked again soon', async () => {
  const { fake, clock, from } = await house();
  fake.people.names.set('zhang', '张三');
  fake.fail({ path: '/user/get', answers: 'nothing' });
  expect(await from('zhang')).toEqual({ id: 'zhang', chat: 'zhang', answered: 'zhang' });
  expect(await from('zhang', 'direct', '阿三')).toMatchObject({ name: '阿三' });
  clock.now += 60_001;
  expect(await from('zhang')).toMatchObject({ name: '张三' });
});

test('what one person says stays in order while the contacts are asked', async () => {
  const { fake, heard, receive } = await house();
  fake.slowBy(100);
  const chat = { platform: 'wecom', kind: 'direct', id: 'zhang' } as const;
  const lines = ['一', '二', '三'].map((text) => say(text, { platform: 'wecom', chat, sender: { id: 'zhang' } }));
  await Promise.all(lines.map((line) => receive(line)));
  expect(heard.map(({ text }) => text)).toEqual(['一', '二', '三']);
});
