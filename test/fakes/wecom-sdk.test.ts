import { WSClient, type WsFrame } from '@wecom/aibot-node-sdk';
import { expect, onTestFinished, test } from 'vitest';
import { wecomServer } from './wecom-server.ts';

/** The official SDK, as it comes. */
const client = async (secret?: string) => {
  const server = await wecomServer();
  const errors: Error[] = [];
  const quiet = { debug() {}, info() {}, warn() {}, error() {} };
  const { account } = server;
  const sdk = new WSClient({
    botId: account.botId,
    secret: secret ?? account.secret,
    wsUrl: server.url,
    logger: quiet,
    maxAuthFailureAttempts: 0,
  });
  onTestFinished(async () => {
    sdk.disconnect();
    await server.close();
  });
  sdk.on('error', (error) => errors.push(error));
  const frame = (event: 'message' | 'event.enter_chat' | 'event.template_card_event') =>
    new Promise<WsFrame<object>>((resolve) => sdk.once(event, resolve));
  sdk.connect();
  return { server, sdk, errors, frame };
};
const ready = async () => {
  const house = await client();
  await new Promise((resolve) => house.sdk.once('authenticated', () => resolve(null)));
  return house;
};
const card = {
  card_type: 'button_interaction',
  main_title: { title: '请假' },
  button_list: [{ text: '同意', key: 'yes' }],
  task_id: 't1',
};

test('the official SDK connects, streams, welcomes, pushes', async () => {
  const { server, sdk, frame } = await ready();
  const said = frame('message');
  server.inGroup('g1', 'zhang', '/榜');
  const asked = await said;
  await sdk.replyStream(asked, 's1', '查着', false);
  await sdk.replyStream(asked, 's1', '查到了', true);
  const opened = frame('event.enter_chat');
  server.enter('li');
  await sdk.replyWelcome(await opened, { msgtype: 'text', text: { content: '你好' } });
  await sdk.sendMessage('g1', { msgtype: 'markdown', markdown: { content: '周榜' } });
  expect(server.posts.map(({ via, text }) => `${via} ${text}`)).toEqual(['reply 查到了', 'welcome 你好', 'push 周榜']);
});

test('the official SDK sends a card, hears it pressed and changes it', async () => {
  const { server, sdk, frame } = await ready();
  const said = frame('message');
  server.inGroup('g1', 'zhang', '/请假');
  await sdk.replyTemplateCard(await said, card);
  const pressed = frame('event.template_card_event');
  server.click('li', 1, 'yes');
  await sdk.updateTemplateCard(await pressed, { ...card, main_title: { title: '已同意' } });
  expect(server.posts).toMatchObject([{ text: '已同意\n[同意]' }]);
});

test('the official SDK brings a file of several pieces', async () => {
  const { server, sdk } = await ready();
  server.inDirect('zhang', '你好');
  const bytes = Buffer.alloc(1_200_000, 7);
  const { media_id } = await sdk.uploadMedia(bytes, { type: 'file', filename: '未报.xlsx' });
  await sdk.sendMediaMessage('zhang', 'file', media_id);
  expect(server.posts[0]?.file).toMatchObject({ name: '未报.xlsx', type: 'file' });
  expect(Buffer.from(server.posts[0]?.file?.bytes ?? []).equals(bytes)).toBe(true);
});

test('the official SDK is told that its secret is wrong', async () => {
  const { errors } = await client('wrong');
  await expect.poll(() => errors.map(({ message }) => message).join()).toContain('853000');
});
