import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { wecomControl } from './wecom-control.ts';
import { obey, orders, type Place, readLine, say } from './wecom-line.ts';
import type { Post } from './wecom-screen.ts';
import { type WecomServer, wecomServer } from './wecom-server.ts';

const HELP = [
  '群 人: 话     在群里 @机器人，例如  城关镇群 zhang: /日清 走访3户企业；上报台账',
  '人: 话        单聊，例如  zhang: /我的',
  '/…            上一个人在原处接着说；\\n 表示换行',
  ...Object.entries(orders).map(([name, { arg, means }]) => `:${name} ${arg}`.padEnd(14) + means),
  ':quit         结束',
].join('\n');

/** A directory of its own: a trial whose clock was moved must not stand in the way of the real bot. */
const howToStart = ({ url, account }: WecomServer) =>
  `DATA_DIR=${join(tmpdir(), 'riqing-try')} PLAYGROUND=on WECOM_BOT_ID=${account.botId} WECOM_BOT_SECRET=${account.secret} WECOM_BOT_NAME=${account.botName} WECOM_WS_URL=${url} npm start`;

/**
 * Runs the local WeCom server with a prompt. At a terminal it talks to a person; through a pipe it prints one JSON
 * object a line (`ready`, `connected`, `post`, `lost`) and reads the same lines a person would type. Ends at `:quit` or
 * a signal, not at the end of input.
 */
export const wecomConsole = async ({ port, controlPort }: { port: number; controlPort: number }) => {
  const server = await wecomServer({ port });
  const control = await wecomControl(server, controlPort);
  const isTerminal = process.stdin.isTTY === true && process.stdout.isTTY === true;
  const input = createInterface(
    isTerminal ? { input: process.stdin, output: process.stdout } : { input: process.stdin },
  );
  const print = (event: object, text: string) => {
    process.stdout.write(isTerminal ? `\r${text}\n` : `${JSON.stringify(event)}\n`);
    if (isTerminal) input.prompt(true);
  };

  input.setPrompt('> ');
  const start = howToStart(server);
  print(
    { event: 'ready', url: server.url, control: control.url, start },
    `企业微信（本机替身）在 ${server.url}，控制口 ${control.url}\n另开一个终端启动机器人：\n\n  ${start}\n\n${HELP}\n`,
  );

  void watch(
    () => server.posts.length,
    (n) => show(server.posts[n - 1]),
  );
  void watch(
    () => server.subscriptions(),
    () => print({ event: 'connected' }, '— 机器人已连上 —'),
  );

  const show = (post: Post | undefined) => {
    if (!post) return;
    const place = post.chat.kind === 'group' ? `[${post.chat.id}]` : `[与 ${post.chat.id} 的单聊]`;
    print({ event: 'post', ...post }, `${place} ${server.account.botName}：${post.text}`);
  };
  /** Calls `each` once for every step that `count` grows. */
  async function watch(count: () => number, each: (n: number) => void) {
    for (let n = 0; ; n += 1) {
      await server.seen(() => count() > n, 2 ** 31 - 1);
      each(n + 1);
    }
  }

  let last: Place | null = null;
  const quit = async () => {
    input.close();
    await Promise.all([control.close(), server.close()]);
    process.exit(0);
  };
  input.on('line', (typed) => {
    const line = readLine(typed, last);
    if (line.kind === 'say') {
      last = line.place;
      say(server, line.place, line.text);
      if (!server.isConnected()) print({ event: 'lost' }, '（机器人没有连着，这条它收不到）');
    } else if (line.kind === 'do' && line.what === 'quit') {
      return void quit();
    } else if (line.kind === 'unclear' || (line.kind === 'do' && !obey(server, line.what, line.arg))) {
      print({ event: 'unclear', typed }, HELP);
    }
    if (isTerminal) input.prompt();
  });
  input.on('SIGINT', () => void quit());
  process.once('SIGINT', () => void quit());
  process.once('SIGTERM', () => void quit());
};
