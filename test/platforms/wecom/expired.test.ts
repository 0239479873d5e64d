import { expect, test } from 'vitest';
import { list } from '../../../src/message.ts';
import { connected } from './house.ts';

const long = list(Array.from({ length: 900 }, (_, i) => `第${i}件事，走访企业并上报台账`));

test.each([846_605, 846_608])(
  'an answer that can no longer be given (%i) is pushed at once, and once',
  async (code) => {
    const { server, kept } = await connected();
    server.faults.refuseNext.push(code);
    server.inGroup('g1', 'zhang', '一');
    await server.seen(() => server.posts.length === 1);
    expect(server.posts).toMatchObject([{ via: 'push', chat: { kind: 'group', id: 'g1' }, text: '听到：一' }]);
    server.again();
    server.inGroup('g1', 'li', '二');
    await server.seen(() => server.posts.length === 2);
    expect(server.posts.map(({ text }) => text)).toEqual(['听到：一', '听到：二']);
    expect(kept).toEqual([]);
  },
);

test('a long answer that expires among its parts goes on as pushes, each part once and in order', async () => {
  const { server, kept } = await connected({ receive: async ({ chat }) => [{ chat, reply: long }] });
  server.inGroup('g1', 'zhang', '/我的');
  await server.seen(() => server.posts.length === 1);
  server.faults.refuseNext.push(846_608);
  const said = () => server.posts.map(({ text }) => text).join('\n');
  await server.seen(() => said().includes('第899件事'));
  const items = [...said().matchAll(/第(\d+)件事/gu)].map(([, n]) => Number(n));
  expect(items).toEqual(Array.from({ length: 900 }, (_, i) => i));
  expect(server.posts.map(({ via }) => via)).toContain('push');
  expect(kept).toEqual([]);
});

test('what may have been taken is not pushed as well', async () => {
  const { server, kept } = await connected();
  server.faults.refuseNext.push(45_009);
  server.inGroup('g1', 'zhang', '一');
  await expect.poll(() => kept.length).toBe(1);
  expect(server.posts).toEqual([]);
});
