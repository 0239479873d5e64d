import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { plain, wecomControl } from './wecom-control.ts';
import { savedFiles } from './wecom-files.ts';
import { type Place, readLine } from './wecom-line.ts';
import { obey, orders } from './wecom-orders.ts';
import { type Mode, modes, type WecomPlace, wecomPlace } from './wecom-place.ts';
import type { Post } from './wecom-screen.ts';

const ways: readonly (readonly [typed: string, means: string, english: string])[] = [
  ['群 人: 话', '在群里 @机器人，例如  城关镇群 zhang: /日清 走访3户企业；上报台账', 'mentions the bot in a group'],
  ['人: 话', '单聊，例如  zhang: /我的', 'says it to the bot alone'],
  ['话', '上一个人在原处接着说；\\n 表示换行', 'whoever spoke last goes on; \\n is a line end'],
  ...Object.entries(orders).map(([name, { arg, means, english }]) => [`:${name} ${arg}`, means, english] as const),
  [':help', '再看一遍', 'this once more'],
  [':quit', '结束', 'ends'],
];
/** A Chinese character is as wide as two others. */
const wide = (text: string) => [...text].reduce((width, sign) => width + (/[\u2e80-\uffef]/u.test(sign) ? 2 : 1), 0);
const HELP = ways
  .map(([typed, means, english]) => `${typed}${' '.repeat(Math.max(2, 24 - wide(typed)))}${means} · ${english}`)
  .join('\n');
const UNCLEAR = '没看懂。:help 看能做什么 · not understood; :help tells what can be done';

const titles: Readonly<Record<Mode, string>> = {
  bot: '智能机器人，长连接 · AI bot, long connection',
  callback: '智能机器人，回调 · AI bot, callback',
  app: '自建应用 · self-built app',
};

/** A directory of its own: a trial whose clock was moved must not stand in the way of the real bot. */
const howToStart = (variables: Readonly<Record<string, string>>) => {
  const all = { DATA_DIR: join(tmpdir(), 'riqing-try'), PLAYGROUND: 'on', ...variables };
  const pairs = Object.entries(all).map(([name, value]) => `${name}=${value}`);
  return `${pairs.join(' ')} npm start`;
};
const starts = ({ variables }: WecomPlace): Readonly<Record<Mode | 'all', string>> => ({
  bot: howToStart(variables.bot),
  callback: howToStart(variables.callback),
  app: howToStart(variables.app),
  all: howToStart({ ...variables.bot, ...variables.callback, ...variables.app }),
});

type Ports = { readonly port: number; readonly controlPort: number; readonly botUrl: string };

/**
 * Runs a local WeCom with a prompt. At a terminal it talks to a person; through a pipe it prints one JSON object a line
 * (`ready`, `connected`, `post`, `changed`, `said`, `lost`) and reads the same lines a person would type. Ends at
 * `:quit` or a signal, not at the end of input.
 */
export const wecomConsole = async ({ port, controlPort, botUrl }: Ports) => {
  const place = await wecomPlace({ port, botUrl });
  const { server, screen } = place;
  const files = savedFiles(join(tmpdir(), 'riqing-try', 'received'));
  const control = await wecomControl(place, { port: controlPort, pathOf: files.pathOf });
  const isTerminal = process.stdin.isTTY === true && process.stdout.isTTY === true;
  const input = createInterface(
    isTerminal ? { input: process.stdin, output: process.stdout } : { input: process.stdin },
  );
  const print = (event: object, text: string) => {
    process.stdout.write(isTerminal ? `\r${text}\n` : `${JSON.stringify(event)}\n`);
    if (isTerminal) input.prompt(true);
  };

  const { bot: start, ...others } = starts(place);
  const lines = [...modes.map((mode) => `${titles[mode]}\n  ${starts(place)[mode]}`), `全部 · all\n  ${others.all}`];
  input.setPrompt('> ');
  print(
    { event: 'ready', url: server.url, api: place.url, control: control.url, start, starts: starts(place) },
    `企业微信（本机替身）在 ${server.url} 和 ${place.url}，控制口 ${control.url}，回调 ${botUrl}
另开一个终端启动机器人，选一种 · start the bot in another terminal, in one of these ways:

${lines.join('\n\n')}

${HELP}
`,
  );

  void watch(
    screen.seen,
    () => screen.changes.length,
    (nth) => show(screen.posts[(screen.changes[nth - 1] ?? 0) - 1], nth),
  );
  void watch(server.seen, server.subscriptions, () =>
    print({ event: 'connected' }, '— 机器人已连上 · the bot is connected —'),
  );

  const show = (post: Post | undefined, nth: number) => {
    if (!post) return;
    const isNew = screen.changes.indexOf(post.n) === nth - 1;
    const path = isNew ? files.save(post) : null;
    const where = post.chat.kind === 'group' ? `[${post.chat.id}]` : `[与 ${post.chat.id} 的单聊]`;
    const marks = [
      post.via === 'webhook' || post.via === 'app' || post.via === 'appchat' ? `（${post.via}）` : '',
      isNew ? '' : post.isRecalled ? '（撤回 · recalled）' : '（更新 · changed）',
      post.mentions?.length ? ` @${post.mentions.join(' @')}` : '',
      path === null ? '' : `\n    ${path}`,
    ];
    const text = `#${post.n} ${where} ${server.account.botName}${marks[0]}${marks[1]}：${post.text}${marks[2]}${marks[3]}`;
    print({ event: isNew ? 'post' : 'changed', ...plain(post, files.pathOf) }, text);
  };
  /** Calls `each` once for every step that `count` grows. */
  async function watch(seen: typeof screen.seen, count: () => number, each: (n: number) => void) {
    for (let n = 0; ; n += 1) {
      await seen(() => count() > n, 2 ** 31 - 1);
      each(n + 1);
    }
  }

  let last: Place | null = null;
  let isOver = false;
  const quit = async () => {
    isOver = true;
    input.close();
    await Promise.all([control.close(), place.close()]);
    process.exit(0);
  };
  const act = async (typed: string) => {
    const line = readLine(typed, last);
    if (line.kind === 'nothing') return;
    if (line.kind === 'unclear') return print({ event: 'unclear', typed }, UNCLEAR);
    if (line.kind === 'do' && line.what === 'quit') return quit();
    if (line.kind === 'do' && line.what === 'help') return print({ event: 'help', help: HELP }, HELP);
    if (line.kind === 'do') {
      const said = await obey(place, line.what, line.arg);
      if (said === null) return print({ event: 'unclear', typed }, UNCLEAR);
      return said === '' ? undefined : print({ event: 'said', said }, said);
    }
    last = line.place;
    const { problem } = await place.say(line.place, line.text);
    if (problem !== null) print({ event: 'lost', problem }, `（机器人没有收到 · the bot did not get it: ${problem}）`);
  };
  input.on('line', (typed) => {
    void act(typed).then(() => {
      if (isTerminal && !isOver) input.prompt();
    });
  });
  input.on('SIGINT', () => void quit());
  process.once('SIGINT', () => void quit());
  process.once('SIGTERM', () => void quit());
};
