import { expect, test } from 'vitest';
import type { Block } from '../../src/message.ts';
import type { DrawPicture } from '../../src/ports.ts';
import { picture } from '../render/pictured.ts';
import { direct, group, park } from './park.ts';

const board: Block = { kind: 'picture', picture: picture({ alt: '图：单位榜' }) };
const draw: DrawPicture = async () => ({ png: new Uint8Array([137, 80, 78, 71]), width: 750, height: 400 });
const answering = async ({ chat }: { chat: ReturnType<typeof group> }) => [
  { chat, reply: [{ kind: 'text', text: '榜' } as const, board] },
];

test('an answer with a picture holds an image block, whose address gives the PNG', async () => {
  const { say, app } = await park({ receive: answering, draw });
  const [reply] = (await say({ id: 'm1' })).body.replies;
  expect(reply.blocks[1]).toEqual({ kind: 'image', url: expect.stringMatching(/-750x400\.png$/), alt: '图：单位榜' });
  expect(reply.text).toBe('榜\n图：单位榜');
  const image = await app.request(`http://localhost${reply.blocks[1].url.replace('/playground/api', '')}`);
  expect([image.status, image.headers.get('content-type')]).toEqual([200, 'image/png']);
  expect(new Uint8Array(await image.arrayBuffer())).toEqual(new Uint8Array([137, 80, 78, 71]));
});

test('the same message again shows the same picture, which is not drawn again', async () => {
  let count = 0;
  const counting: DrawPicture = async (...asked) => {
    count += 1;
    return draw(...asked);
  };
  const { say } = await park({ receive: answering, draw: counting });
  const first = await say({ id: 'm1' });
  expect((await say({ id: 'm1' })).body).toEqual(first.body);
  await say({ id: 'm2' });
  expect(count).toBe(1);
});

test('where it cannot be drawn, the answer is its text alone', async () => {
  const { say } = await park({ receive: answering });
  expect((await say({})).body.replies[0]).toMatchObject({ text: '榜', blocks: [{ kind: 'text' }] });
});

test('a post’s picture is an image too, in the group and on the list of posts', async () => {
  const { post, get } = await park({
    draw,
    due: [{ at: '2026-11-23 09:30', job: 'weekly-board', chat: group('g1'), reply: [board] }],
  });
  const { body } = await post('clock', { now: '2026-11-23T10:00:00+08:00' });
  expect(body.posts.map(({ blocks }: { blocks: Block[] }) => blocks.map(({ kind }) => kind))).toEqual([['image']]);
  expect((await get('posts')).body.posts[0].blocks).toEqual(body.posts[0].blocks);
});

test('a picture that is gone, or never was, is not found', async () => {
  const { get, say, post } = await park({ receive: answering, draw });
  expect((await get('pictures/nothing.png')).status).toBe(404);
  const [reply] = (await say({ id: 'm1' })).body.replies;
  await post('reset', { seed: 'empty' });
  expect((await get(reply.blocks[1].url.replace('/playground/api/', ''))).status).toBe(404);
});

test('a private picture stays in its own chat', async () => {
  const { say } = await park({
    draw,
    receive: async ({ chat }) => [
      { chat, reply: [{ kind: 'text', text: '已私信发给你。' }] },
      { chat: direct('wang'), reply: [board] },
    ],
  });
  const { replies } = (await say({})).body;
  expect(replies.map(({ chat, blocks }: { chat: string; blocks: Block[] }) => [chat, blocks[0]?.kind])).toEqual([
    ['g1', 'text'],
    ['wang', 'image'],
  ]);
});
