import { expect, test } from 'vitest';
import { Unconfirmed } from '../../src/errors.ts';
import { text } from '../../src/message.ts';
import { direct, group, park } from './park.ts';

const evening = [
  { at: '2026-11-24 09:00', job: 'digest', chat: direct('zhao'), reply: text('昨日简报') },
  { at: '2026-11-23 17:00', job: 'nudge', chat: direct('li'), reply: text('还没报') },
  { at: '2026-11-24 09:30', job: 'board', chat: group('g1'), reply: text('周榜') },
];
const to = (now: string) => ({ now });

test('moving the clock steps through every minute at which something falls due, in order and on time', async () => {
  const { post, steps, get } = await park({ due: evening });
  expect(await post('clock', to('2026-11-24T09:10:00+08:00'))).toEqual({
    status: 200,
    headers: expect.anything(),
    body: {
      now: '2026-11-24T09:10:00+08:00',
      posts: [
        {
          chat: 'li',
          text: '还没报',
          blocks: [{ kind: 'text', text: '还没报' }],
          job: 'nudge',
          slot: '2026-11-23T17:00',
        },
        {
          chat: 'zhao',
          text: '昨日简报',
          blocks: [{ kind: 'text', text: '昨日简报' }],
          job: 'digest',
          slot: '2026-11-24T09:00',
        },
      ],
    },
  });
  // Before them what is due by now, after them what was passed is settled.
  expect(steps).toEqual(['2026-11-23T09:00', '2026-11-23T17:00', '2026-11-24T09:00', '2026-11-24T09:10']);
  // Each post carries the minute of its slot, not the minute to which the clock was moved.
  expect((await get('posts')).body.posts.map(({ at }: { at: string }) => at)).toEqual([
    '2026-11-23T17:00:00+08:00',
    '2026-11-24T09:00:00+08:00',
  ]);
});

test('a move to the minute itself brings what falls due in it; any offset names the same moment', async () => {
  const { post } = await park({ due: evening });
  expect((await post('clock', to('2026-11-23T09:00:00Z'))).body).toMatchObject({
    now: '2026-11-23T17:00:00+08:00',
    posts: [{ job: 'nudge' }],
  });
});

test('what is said after the move is said at the moved time', async () => {
  const { post, say, heard } = await park();
  await post('clock', to('2026-11-23T20:30:00+08:00'));
  await say({});
  expect(heard[0]?.at.toString()).toBe('2026-11-23T12:30:00Z');
});

test('without a move the clock runs with real time, before a move and after it', async () => {
  const { get, post, pass } = await park();
  pass(5);
  expect((await get('state')).body.now).toBe('2026-11-23T09:05:00+08:00');
  await post('clock', to('2026-11-23T17:00:00+08:00'));
  pass(5);
  expect((await get('state')).body.now).toBe('2026-11-23T17:05:00+08:00');
});

test('where the clock stands survives a restart, and goes on with the time since', async () => {
  const before = await park();
  await before.post('clock', to('2026-12-01T08:00:00+08:00'));
  const after = await park({ namespace: before.namespace, realNow: '2026-11-23 09:30' });
  expect((await after.get('state')).body.now).toBe('2026-12-01T08:30:00+08:00');
});

test.each([
  ['backwards', '2026-11-22T09:00:00+08:00', 'clock-backwards'],
  ['further than 400 days', '2028-01-01T00:00:00+08:00', 'clock-too-far'],
  ['without an offset', '2026-11-24T09:00:00', 'clock-unreadable'],
  ['to a day that does not exist', '2026-11-31T09:00:00+08:00', 'clock-unreadable'],
  ['to a word', '明天', 'clock-unreadable'],
  ['to a number', 1_764_000_000, 'clock-unreadable'],
  ['nowhere', undefined, 'clock-unreadable'],
])('a move %s is refused and moves nothing', async (_, now, code) => {
  const { post, get } = await park({ due: evening });
  const { status, body } = await post('clock', { now });
  expect([status, body.error.code]).toEqual([400, code]);
  expect((await get('state')).body.now).toBe('2026-11-23T09:00:00+08:00');
});

test('the same move again, as after a lost answer, does nothing and is no mistake', async () => {
  const { post, pass } = await park({ due: evening });
  await post('clock', to('2026-11-23T17:00:00+08:00'));
  pass(1);
  expect(await post('clock', to('2026-11-23T17:00:00+08:00'))).toMatchObject({
    status: 200,
    body: { now: '2026-11-23T17:01:00+08:00', posts: [] },
  });
});

test('asking for the time that the state told is no step back', async () => {
  const { post, get, pass } = await park();
  pass(0.01);
  const { now } = (await get('state')).body;
  expect(now).toBe('2026-11-23T09:00:00+08:00');
  expect((await post('clock', { now })).status).toBe(200);
});

test('moves asked for at the same time run one after the other, and each post is answered once', async () => {
  const { post, steps } = await park({ due: evening });
  const answers = await Promise.all([
    post('clock', to('2026-11-23T18:00:00+08:00')),
    post('clock', to('2026-11-24T09:10:00+08:00')),
    post('clock', to('2026-11-24T10:00:00+08:00')),
  ]);
  const jobs = answers.map(({ body }) => body.posts.map(({ job }: { job: string }) => job));
  expect(jobs).toEqual([['nudge'], ['digest'], ['board']]);
  expect(new Set(steps).size).toBe(7);
});

test('a move that the store cuts off is told as not confirmed and goes on where it stopped', async () => {
  let isDown = false;
  const { post, get } = await park({
    due: evening,
    transcript: (real) => ({
      ...real,
      async setClockOffset(offset) {
        if (isDown) throw new Unconfirmed('gone');
        await real.setClockOffset(offset);
        isDown = offset > 0;
      },
    }),
  });
  expect((await post('clock', to('2026-11-24T09:10:00+08:00'))).status).toBe(503);
  isDown = false;
  const rest = await post('clock', to('2026-11-24T09:00:00+08:00'));
  expect([rest.status, rest.body.posts.map(({ job }: { job: string }) => job)]).toEqual([200, ['digest']]);
  expect((await get('posts')).body.posts).toHaveLength(2);
});

test('posts can be asked for by chat, after a number and after a moment', async () => {
  const { post, get } = await park({ due: evening });
  await post('clock', to('2026-11-24T10:00:00+08:00'));
  const { posts } = (await get('posts')).body;
  expect(posts.map(({ job }: { job: string }) => job)).toEqual(['nudge', 'digest', 'board']);
  expect((await get('posts?chat=g1')).body.posts).toMatchObject([{ chat: 'g1', text: '周榜', job: 'board' }]);
  expect((await get(`posts?after=${posts[1].id}`)).body.posts).toMatchObject([{ job: 'board' }]);
  const after = encodeURIComponent('2026-11-23T17:00:00+08:00');
  expect((await get(`posts?after=${after}`)).body.posts).toMatchObject([{ job: 'digest' }, { job: 'board' }]);
  expect((await get('posts?chat=nobody')).body.posts).toEqual([]);
  expect((await get('posts?after=gestern')).status).toBe(400);
});

test('a post that is sent again stands in the chat once', async () => {
  const { platform, get } = await park();
  const source = { job: 'nudge', slot: '2026-11-23T17:00', unit: 'u1' };
  for (let i = 0; i < 2; i += 1) await platform.send(group('g1'), text('提醒'), 'nudge/1', source);
  expect((await get('posts')).body.posts).toHaveLength(1);
  expect((await get('transcript?chat=g1')).body.lines).toHaveLength(1);
});

test('reset brings the seeded county and the real time back', async () => {
  const { post, say, get, heard } = await park();
  await say({ text: '/日清 很快没有了', id: 'm1' });
  await post('clock', to('2026-12-01T08:00:00+08:00'));
  const { status, body } = await post('reset', {});
  expect([status, body]).toEqual([200, { now: '2026-11-23T09:00:00+08:00', claimCode: null }]);
  const { lines } = (await get('transcript?chat=g1')).body;
  expect(lines.map(({ text }: { text: string }) => text)).toEqual(['/种子', '收到：/种子']);
  // The memory of ids went with it: this is a new message.
  await say({ text: '/日清 很快没有了', id: 'm1' });
  expect(heard.filter(({ id }) => id === 'm1')).toHaveLength(2);
});

test('an empty county starts with nobody and tells the code to claim it with; a restart leaves it empty', async () => {
  const { post, get, namespace } = await park();
  expect((await post('reset', { seed: 'empty' })).body.claimCode).toBe('ABCD-1234');
  expect((await get('state')).body).toMatchObject({ units: [], members: [] });
  const after = await park({ namespace });
  await after.open();
  expect(after.heard).toEqual([]);
});

test('reset needs no body, and knows two seeds', async () => {
  const { call, post } = await park();
  expect((await call('POST', 'reset')).status).toBe(200);
  expect((await post('reset', { seed: 'everything' })).body.error.code).toBe('bad-field');
});

test('a county is filled once: a restart leaves what was said', async () => {
  const first = await park();
  await first.open();
  expect(first.heard).toHaveLength(1);
  const second = await park({ namespace: first.namespace });
  await second.open();
  expect(second.heard).toEqual([]);
});

test('a filling that was cut off is begun anew at the next start', async () => {
  const dying = await park({ receive: () => Promise.reject(new Error('killed')) });
  await expect(dying.open()).rejects.toThrow('killed');
  await dying.unit('半个镇');
  const after = await park({ namespace: dying.namespace });
  await after.open();
  expect(after.heard).toHaveLength(1);
  expect((await after.get('state')).body.units).toEqual([]);
});

test('data that was there before is left alone', async () => {
  const { unit, open, heard } = await park();
  await unit('城关镇');
  await open();
  expect(heard).toEqual([]);
});

test('beside a real platform clock and reset are closed, and the clock is the real one', async () => {
  const before = await park();
  await before.post('clock', to('2026-12-01T08:00:00+08:00'));
  const { post, get, say } = await park({ namespace: before.namespace, frozen: true });
  for (const [path, body] of [
    ['clock', to('2026-12-02T08:00:00+08:00')],
    ['reset', {}],
  ] as const) {
    const answer = await post(path, body);
    expect([answer.status, answer.body.error.code]).toEqual([409, 'frozen']);
  }
  expect((await get('state')).body.now).toBe('2026-11-23T09:00:00+08:00');
  expect((await say({})).status).toBe(200);
});

test('from a year on whose holidays are not known, a new county begins on the last day that is', async () => {
  const { get } = await park({ realNow: '2027-02-08 13:00' });
  expect((await get('state')).body.now).toBe('2026-12-31T10:00:00+08:00');
});
