/** One contestant of callback.ts, in a process of its own: `callback-server.ts house|bare json|xml SOCKET`. */

import { Hono } from 'hono';
import { Temporal } from 'temporal-polyfill';
import { translator } from '../src/i18n.ts';
import { appCallback } from '../src/platforms/wecom/callback-app.ts';
import { botCallback } from '../src/platforms/wecom/callback-bot.ts';
import { within } from '../src/platforms/wecom/voice.ts';
import { redisLimits } from '../src/store/limits.ts';
import { connect, ready } from '../src/store/redis.ts';
import { redisReplyLeases } from '../src/store/reply-leases.ts';
import { callbackListener } from '../src/web/callbacks.ts';
import { listen } from '../src/web/serve.ts';
import { agentId, corpId, type Format, secrets } from './callback-account.ts';
import { bareServer } from './callback-floor.ts';
import { county, silent } from './county.ts';

/** The whole house as it is served, but for the platform's own API: none of this is said by a call. */
const house = async (format: Format, socket: string): Promise<string> => {
  const redis = connect(socket, silent);
  await ready(redis, 5_000);
  const { keys, receive } = await county(redis, `callback-${format}`, 'wecom');
  const deps = {
    receive,
    secrets,
    leases: redisReplyLeases(redis, keys, Date.now),
    outbox: { enqueue: async () => {} },
    onRefused: async () => {},
    now: Temporal.Now.instant,
    realNow: Date.now,
    t: translator('zh-CN'),
    log: silent,
  };
  const take = within(redisLimits(redis, keys, 'wecom'));
  const post = () => Promise.reject(new Error('said by a call'));
  const { callback } =
    format === 'json'
      ? botCallback({ ...deps, names: ['日清'], other: null, take, apiUrl: 'https://qyapi.weixin.qq.com' })
      : appCallback({ ...deps, corpId, agentId, post, take, isKnown: async () => true });
  const { url, serve } = await listen('127.0.0.1', 0);
  await serve(new Hono(), callbackListener([callback], silent));
  return new URL(url).port;
};

const bare = async (format: Format, socket: string): Promise<string> => {
  const server = await bareServer(format, socket);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  return String(typeof address === 'object' ? address?.port : '');
};

const [who, format, socket = ''] = process.argv.slice(2);
if (format === 'json' || format === 'xml') process.send?.(await (who === 'house' ? house : bare)(format, socket));
process.once('disconnect', () => process.exit());
