import { once } from 'node:events';
import type { Server } from 'node:http';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';
import { watching } from './watching.ts';
import { wecomChats } from './wecom-chats.ts';
import { type Errcodes, errcodes, type Refusal, refusalOf } from './wecom-codes.ts';
import { wecomMedia } from './wecom-media.ts';
import { type Screen, type WecomChat, wecomScreen } from './wecom-screen.ts';
import { wecomUpload } from './wecom-upload.ts';
import { wecomUsers } from './wecom-users.ts';

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
  /** The pings of the WebSocket protocol itself. */
  answersSocketPings: boolean;
  /** Takes connections and says nothing, not even to a subscription. */
  isMute: boolean;
};

export type Options = {
  readonly port?: number;
  /** Instead of a port of its own. */
  readonly http?: Server;
  readonly botId?: string;
  readonly secret?: string;
  readonly botName?: string;
  /** Milliseconds; moves the windows and the life of req_ids. */
  readonly now?: () => number;
  readonly errcodes?: Partial<Errcodes>;
  readonly perMinute?: number;
  readonly perHour?: number;
  /** Shared with other fakes of the same place. */
  readonly screen?: Screen;
  /** A fresh one-time address for each message. */
  readonly responseUrl?: (chat: WecomChat, msgid: string) => string;
};

const Sent = z.object({
  cmd: z.string(),
  headers: z.object({ req_id: z.string() }),
  body: z.record(z.string(), z.unknown()).optional(),
});

export const wecomServer = async (options: Options = {}) => {
  const { botId = 'local-bot', secret = 'local-secret', botName = '日清助手', now = Date.now } = options;
  const codes = { ...errcodes, ...options.errcodes };
  const { screen = wecomScreen(), perMinute, perHour } = options;
  const media = wecomMedia('bot', now);
  const chats = wecomChats({ codes, screen, media, now, perMinute, perHour });
  const upload = wecomUpload(codes, media, now);
  const faults: Faults = { refuseNext: [], ackDelayMs: 0, answersPings: true, answersSocketPings: true, isMute: false };
  const frames: Recorded[] = [];
  const { changed, seen } = watching();
  let current: WebSocket | null = null;
  let subscriptions = 0;
  let isDeaf = false;

  const { http } = options;
  const listening = http ? { server: http } : { port: options.port ?? 0, host: '127.0.0.1' };
  const server = new WebSocketServer({ ...listening, autoPong: false });
  if (!http) await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');

  const tell = (socket: WebSocket, frame: Frame) => {
    if (socket.readyState !== socket.OPEN) return;
    frames.push({ from: 'server', at: now(), frame });
    socket.send(JSON.stringify(frame));
    changed();
  };
  const ack = (socket: WebSocket, req_id: string, refusal: Refusal | null, body?: object) =>
    tell(socket, {
      headers: { req_id },
      errcode: refusal?.[0] ?? 0,
      errmsg: refusal?.[1] ?? 'ok',
      ...(body === undefined ? {} : { body }),
    });

  const users = wecomUsers({
    botId,
    botName,
    chats,
    now,
    responseUrl: options.responseUrl,
    callBack: (frame) => {
      if (current && !isDeaf) tell(current, frame);
    },
  });
  const disconnect = (socket: WebSocket) => {
    tell(socket, users.disconnected());
    socket.close();
  };

  const subscribe = (socket: WebSocket, reqId: string, body: Record<string, unknown>) => {
    if (body.bot_id !== botId || body.secret !== secret) {
      return ack(socket, reqId, [codes.badSecret, 'invalid bot_id or secret']);
    }
    const before = current;
    current = socket;
    isDeaf = false;
    subscriptions += 1;
    ack(socket, reqId, null);
    if (before && before !== socket) disconnect(before);
  };

  /** Does what the bot asks; what it returns goes with the acknowledgement. */
  const said = (socket: WebSocket, reqId: string, act: () => unknown) => {
    const wanted = faults.refuseNext.shift();
    let refusal: Refusal | null = wanted === undefined ? null : [wanted, 'refused on demand'];
    let body: object | undefined;
    try {
      const done = refusal ? undefined : act();
      if (typeof done === 'object' && done !== null) body = done;
    } catch (error) {
      refusal = refusalOf(error) ?? [codes.badParameter, String(error)];
    }
    changed();
    if (faults.ackDelayMs === 0) return ack(socket, reqId, refusal, body);
    setTimeout(() => ack(socket, reqId, refusal, body), faults.ackDelayMs);
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
      case 'aibot_respond_update_msg':
        return said(socket, reqId, () => chats.update(reqId, body));
      case 'aibot_send_msg':
        return said(socket, reqId, () => chats.push(body));
      case 'aibot_upload_media_init':
        return said(socket, reqId, () => upload.init(body));
      case 'aibot_upload_media_chunk':
        return said(socket, reqId, () => upload.chunk(body));
      case 'aibot_upload_media_finish':
        return said(socket, reqId, () => upload.finish(body));
      default:
        return ack(socket, reqId, [codes.badMsgType, `unknown cmd ${cmd}`]);
    }
  };

  server.on('connection', (socket) => {
    socket.on('message', (raw) => hear(socket, raw));
    socket.on('ping', (data) => {
      if (faults.answersSocketPings) socket.pong(data);
    });
    socket.on('error', () => {});
    socket.on('close', () => {
      if (current === socket) current = null;
      changed();
    });
  });

  return {
    url: `ws://127.0.0.1:${address.port}`,
    account: { botId, secret, botName },
    faults,
    frames: frames as readonly Recorded[],
    posts: chats.posts,
    seen,
    ...users,

    /** The most frames for one chat (`group:g1`) within any `ms`, and the most uploads. */
    worst: chats.worst,
    worstUploads: upload.worst,

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
    /** The same, and the socket stays open: it answers pings and brings nothing any more. */
    deafen() {
      if (current) tell(current, users.disconnected());
      isDeaf = true;
    },

    async close() {
      for (const socket of server.clients) socket.terminate();
      server.close();
      await once(server, 'close');
    },
  };
};
export type WecomServer = Awaited<ReturnType<typeof wecomServer>>;
