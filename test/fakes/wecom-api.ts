import { arrivals } from './sliding-window.ts';
import { wecomApp } from './wecom-app.ts';
import { wecomCards } from './wecom-cards.ts';
import { wecomGroups } from './wecom-groups.ts';
import { wecomHooks } from './wecom-hooks.ts';
import { type Route, wecomHttp } from './wecom-http.ts';
import { uploaded, wecomMedia } from './wecom-media.ts';
import { wecomPeople } from './wecom-people.ts';
import { type Screen, type WecomChat, wecomScreen } from './wecom-screen.ts';
import { wecomTokens } from './wecom-token.ts';

export { type Fault, html } from './wecom-http.ts';

export type ApiOptions = {
  readonly port?: number;
  readonly corpId?: string;
  readonly agentId?: number;
  readonly secret?: string;
  /** How long an access token lives. */
  readonly tokenSeconds?: number;
  /** Milliseconds; moves tokens, windows and lives. */
  readonly now?: () => number;
  /** Shared with other fakes of the same place. */
  readonly screen?: Screen;
};

/**
 * A local stand-in for https://qyapi.weixin.qq.com: access tokens, app messages, groups of the app, media, the address
 * book, group webhook robots, response addresses. Records every request, misbehaves on demand (`fail`), and knows the
 * worst sliding window of each member, group member and robot (`worst`).
 */
export const wecomApi = async (options: ApiOptions = {}) => {
  const { corpId = 'ww-local', agentId = 1_000_002, secret = 'local-app-secret', now = Date.now } = options;
  const { screen = wecomScreen() } = options;
  const lives = { tokenSeconds: options.tokenSeconds ?? 7_200 };
  const switches = { hasCallback: true };
  const seen = arrivals();
  const people = wecomPeople();
  const tokens = wecomTokens({ corpId, secret }, () => lives.tokenSeconds, now);
  const media = wecomMedia('app', now);
  const house = {
    agentId,
    screen,
    media,
    cards: wecomCards(),
    people,
    seen,
    hasCallback: () => switches.hasCallback,
    now,
  };
  const app = wecomApp(house);
  const groups = wecomGroups({ ...house, isMember: people.isReachable });
  const hooks = wecomHooks(house);

  const guarded: Record<string, Route> = {
    'POST /cgi-bin/message/send': app.send,
    'POST /cgi-bin/message/recall': app.recall,
    'POST /cgi-bin/message/update_template_card': app.update,
    'POST /cgi-bin/media/upload': async (call) => media.keep(await uploaded(call)),
    ...groups.routes,
    ...people.routes,
  };
  const http = await wecomHttp(
    {
      'GET /cgi-bin/gettoken': tokens.get,
      ...hooks.routes,
      ...Object.fromEntries(Object.entries(guarded).map(([name, route]) => [name, tokens.guard(route)])),
    },
    { port: options.port, now },
  );

  return {
    ...http,
    account: { corpId, agentId, secret },
    tokens,
    lives,
    switches,
    people,
    app,
    groups,
    hooks,
    /** What people see, oldest first. */
    posts: screen.posts,
    /** A new robot in `group`: its key and the address that an administrator copies. */
    addWebhook(group: string, key?: string) {
      const made = hooks.add(group, key);
      return { key: made, url: `${http.url}/cgi-bin/webhook/send?key=${made}` };
    },
    responseUrl: (chat: WecomChat, msgid: string) => http.url + hooks.responsePath(chat, msgid),
    /** The most messages within any `ms`, of keys that begin with `member:`, `appchat:` or `webhook:`. */
    worst: seen.worst,
  };
};
export type WecomApi = Awaited<ReturnType<typeof wecomApi>>;
