import { expect, test } from 'vitest';
import type { Unit } from '../src/domain/organisation.ts';
import { type Chat, chatKey, directChat, plain, text } from '../src/message.ts';
import { admission } from '../src/outbox/admission.ts';
import type { Post } from '../src/ports.ts';
import { reach } from '../src/reach.ts';
import { calendar } from './house.ts';
import { county, person } from './town.ts';
import { at, cause, direct, group, ledger, say, zone } from './values.ts';

const [wang, li, zhao] = [person('wang', '王一'), person('li', '李二'), person('zhao', '赵三')];

/** 城关镇 with Wang; its coordinators are Li of the same unit and Zhao, who belongs to the county's office. */
const begun = async () => {
  const home = county();
  const town = await home.unit('城关镇', [wang, li], { roles: { li: ['coordinator'] } });
  const office = await home.unit('县政府', []);
  await home.member(zhao, office, [{ role: 'coordinator', unit: town.id }]);
  const posts: Post[] = [];
  const outbox = { enqueue: async (added: readonly Post[]) => void posts.push(...added) };
  const now = () => at('2026-11-23 23:00');
  const { refused, heard, voiceLost } = reach({ directory: home.directory, outbox, now, t: home.t, log: ledger().log });
  const isUnreachable = async (id: string) => (await home.directory.member(`playground:${id}`))?.unreachable;
  return { ...home, town, posts, refused, heard, voiceLost, isUnreachable };
};

const refusedPost = (over: Partial<Post> = {}): Post => ({
  id: 'nudge/2026-11-23T17:00/u1/wang',
  chat: direct(wang),
  reply: text('提醒'),
  delivery: 'atLeastOnce',
  notBefore: at('2026-11-23 23:00'),
  expiresAt: at('2026-11-24 23:00'),
  source: null,
  ...over,
});

test('who cannot be written to is remembered, and each coordinator of the unit is told once', async () => {
  const { refused, posts, isUnreachable } = await begun();
  await refused(refusedPost());
  await refused(refusedPost({ id: 'nudge/2026-11-24T17:00/u1/wang' }));
  expect(await isUnreachable('wang')).toBe(true);
  expect(posts.map(({ chat }) => chat.id)).toEqual(['li', 'zhao']);
  expect(posts[0]?.reply).toEqual(text('王一还没打开和我的单聊，收不到提醒。请转告：点开我的头像，随便发一句就行。'));
});

test('where an app writes to people, its range is what keeps one from being reached', async () => {
  const { directory, t, refused: _, posts: __, ...home } = await begun();
  const told: Post[] = [];
  const outbox = { enqueue: async (added: readonly Post[]) => void told.push(...added) };
  const now = () => at('2026-11-23 23:00');
  await reach({ directory, outbox, now, t, hasApp: () => true, log: ledger().log }).refused(refusedPost());
  expect(told[0]?.reply).toEqual(text(t('reach.told-app', { name: '王一' })));
  expect(await home.isUnreachable('wang')).toBe(true);
});

test('a reply that is refused at night wakes no coordinator', async () => {
  const { refused, posts, directory } = await begun();
  await refused(refusedPost());
  const { opensAt } = admission(directory, calendar, zone);
  for (const post of posts) expect(await opensAt(post, 1, at('2026-11-23 23:00'))).toEqual(at('2026-11-24 08:30'));
  expect(posts).toHaveLength(2);
});

test('a coordinator who cannot be written to is not written to about it', async () => {
  const { refused, posts } = await begun();
  await refused(refusedPost({ chat: direct(li) }));
  expect(posts.map(({ chat }) => chat)).toEqual([directChat('playground:zhao')]);
  await refused(refusedPost());
  expect(posts.map(({ chat }) => chat.id)).toEqual(['zhao', 'zhao']);
});

test('the first private word ends it; one in a group does not', async () => {
  const { refused, heard, isUnreachable } = await begun();
  await refused(refusedPost());
  await heard(say('你好', { chat: group }));
  expect(await isUnreachable('wang')).toBe(true);
  await heard(say('你好', { chat: direct(wang) }));
  expect(await isUnreachable('wang')).toBe(false);
});

test('a group that refuses, and a stranger, are nobody’s business', async () => {
  const { refused, posts } = await begun();
  await refused(refusedPost({ chat: group }));
  await refused(refusedPost({ chat: direct(person('stranger')) }));
  expect(posts).toEqual([]);
});

test('a group that has lost its robot: its coordinators are told how to give it another', async () => {
  const { voiceLost, posts, town, directory } = await begun();
  const chat: Chat = { platform: 'wecom', kind: 'group', id: 'webhook/0123456789ab' };
  await voiceLost(chat);
  expect(posts).toEqual([]);
  const bound = (now: { units: readonly Unit[] }) => ({
    units: now.units.filter(({ id }) => id === town.id).map((unit) => ({ ...unit, chats: [chatKey(chat)] })),
    facts: null,
  });
  await directory.change('bind', [], bound, cause());
  await voiceLost(chat);
  expect(posts.map(({ chat }) => chat.id)).toEqual(['li', 'zhao']);
  expect(plain(posts[0]?.reply ?? [])).toContain('/绑定 城关镇 机器人地址');
});

test('a member without a name gets the one that the platform tells; one who has a name keeps it', async () => {
  const { heard, directory, member } = await begun();
  await member({ id: 'qian' }, null);
  const called = async (id: string) => (await directory.member(`playground:${id}`))?.name;
  expect(await called('qian')).toBeNull();
  await heard(say('你好', { sender: { id: 'qian', name: '钱四' } }));
  await heard(say('你好', { sender: { id: 'wang', name: '王一一' } }));
  expect([await called('qian'), await called('wang')]).toEqual(['钱四', '王一']);
});
