import { generateReqId, WSClient, WsCmd, type WsFrame } from '@wecom/aibot-node-sdk';
import { PlatformError } from '../../errors.ts';
import type { Log } from '../../ports.ts';
import type { Connection, Watch } from '../supervisor.ts';
import type { Medium } from './media.ts';
import { NOT_SUBSCRIBED, notConnected, sendingError } from './refusal.ts';

export type LineTiming = {
  /** From dialling to being subscribed; the SDK itself would wait for ever. */
  readonly connectMs: number;
  readonly heartbeatMs: number;
  readonly probeMs: number;
  readonly probeAnswerMs: number;
};
export const lineTiming: LineTiming = {
  connectMs: 15_000,
  // The SDK gives up at its third beat: within a minute even where our own pings are never answered.
  heartbeatMs: 18_000,
  probeMs: 20_000,
  probeAnswerMs: 5_000,
};

export type Account = { readonly botId: string; readonly secret: string; readonly wsUrl?: string | undefined };
export type Incoming = {
  message(frame: WsFrame<unknown>): void;
  enterChat(frame: WsFrame<unknown>): void;
  click(frame: WsFrame<unknown>): void;
};
/** Resolves when WeCom has taken the frame. Throws PlatformError. */
export type SendFrame = (cmd: string, reqId: string, body: object) => Promise<void>;
/** `upload` answers the media id, which is good for three days. Throws PlatformError. */
export type Line = Connection & { readonly send: SendFrame; upload(medium: Medium): Promise<string> };

/**
 * One long connection, used once. The SDK's own reconnecting is off: it keeps no pause between refusals apart from
 * other losses, gives up after a few of them, and a client that is connected again right after `disconnect()` opens two
 * sockets, of which one kicks the other. https://developer.work.weixin.qq.com/document/path/101463
 */
export const connect = (account: Account, incoming: Incoming, watch: Watch, log: Log, timing = lineTiming): Line => {
  const client = new WSClient({
    botId: account.botId,
    secret: account.secret,
    ...(account.wsUrl === undefined ? {} : { wsUrl: account.wsUrl }),
    maxReconnectAttempts: 0,
    maxAuthFailureAttempts: 0,
    heartbeatInterval: timing.heartbeatMs,
    wsOptions: { handshakeTimeout: timing.connectMs },
    logger: discreet(log),
  });

  let isUp = false;
  let isOver = false;
  let lastError = '';
  let stopProbing = () => {};
  const deadline = setTimeout(() => end('lost', 'not subscribed in time'), timing.connectMs);

  const close = () => {
    isOver = true;
    isUp = false;
    clearTimeout(deadline);
    stopProbing();
    client.disconnect();
  };
  const end: Watch['ended'] = (why, detail) => {
    if (isOver) return;
    close();
    watch.ended(why, detail);
  };

  const asking = async <Answer>(ask: () => Promise<Answer>): Promise<Answer> => {
    if (!isUp || !client.isConnected || !watch.isOurs()) throw notConnected();
    try {
      return await ask();
    } catch (thrown) {
      const error = sendingError(thrown);
      if (error.code === NOT_SUBSCRIBED) end('lost', error.message);
      throw error;
    }
  };
  const request: SendFrame = async (cmd, reqId, body) => {
    await asking(() => client.reply({ headers: { req_id: reqId } }, body, cmd));
  };

  const upload = async ({ type, name, bytes }: Medium): Promise<string> => {
    try {
      return (await asking(() => client.uploadMedia(Buffer.from(bytes), { type, filename: name }))).media_id;
    } catch (error) {
      if (!(error instanceof PlatformError) || error.outcome !== 'unknown') throw error;
      // Nothing can come of uploading twice.
      throw new PlatformError('wecom', error.code, 'retry', error.message);
    }
  };

  client.on('authenticated', () => {
    if (isOver) return;
    isUp = true;
    clearTimeout(deadline);
    stopProbing = probing(request, timing, () => end('lost', 'no answer to pings'));
    watch.up();
  });
  // What reaches a process that slept while another copy took over is not its own: nobody is told anything twice.
  const whenOurs =
    (take: (frame: WsFrame<unknown>) => void) =>
    (frame: WsFrame<unknown>): void => {
      if (watch.isOurs()) take(frame);
      else log.warn({ id: frame.headers.req_id }, 'passed over: the connection is no longer ours');
    };
  client.on('message', whenOurs(incoming.message));
  client.on('event.enter_chat', whenOurs(incoming.enterChat));
  client.on('event.template_card_event', whenOurs(incoming.click));
  client.on('event.disconnected_event', () => end('kicked', 'disconnected_event'));
  // The SDK tells the end of a connection by the error that it will not try again, which says why.
  client.on('error', (error) => {
    if (!('code' in error)) lastError = error.message;
    else if (error.code === 'WS_AUTH_FAILURE_EXHAUSTED') end('refused', lastError);
    else if (error.code === 'WS_RECONNECT_EXHAUSTED') end('lost', lastError || 'closed by the server');
    else lastError = error.message;
  });
  client.connect();

  return { send: request, upload, close };
};

/**
 * A check of life of our own: a ping whose answer is awaited, once right away and then regularly; two that stay without
 * one in a row are the end. It counts only after WeCom has answered one: that it answers pings whose req_id is not the
 * SDK's own is not documented.
 */
const probing = (send: SendFrame, timing: LineTiming, dead: () => void): (() => void) => {
  let timer: NodeJS.Timeout;
  let isStopped = false;
  let isKnownToAnswer = false;

  const isAnswered = async (): Promise<boolean> => {
    const silence = new Promise<false>((resolve) => {
      timer = setTimeout(() => resolve(false), timing.probeAnswerMs);
    });
    const answer = send(WsCmd.HEARTBEAT, generateReqId('alive'), NO_BODY).then(
      () => true,
      // Any answer shows life, a refusal too.
      (error: PlatformError) => typeof error.code === 'number',
    );
    const answered = await Promise.race([answer, silence]);
    clearTimeout(timer);
    return answered;
  };

  const probe = async (misses: number): Promise<void> => {
    const answered = await isAnswered();
    if (isStopped) return;
    if (answered) isKnownToAnswer = true;
    else if (isKnownToAnswer && misses > 0) return dead();
    timer = setTimeout(() => void probe(answered ? 0 : misses + 1), answered ? timing.probeMs : timing.probeAnswerMs);
  };

  void probe(0);
  return () => {
    isStopped = true;
    clearTimeout(timer);
  };
};

/** A ping has no body; left out when written as JSON. */
const NO_BODY = { toJSON: () => undefined };

/** The SDK writes whole messages into its log, as arguments and at debug level: neither goes into ours. */
const discreet = (log: Log) => {
  const say = (message: string) => log.debug({ sdk: message }, 'wecom sdk');
  return { debug: () => {}, info: say, warn: say, error: say };
};
