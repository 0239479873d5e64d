import { expect, test } from 'vitest';
import type { CommandContext } from '../src/command.ts';
import { Unconfirmed } from '../src/errors.ts';
import { inbox } from '../src/inbox.ts';
import { type Message, text } from '../src/message.ts';
import { li, say, wang } from './values.ts';

/** An inbox in front of `route`, with a clock that moves only while it waits. */
const take = (route: (message: Message) => Promise<string>) => {
  let now = 0;
  return inbox({
    contextFor: async (message) => ({ message }) as CommandContext,
    route: async ({ message }) => [{ chat: message.chat, reply: text(await route(message)) }],
    realNow: () => now,
    wait: async (ms) => {
      now += ms;
    },
  });
};

const unconfirmed = async (): Promise<never> => {
  throw new Unconfirmed('connection lost');
};

test('what the store did not confirm is tried again under the same id', async () => {
  const ids: string[] = [];
  const { receive } = take(async ({ id }) => (ids.push(id) < 3 ? unconfirmed() : 'saved'));
  const message = say('/日清 走访');
  expect(await receive(message)).toEqual([{ chat: message.chat, reply: text('saved') }]);
  expect(ids).toEqual([message.id, message.id, message.id]);
});

test('after two and a half seconds it is not confirmed, and nobody says otherwise', async () => {
  let tries = 0;
  const { receive } = take(() => {
    tries += 1;
    return unconfirmed();
  });
  await expect(receive(say('/日清 走访'))).rejects.toBeInstanceOf(Unconfirmed);
  expect(tries).toBeGreaterThan(5);
});

test('a message that waited behind others is still tried once, and does not wait again', async () => {
  let tries = 0;
  const { receive } = take(() => {
    tries += 1;
    return unconfirmed();
  });
  const first = receive(say('/日清 一'));
  const second = receive(say('/日清 二'));
  await Promise.allSettled([first, second]);
  const afterBoth = tries;
  expect(afterBoth).toBeLessThan(25);
  await expect(second).rejects.toBeInstanceOf(Unconfirmed);
});

test('messages of one person are answered in order, another person does not wait', async () => {
  const order: string[] = [];
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const { receive, drain } = take(async ({ text }) => {
    if (text === '一') await held;
    order.push(text);
    return text;
  });
  const first = receive(say('一', { sender: wang }));
  const second = receive(say('二', { sender: wang }));
  await receive(say('别人', { sender: li }));
  expect(order).toEqual(['别人']);
  release();
  await Promise.all([first, second]);
  await drain();
  expect(order).toEqual(['别人', '一', '二']);
});

test('a fault in one message does not hold up the next', async () => {
  const { receive } = take(async ({ text }) => {
    if (text === '坏') throw new Error('bug');
    return text;
  });
  const bad = receive(say('坏'));
  const good = receive(say('好'));
  await expect(bad).rejects.toThrow('bug');
  expect(await good).toHaveLength(1);
});
