import { expect, test } from 'vitest';
import { type Block, list, type Reply, text } from '../../../src/message.ts';
import type { Answered, Receive } from '../../../src/ports.ts';
import { connected, t } from './house.ts';

const group = { platform: 'wecom', id: 'g1', kind: 'group' } as const;
const zhang = { platform: 'wecom', id: 'zhang', kind: 'direct' } as const;
const approve = (stays?: true): Block => ({
  kind: 'buttons',
  buttons: [
    { text: '批准', command: '/请假 批准 1-2' },
    { text: '不批', command: '/请假 不批 1-2' },
  ],
  ...(stays && { stays }),
});
const asked: Reply = [...text('王丁请假一天。'), approve()];
const rows = list(Array.from({ length: 40 }, (_, i) => `第${i}项`));

/** Answers /问 with a card, and what the card says with `answer`. */
const house = (
  reply: Reply = asked,
  answer: (who: string) => Partial<Answered> = () => ({ reply: text('已批准。') }),
) => {
  const receive: Receive = async ({ chat, text: said, sender }) => [
    said === '/问' ? { chat, reply } : { chat, reply: [], ...answer(sender.id) },
  ];
  return connected({ receive });
};
type House = Awaited<ReturnType<typeof house>>;
const cardIn = async ({ server }: House) => {
  const post = await server.seen(() => server.posts.find(({ card }) => card !== undefined));
  return post as NonNullable<typeof post>;
};
const doneCard = async ({ server }: House, n: number) => {
  await server.seen(() => server.posts[n - 1]?.card?.replace_text !== undefined);
  return server.posts[n - 1];
};
const updates = ({ server }: House) => server.frames.filter(({ frame }) => frame.cmd === 'aibot_respond_update_msg');

test('a short question is one card that answers the message; pressing its button says the command there', async () => {
  const made = await house();
  const { server, heard } = made;
  const msgid = server.inGroup('g1', 'zhang', '/问');
  const card = await cardIn(made);
  expect(server.posts).toHaveLength(1);
  expect(card).toMatchObject({ via: 'reply', to: msgid, text: '王丁请假一天。\n[批准]\n[不批]' });

  const press = server.click('li', card.n, '/请假 批准 1-2');
  await server.seen(() => server.posts.length === 2);
  expect(heard.at(-1)).toMatchObject({
    id: press,
    chat: group,
    sender: { id: 'li' },
    text: '/请假 批准 1-2',
    addressed: true,
  });
  expect(server.posts[1]).toMatchObject({ via: 'push', chat: { kind: 'group', id: 'g1' }, text: '已批准。' });
});

test('the card then says that it is done, and neither who pressed nor what', async () => {
  const made = await house();
  made.server.inGroup('g1', 'zhang', '/问');
  const { n, card } = await cardIn(made);
  made.server.click('li', n, '/请假 批准 1-2');
  const after = await doneCard(made, n);
  expect(after?.card).toMatchObject({ task_id: card?.task_id, replace_text: t('card.done') });
  expect(after?.text).toContain('王丁请假一天。');
  expect(after?.text).toContain('已处理');
  expect(JSON.stringify(after?.card)).not.toMatch(/"li"|批准/u);
  expect(JSON.stringify(updates(made)[0]?.frame)).not.toContain('userids');
});

test('pressed twice, or delivered twice, it is said once', async () => {
  const made = await house();
  made.server.inDirect('zhang', '/问');
  const { n } = await cardIn(made);
  made.server.click('zhang', n, '/请假 批准 1-2');
  made.server.clickAgain();
  await made.server.seen(() => updates(made).length > 0 && made.server.posts.length > 1);
  made.server.clickAgain();
  made.server.inDirect('zhang', '你好');
  await made.server.seen(() => made.server.posts.length > 2);
  expect(made.server.posts.filter(({ text: said }) => said === '已批准。')).toHaveLength(2);
});

test('who may not is answered as if he had typed it, and the card stays for those who may', async () => {
  const made = await house(asked, (who) =>
    who === 'wang' ? { reply: text('没有权限。'), isRefusal: true } : { reply: text('已批准。') },
  );
  const { server } = made;
  server.inGroup('g1', 'zhang', '/问');
  const { n } = await cardIn(made);
  server.click('wang', n, '/请假 批准 1-2');
  await server.seen(() => server.posts.length === 2);
  expect(server.posts[1]).toMatchObject({ text: '没有权限。' });
  expect(updates(made)).toEqual([]);
  server.click('li', n, '/请假 批准 1-2');
  await server.seen(() => updates(made).length === 1);
});

test('a card that only shows something can be pressed by everybody, again and again', async () => {
  const made = await house([...text('城关镇第一。'), approve(true)], () => ({ reply: text('因为') }));
  const { server } = made;
  server.inGroup('g1', 'zhang', '/问');
  const { n } = await cardIn(made);
  server.click('li', n, '/请假 批准 1-2');
  server.click('wang', n, '/请假 批准 1-2');
  await server.seen(() => server.posts.length === 3);
  expect(updates(made)).toEqual([]);
});

test('a private answer to a press in a group goes to the person who pressed', async () => {
  const made = await house(asked, () => ({ chat: { ...zhang, id: 'li' }, reply: text('你的数') }));
  const { server } = made;
  server.inDirect('li', '你好');
  server.inGroup('g1', 'zhang', '/问');
  const { n } = await cardIn(made);
  server.click('li', n, '/请假 批准 1-2');
  await server.seen(() => server.posts.some(({ chat, text: said }) => chat.id === 'li' && said === '你的数'));
});

test('below a long answer the card stands in the same frame, and counts once', async () => {
  const made = await house([...rows, approve()]);
  made.server.inGroup('g1', 'zhang', '/问');
  await cardIn(made);
  const replies = made.server.frames.filter(({ frame }) => frame.cmd === 'aibot_respond_msg');
  expect(replies.map(({ frame }) => (frame.body as { msgtype: string }).msgtype)).toEqual([
    'stream_with_template_card',
  ]);
  expect(made.server.posts.map(({ msgtype }) => msgtype)).toEqual(['stream', 'template_card']);
});

test('a card that WeCom does not take becomes words, with the commands to type', async () => {
  for (const reply of [asked, [...rows, approve()]]) {
    const made = await house(reply);
    made.server.faults.refuseNext.push(40_058);
    made.server.inGroup('g1', 'zhang', '/问');
    await made.server.seen(() => made.server.posts.some(({ text: said }) => said.includes('批准 → /请假 批准 1-2')));
    expect(made.server.posts.filter(({ card }) => card)).toEqual([]);
    expect(made.kept).toEqual([]);
    if (reply !== asked) expect(made.server.posts[0]?.text).toContain('- 第39项');
  }
});

test('a pushed card that is not taken becomes words too; where the bot was never spoken to nothing is said', async () => {
  const { server, bot } = await house();
  server.inGroup('g1', 'zhang', '你好');
  await server.seen(() => server.posts.length === 1);
  server.faults.refuseNext.push(40_058);
  await bot.send(group, asked, 'p1', null);
  expect(server.posts.slice(1)).toMatchObject([
    { via: 'push', text: expect.stringContaining('不批 → /请假 不批 1-2') },
  ]);
  await expect(bot.send({ ...group, id: 'g2' }, asked, 'p2', null)).rejects.toMatchObject({ code: 93_006 });
  expect(server.posts).toHaveLength(2);
});

test('after a restart the card is done all the same, without its words', async () => {
  const made = await house();
  const { server, bot, another } = made;
  server.inGroup('g1', 'zhang', '/问');
  const { n } = await cardIn(made);
  await bot.stop();
  const next = another();
  await expect.poll(() => next.isUp()).toBe(true);
  server.click('li', n, '/请假 批准 1-2');
  const after = await doneCard(made, n);
  expect(after?.text).toContain(t('card.done'));
});

test('a press of a card that is done, of another bot’s, or of no known shape says nothing', async () => {
  const made = await house();
  const { server, heard } = made;
  server.inGroup('g1', 'zhang', '/问');
  const { n } = await cardIn(made);
  server.click('li', n, 'done');
  server.click('li', n, ' ');
  server.event('template_card_event', { from: { userid: 'li' }, chattype: 'single' });
  server.event('template_card_event', {}, { template_card_event: { event_key: '/榜', task_id: 'once-x-0' } });
  server.inGroup('g1', 'zhang', '完');
  await expect.poll(() => heard.at(-1)?.text).toBe('完');
  expect(heard.map(({ text: said }) => said)).toEqual(['/问', '完']);
});

test('the SDK’s own flat shape of a press is read as well', async () => {
  const made = await house();
  const { server, heard } = made;
  server.inDirect('li', '你好');
  server.event(
    'template_card_event',
    { from: { userid: 'li' }, chattype: 'single' },
    { event_key: '/请假 批准 1-2', task_id: 'once-x-0' },
  );
  await expect.poll(() => heard.at(-1)?.text).toBe('/请假 批准 1-2');
  expect(heard.at(-1)).toMatchObject({ chat: { kind: 'direct', id: 'li' } });
});
