import { once } from 'node:events';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';
import { type Errcodes, errcodes, type Refusal, type WecomChat, wecomChats } from './wecom-chats.ts';

/**
 * A local stand-in for wss://openws.work.weixin.qq.com: speaks the AI bot's long connection as the published pages and
 * the official SDK describe it, misbehaves on demand, and writes every frame down.
 */

export type Frame = {
  readonly cmd?: string | undefined;
  readonly headers: { readonly req_id: string };
  readonly body?: unknown;
  readonly errcode?: number;
  readonly errmsg?: string;
};
export type Recorded = { readonly from: 'bot' | 'server'; readonly at: number; readonly frame: Frame };

/** To be changed while the server runs. */
export type Faults = {
  /** The next so many answers to what the bot says are these refusals. */
  refuseNext: number[];
  /** What the bot says is delivered at once; its acknowledgement comes so much later. */
  ackDelayMs: number;
  answersPings: boolean;
  /** Takes connections and says nothing, not even to a subscription. */
  isMute: boolean;
};

export type Options = {
  readonly port?: number;
  readonly botId?: string;
  readonly secret?: string;
  readonly botName?: string;
  /** Milliseconds; moves the windows and the life of req_ids. */
  readonly now?: () => number;
  readonly errcodes?: Partial<Errcodes>;
  readonly perMinute?: number;
  readonly perHour?: number;
};

const Sent = z.object({
  cmd: z.string(),
  headers: z.object({ req_id: z.string() }),
  body: z.record(z.string(), z.unknown()).optional(),
});

const Said = z.looseObject({
  msgid: z.string(),
  chatid: z.string().optional(),
  chattype: z.enum(['single', 'group']),
  from: z.object({ userid: z.string() }),
});

export const wecomServer = async (options: Options = {}) => {
  const { botId = 'local-bot', secret = 'local-secret', botName = '日清助手', now = Date.now } = options;
  const codes = { ...errcodes, ...options.errcodes };
  const chats = wecomChats(codes, now, options.perMinute, options.perHour);
  const faults: Faults = { refuseNext: [], ackDelayMs: 0, answersPings: true, isMute: false };
  const frames: Recorded[] = [];
  let lastSaid: Record<string, unknown> | null = null;
  let listeners: (() => void)[] = [];
  let current: WebSocket | null = null;
  let subscriptions = 0;
  let count = 0;

  const server = new WebSocketServer({ port: options.port ?? 0, host: '127.0.0.1' });
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');

  /** Resolves with what `look` finds as soon as it finds something. */
  const seen = <Found>(look: () => Found | undefined | null | false, withinMs = 10_000): Promise<Found> =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`not seen within ${withinMs} ms: ${look}`)), withinMs);
      const check = () => {
        const found = look();
        if (found === undefined || found === null || found === false) return void listeners.push(check);
        clearTimeout(timer);
        resolve(found);
      };
      check();
    });
  const changed = () => {
    const waiting = listeners;
    listeners = [];
    for (const check of waiting) check();
  };

  const tell = (socket: WebSocket, frame: Frame) => {
    if (socket.readyState !== socket.OPEN) return;
    frames.push({ from: 'server', at: now(), frame });
    socket.send(JSON.stringify(frame));
    changed();
  };
  const ack = (socket: WebSocket, req_id: string, refusal: Refusal | null) =>
    tell(socket, { headers: { req_id }, errcode: refusal?.[0] ?? 0, errmsg: refusal?.[1] ?? 'ok' });

  const event = (eventtype: string, more: object): Frame => {
    count += 1;
    const create_time = Math.floor(now() / 1000);
    return {
      cmd: 'aibot_event_callback',
      headers: { req_id: `callback_${count}` },
      body: { msgid: `event_${count}`, create_time, aibotid: botId, msgtype: 'event', event: { eventtype }, ...more },
    };
  };
  const disconnect = (socket: WebSocket) => {
    tell(socket, event('disconnected_event', {}));
    socket.close();
  };

  const subscribe = (socket: WebSocket, reqId: string, body: Record<string, unknown>) => {
    if (body.bot_id !== botId || body.secret !== secret) {
      return ack(socket, reqId, [codes.badSecret, 'invalid bot_id or secret']);
    }
    const before = current;
    current = socket;
    subscriptions += 1;
    ack(socket, reqId, null);
    if (before && before !== socket) disconnect(before);
  };

  const said = (socket: WebSocket, reqId: string, judge: () => Refusal | null) => {
    const wanted = faults.refuseNext.shift();
    const refusal: Refusal | null = wanted === undefined ? judge() : [wanted, 'refused on demand'];
    changed();
    if (faults.ackDelayMs === 0) return ack(socket, reqId, refusal);
    setTimeout(() => ack(socket, reqId, refusal), faults.ackDelayMs);
  };

  const hear = (socket: WebSocket, raw: RawData) => {
    const frame = Sent.parse(JSON.parse(raw.toString()));
    const { cmd, body = {} } = frame;
    const reqId = frame.headers.req_id;
    frames.push({ from: 'bot', at: now(), frame });
    changed();
    if (faults.isMute) return;
    if (cmd === 'aibot_subscribe') return subscribe(socket, reqId, body);
    if (socket !== current) return ack(socket, reqId, [codes.notSubscribed, 'aibot websocket not subscribed']);
    switch (cmd) {
      case 'ping':
        return faults.answersPings ? ack(socket, reqId, null) : undefined;
      case 'aibot_respond_msg':
        return said(socket, reqId, () => chats.respond(reqId, body));
      case 'aibot_respond_welcome_msg':
        return said(socket, reqId, () => chats.welcome(reqId, body));
      case 'aibot_send_msg':
        return said(socket, reqId, () => chats.push(body));
      default:
        return ack(socket, reqId, [codes.badMsgType, `unknown cmd ${cmd}`]);
    }
  };

  server.on('connection', (socket) => {
    socket.on('message', (raw) => hear(socket, raw));
    socket.on('error', () => {});
    socket.on('close', () => {
      if (current === socket) current = null;
      changed();
    });
  });

  /** The bot hears it if it is connected; the real server is assumed to keep nothing for later. */
  const callBack = (frame: Frame) => {
    if (current) tell(current, frame);
  };

  /** A message of any kind; `msgid` is made up unless given, and answered. */
  const deliver = (body: Record<string, unknown>): string => {
    count += 1;
    lastSaid = { msgid: `msg_${count}`, aibotid: botId, ...body };
    const { msgid, chatid = '', chattype, from } = Said.parse(lastSaid);
    const chat: WecomChat = chattype === 'group' ? { kind: 'group', id: chatid } : { kind: 'direct', id: from.userid };
    const req_id = `callback_${count}`;
    chats.ask(req_id, 'message', chat, msgid);
    callBack({ cmd: 'aibot_msg_callback', headers: { req_id }, body: lastSaid });
    return msgid;
  };
  const text = (content: string) => ({ msgtype: 'text', text: { content } });

  return {
    url: `ws://127.0.0.1:${address.port}`,
    account: { botId, secret, botName },
    faults,
    frames: frames as readonly Recorded[],
    posts: chats.posts,
    seen,
    deliver,

    /** `user` mentions the bot in `group`. `more` replaces parts of the body. */
    inGroup: (group: string, user: string, words: string, more: Record<string, unknown> = {}) =>
      deliver({
        chatid: group,
        chattype: 'group',
        from: { userid: user },
        ...text(`@${botName} ${words}`),
        ...more,
      }),

    inDirect: (user: string, words: string, more: Record<string, unknown> = {}) =>
      deliver({ chattype: 'single', from: { userid: user }, ...text(words), ...more }),

    /** The last message once more: the same msgid, a req_id of its own. */
    again: () => deliver(lastSaid ?? {}),

    /** `user` opens the direct chat; taken not to be speaking to the bot. */
    enter(user: string) {
      const frame = event('enter_chat', { chattype: 'single', from: { userid: user } });
      chats.ask(frame.headers.req_id, 'enter', { kind: 'direct', id: user }, '');
      callBack(frame);
    },

    isConnected: () => current !== null,
    /** How often a bot has subscribed. */
    subscriptions: () => subscriptions,
    /** Sockets that are open now. */
    connections: () => server.clients.size,
    /** Ends the bot's connection as a lost network does. */
    drop: () => current?.terminate(),
    /** As if another copy of the bot had subscribed. */
    kick() {
      if (current) disconnect(current);
    },

    async close() {
      for (const socket of server.clients) socket.terminate();
      server.close();
      await once(server, 'close');
    },
  };
};
export type WecomServer = Awaited<ReturnType<typeof wecomServer>>;
