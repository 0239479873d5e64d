import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Temporal } from 'temporal-polyfill';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { translator } from '../../src/i18n.ts';
import { text } from '../../src/message.ts';
import { wecomBot } from '../../src/platforms/wecom/bot.ts';
import { bots } from '../faults/bot.ts';
import { ledger } from '../values.ts';

const script = fileURLToPath(new URL('../../scripts/fake.ts', import.meta.url));

const Event = z.looseObject({ event: z.string() });
const Ready = z.object({
  url: z.string(),
  control: z.string(),
  start: z.string(),
  starts: z.record(z.string(), z.string()),
});

/** `npm run fake -- wecom` at the end of a pipe. */
const fake = async () => {
  const child = spawn(process.execPath, [script, 'wecom'], { stdio: ['pipe', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill());
  const events: z.infer<typeof Event>[] = [];
  createInterface(child.stdout).on('line', (line) => events.push(Event.parse(JSON.parse(line))));
  const said = async (event: string) => {
    await expect.poll(() => events.some((one) => one.event === event), { timeout: 5_000 }).toBe(true);
    return events.findLast((one) => one.event === event);
  };
  return {
    child,
    said,
    ready: Ready.parse(await said('ready')),
    type: (line: string) => child.stdin.write(`${line}\n`),
  };
};

/** What a printed line sets before `npm start`. */
const setBy = (start = ''): Record<string, string> =>
  Object.fromEntries(start.split(' ').flatMap((pair) => (pair.includes('=') ? [pair.split('=')] : [])));

/** A bot that repeats what it hears, started by the line that the fake prints. */
const echo = (start: string) => {
  const given = setBy(start);
  const bot = wecomBot({
    account: { botId: given.WECOM_BOT_ID ?? '', secret: given.WECOM_BOT_SECRET ?? '', wsUrl: given.WECOM_WS_URL },
    names: [given.WECOM_BOT_NAME ?? ''],
    receive: async ({ chat, text: words }) => [{ chat, reply: text(words) }],
    leases: { claim: async () => 'go', sent: async () => {}, giveBack: async () => {} },
    outbox: { enqueue: async () => {} },
    onRefused: async () => {},
    now: () => Temporal.Instant.from('2026-11-20T08:00:00Z'),
    t: translator('zh-CN'),
    log: ledger().log,
  });
  onTestFinished(() => bot.stop());
};

test('the local WeCom tells how to start the bot, hears lines and HTTP, and shows what the bot says', async () => {
  const { child, ready, said, type } = await fake();
  echo(ready.start);
  await said('connected');

  type('城关镇群 zhang: /日清\\n走访');
  expect(await said('post')).toMatchObject({ n: 1, chat: { kind: 'group', id: '城关镇群' }, text: '/日清  \n走访' });

  const post = (path: string, body: object) =>
    fetch(ready.control + path, { method: 'POST', body: JSON.stringify(body) }).then((response) => response.json());
  expect(await post('/say', { user: 'li', text: '/我的', id: 'mine' })).toEqual({ id: 'mine' });
  const { posts } = z
    .object({ posts: z.array(z.object({ n: z.int(), text: z.string() })) })
    .parse(await fetch(`${ready.control}/posts?after=1&wait=5000`).then((response) => response.json()));
  expect(posts).toMatchObject([{ n: 2, text: '/我的' }]);
  expect(await post('/do', { what: 'dance' })).toEqual({ done: false });
  expect(await post('/say', { text: '谁？' })).toHaveProperty('error');

  type(':quit');
  expect(await once(child, 'exit')).toEqual([0, null]);
});

test('the printed variables start a real bot on its long connection', async () => {
  const { ready, said, type } = await fake();
  const { start } = await bots();
  const { DATA_DIR: _, ...given } = setBy(ready.starts.bot);
  const bot = await start(given);
  await said('connected');
  type(`城关镇群 sun: /认领 ${bot.claimCode}`);
  expect((await said('post'))?.text).toContain('管理员');
}, 30_000);

test('the printed variables start a real bot that is called back, as a bot and as an app', async () => {
  const { ready, said, type } = await fake();
  const { start } = await bots();
  const { DATA_DIR: _, ...given } = { ...setBy(ready.starts.callback), ...setBy(ready.starts.app) };
  const bot = await start(given);
  type(`:at ${bot.url}`);
  type(':mode callback');
  expect(await said('said')).toMatchObject({ said: 'ok' });
  type(`城关镇群 sun: /认领 ${bot.claimCode}`);
  expect(await said('post')).toMatchObject({ via: 'answer', chat: { kind: 'group', id: '城关镇群' } });
  const mode = await fetch(`${ready.control}/do`, {
    method: 'POST',
    body: JSON.stringify({ what: 'mode', arg: 'app' }),
  });
  expect(await mode.json()).toEqual({ done: true, said: 'ok' });
  type('sun: /绑定 城关镇');
  await expect.poll(async () => (await said('post'))?.n).toBe(2);
  expect(await said('post')).toMatchObject({ chat: { kind: 'direct', id: 'sun' } });
}, 30_000);

test('a fake that does not exist is said', async () => {
  const child = spawn(process.execPath, [script, 'icq'], { stdio: 'ignore' });
  expect(await once(child, 'exit')).toEqual([1, null]);
});
