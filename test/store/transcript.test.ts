import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { type Chat, type Reply, text } from '../../src/message.ts';
import type { Line } from '../../src/ports.ts';
import { keysIn } from '../../src/store/keys.ts';
import { redisTranscript } from '../../src/store/transcript.ts';
import { redis } from '../organisation.ts';
import { picture, row } from '../render/pictured.ts';
import { at, group, li, monday } from '../values.ts';

const day = 86_400_000;

const book = () => {
  let now = Date.now();
  const keys = keysIn(`l-${randomUUID().slice(0, 8)}`);
  const transcript = redisTranscript(redis, keys, () => now);
  const pass = (ms: number) => {
    now += ms;
  };
  return { ...transcript, keys, pass };
};

const line = (said: Reply, over: Partial<Omit<Line, 'n'>> = {}): Omit<Line, 'n'> => ({
  id: 'm1',
  at: at(monday),
  chat: group,
  from: null,
  said,
  source: null,
  ...over,
});
const post = (words: string, slot: string) =>
  line(text(words), { id: slot, source: { job: 'nudge', slot, unit: 'u1' } });
const words = (lines: readonly Line[]) => lines.map(({ said }) => (said[0]?.kind === 'text' ? said[0].text : said));

test('lines come back as they were, every kind of block in them', async () => {
  const { record, chat } = book();
  const said: Reply = [
    { kind: 'text', text: '一\u0000二\n三' },
    { kind: 'text', text: '榜', as: 'heading' },
    { kind: 'list', items: ['甲', '乙'], tones: [null, 'quiet'] },
    { kind: 'table', columns: ['名次'], rows: [['1'], ['2']] },
    { kind: 'image', url: '/a.png', alt: '图' },
    { kind: 'picture', picture: picture({ rows: [row({ bar: null, movement: null })] }) },
    { kind: 'file', name: '台账.csv', url: '/f' },
    { kind: 'mention', member: 'playground:li', name: '李二' },
    { kind: 'buttons', buttons: [{ text: '办完', command: '/清 1' }], stays: true },
  ];
  await record('m1', [line(text('/榜'), { from: li }), line(said)]);
  const lines = await chat(group, null);
  expect(lines).toMatchObject([
    { from: li, said: text('/榜') },
    { from: null, said, at: at(monday) },
  ]);
  expect(lines[1]?.n).toBe((lines[0]?.n ?? 0) + 1);
});

test('what is told again under the same id changes nothing and gives the first lines', async () => {
  const { record, recall, chat } = book();
  const first = await record('m1', [line(text('第一次'))]);
  const again = await record('m1', [line(text('第二次'))]);
  expect([first.fresh, again.fresh]).toEqual([true, false]);
  expect(again.lines).toEqual(first.lines);
  expect(await recall('m1')).toEqual(first.lines);
  expect(words(await chat(group, null))).toEqual(['第一次']);
  expect(await recall('m2')).toBeNull();
});

test('told ten times at once, it is kept once', async () => {
  const { record, chat } = book();
  const told = await Promise.all(Array.from({ length: 10 }, (_, i) => record('m1', [line(text(`${i}`))])));
  expect(told.filter(({ fresh }) => fresh)).toHaveLength(1);
  expect(new Set(told.flatMap(({ lines }) => words(lines))).size).toBe(1);
  expect(await chat(group, null)).toHaveLength(1);
});

test('an id is remembered for two real days, whatever the playground’s clock says', async () => {
  const { record, recall, pass } = book();
  await record('m1', [line(text('旧'))]);
  pass(2 * day - 1);
  expect(await recall('m1')).not.toBeNull();
  pass(day + 1);
  expect(await recall('m1')).toBeNull();
});

test('a chat shows its newest lines, a hundred at a time, and keeps three hundred', async () => {
  const { record, chat } = book();
  for (let i = 0; i < 320; i += 1) await record(`m${i}`, [line(text(`${i}`))]);
  const newest = await chat(group, null);
  expect([words(newest).at(0), words(newest).at(-1)]).toEqual(['220', '319']);
  const before = await chat(group, newest[0]?.n ?? 0);
  expect([words(before).at(0), words(before).at(-1)]).toEqual(['120', '219']);
  const oldest = await chat(group, (await chat(group, before[0]?.n ?? 0))[0]?.n ?? 0);
  expect(oldest).toEqual([]);
});

test('chats are kept apart, whatever their ids are made of', async () => {
  const { record, chat, heads } = book();
  const ids = ['a', 'a:b', '{a}', 'a*', 'a%3A', '城关'];
  const chats = ids.flatMap((id): Chat[] => [
    { ...group, id },
    { ...group, id, kind: 'direct' },
  ]);
  for (const [i, one] of chats.entries()) await record(`m${i}`, [line(text(`${i}`), { chat: one })]);
  for (const [i, one] of chats.entries()) expect(words(await chat(one, null))).toEqual([`${i}`]);
  expect(await heads()).toHaveLength(chats.length);
});

test('posts are those that a job made, after a number, oldest first', async () => {
  const { record, posts } = book();
  await record('m1', [line(text('/榜'), { from: li }), line(text('回答'))]);
  await record('p1', [post('提醒一', '17:00')]);
  await record('p2', [post('提醒二', '17:01')]);
  const all = await posts(0);
  expect(words(all)).toEqual(['提醒一', '提醒二']);
  expect(words(await posts(all[0]?.n ?? 0))).toEqual(['提醒二']);
});

test('every key has a lifetime but those of the county itself', async () => {
  const { record, keys, setClockOffset, setSeeded, clockOffset, seeded } = book();
  expect([await clockOffset(), await seeded()]).toEqual([null, null]);
  await record('p1', [post('提醒', '17:00')]);
  await setClockOffset(-5);
  await setSeeded({ seed: 'empty', done: false });
  expect([await clockOffset(), await seeded()]).toEqual([-5, { seed: 'empty', done: false }]);
  const { kept, chat, ...county } = keys.playground;
  expect(await redis.ttl(kept(Math.floor(Date.now() / day)))).toBeGreaterThan(48 * 3_600);
  expect(await redis.ttl(chat('playground:group:g1'))).toBeGreaterThan(30 * 24 * 3_600);
  for (const key of Object.values(county)) expect(await redis.ttl(key())).toBe(-1);
});
