import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { crypt } from '../src/platforms/wecom/crypt.ts';
import { account, agentId, corpId, type Format, secrets } from './callback-account.ts';
import { callAll } from './callback-load.ts';
import { daysFor, nameOf } from './county.ts';
import { BODY } from './filing.ts';
import { judged, median, ratio } from './rounds.ts';

const CONNECTIONS = 64;
const course = { warmUps: 4, rounds: 16, calls: 3_000 };
const GROUPS = 2_500;

/**
 * WeCom's callbacks end to end over HTTP: the house in both modes against bare node:http that does what nobody can leave
 * out. Each in its own process, called in turn by the same callers.
 */
export const callbacks = async ({ socket }: { readonly socket: string }): Promise<readonly string[]> => {
  const names = (['json', 'xml'] as const).flatMap(
    (format) =>
      [
        ['bare', format],
        ['house', format],
      ] as const,
  );
  const contestants = await Promise.all(names.map(([who, format]) => contestant(who, format, socket)));
  const dayOf = daysFor((course.warmUps + course.rounds) * course.calls);

  for (let round = 0; round < course.warmUps + course.rounds; round += 1) {
    const order = round % 2 === 0 ? contestants : contestants.toReversed();
    for (const { run, figures, callsFrom } of order) {
      const calls = callsFrom(round * course.calls, dayOf);
      const { wall, times, last } = await run(calls);
      if (round < course.warmUps) continue;
      figures.wall.push(wall);
      figures.p99.push(times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.99)] ?? Number.NaN);
      figures.last = last;
    }
  }
  for (const { close } of contestants) close();

  const lines = contestants.map(({ name, figures }) => {
    const perSecond = (course.calls * 1e3) / median(figures.wall);
    return `     ${name}: ${perSecond.toFixed(0)}/s, p99 ${median(figures.p99).toFixed(1)} ms at ${CONNECTIONS} connections`;
  });
  const [bareBot, bot, bareApp, app] = contestants.map(({ figures }) => figures);
  if (!bareBot || !bot || !bareApp || !app) throw new Error('a contestant is missing');
  return [...lines, ...verdicts('AI bot', bot, bareBot), ...verdicts('app', app, bareApp)];
};

type Figures = { wall: number[]; p99: number[]; last: string };

const verdicts = (who: string, house: Figures, bare: Figures): readonly string[] => {
  const speed = ratio(bare.wall, house.wall);
  const late = ratio(house.p99, bare.p99);
  return [
    judged(`WeCom callback of the ${who} ÷ bare node:http, per second`, speed, '≥ 0.60', speed >= 0.6),
    judged(`WeCom callback of the ${who} ÷ bare node:http, p99`, late, '≤ 2.00', late <= 2),
  ];
};

const contestant = async (who: 'bare' | 'house', format: Format, socket: string) => {
  const server = fork(fileURLToPath(new URL('callback-server.ts', import.meta.url)), [who, format, socket], {
    execArgv: ['--max-semi-space-size=8'],
  });
  const [port] = await once(server, 'message');
  const figures: Figures = { wall: [], p99: [], last: '' };
  const { seal } = crypt(secrets, account(format).receiveId);

  /** Each the day's first report of its sender. */
  const callsFrom = (from: number, dayOf: ReturnType<typeof daysFor>): readonly Buffer[] =>
    Array.from({ length: course.calls }, (_, n) => {
      const at = dayOf(from + n).ten.epochMilliseconds / 1000;
      const { encrypt, signature, timestamp, nonce } = seal(
        saidIn(format, nameOf(from + n), `${from + n}`, at),
        Math.floor(Date.now() / 1000),
      );
      const path = format === 'json' ? 'bot' : 'app';
      const body =
        format === 'json'
          ? JSON.stringify({ encrypt })
          : `<xml><ToUserName><![CDATA[${corpId}]]></ToUserName><Encrypt><![CDATA[${encrypt}]]></Encrypt><AgentID><![CDATA[]]></AgentID></xml>`;
      const query = new URLSearchParams({ msg_signature: signature, timestamp, nonce });
      const head = `POST /callback/wecom/${path}?${query} HTTP/1.1\r\nHost: a\r\nContent-Length: ${body.length}\r\n\r\n`;
      return Buffer.from(head + body);
    });

  return {
    name: `${who === 'house' ? 'the house' : 'bare node:http'}, ${format === 'json' ? 'AI bot' : 'app'}`,
    figures,
    callsFrom,
    run: (calls: readonly Buffer[]) => callAll(Number(port), CONNECTIONS, calls),
    close: () => server.disconnect(),
  };
};

const saidIn = (format: Format, user: string, id: string, at: number): string =>
  format === 'json'
    ? JSON.stringify({
        msgid: id,
        create_time: at,
        aibotid: 'bot',
        // No group is asked more often in a minute than WeCom lets it be answered.
        chatid: `g${Number(id) % GROUPS}`,
        chattype: 'group',
        from: { userid: user },
        response_url: 'https://qyapi.weixin.qq.com/cgi-bin/aibot/response?response_code=x',
        msgtype: 'text',
        text: { content: `@日清 /日清 ${BODY}` },
      })
    : `<xml><ToUserName><![CDATA[${corpId}]]></ToUserName><FromUserName><![CDATA[${user}]]></FromUserName><CreateTime>${at}</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[/日清 ${BODY}]]></Content><MsgId>${id}</MsgId><AgentID>${agentId}</AgentID></xml>`;
