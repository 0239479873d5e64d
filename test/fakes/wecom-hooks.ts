import { randomUUID } from 'node:crypto';
import { type Arrivals, windowCounter } from './sliding-window.ts';
import { wecomCards } from './wecom-cards.ts';
import { errcodes, refused } from './wecom-codes.ts';
import { botKinds, contentOf, webhookKinds } from './wecom-content.ts';
import { jsonOf, type Route } from './wecom-http.ts';
import { uploaded, wecomMedia } from './wecom-media.ts';
import type { Screen, WecomChat } from './wecom-screen.ts';

const MINUTE_MS = 60_000;
const PER_MINUTE = 20;
const RESPONSE_URL_LIFE_MS = 60 * MINUTE_MS; // unverified

type House = { readonly screen: Screen; readonly seen: Arrivals; readonly now: () => number };

/** Group webhook robots and the one-time response addresses of the AI bot: what is sent without an access token. */
export const wecomHooks = ({ screen, seen, now }: House) => {
  const hooks = new Map<
    string,
    { group: string; state: 'on' | 'off' | 'gone'; kinds: ReturnType<typeof webhookKinds> }
  >();
  const files = new Map<string, ReturnType<typeof wecomMedia>>();
  const window = windowCounter(MINUTE_MS, PER_MINUTE);
  const responses = new Map<string, { chat: WecomChat; at: number; msgid: string }>();
  const replies = botKinds({ media: wecomMedia('response_url', now), cards: wecomCards() });

  const find = (key: string) => {
    const hook = hooks.get(key);
    if (!hook || hook.state === 'gone') throw refused(93_000, 'invalid webhook url');
    if (hook.state === 'off') throw refused(93_004, 'robot disabled');
    return hook;
  };

  const send: Route = (call) => {
    const key = call.query.get('key') ?? '';
    const hook = find(key);
    seen.note(`webhook:${key}`, now());
    if (window.isFull(key, now())) throw refused(errcodes.tooOften, 'api freq out of limit');
    const content = contentOf(hook.kinds, jsonOf(call));
    window.count(key, now());
    screen.show({ chat: { kind: 'group', id: hook.group }, via: 'webhook', ...content });
    return {};
  };

  const upload: Route = async (call) => {
    const key = call.query.get('key') ?? '';
    find(key);
    return files.get(key)?.keep(await uploaded(call), ['file', 'voice']) ?? {};
  };

  const respond: Route = (call) => {
    const code = call.query.get('response_code') ?? '';
    const asked = responses.get(code);
    if (!asked || now() - asked.at > RESPONSE_URL_LIFE_MS)
      throw refused(errcodes.badResponseCode, 'invalid response_code');
    const content = contentOf(replies, jsonOf(call));
    responses.delete(code);
    screen.show({ chat: asked.chat, via: 'response_url', to: asked.msgid, ...content });
    return {};
  };

  return {
    routes: {
      'POST /cgi-bin/webhook/send': send,
      'POST /cgi-bin/webhook/upload_media': upload,
      'POST /cgi-bin/aibot/response': respond,
    },
    /** A robot is added to a group; its key. */
    add(group: string, key: string = randomUUID()): string {
      const media = wecomMedia(key, now);
      files.set(key, media);
      hooks.set(key, { group, state: 'on', kinds: webhookKinds({ media, cards: wecomCards() }) });
      return key;
    },
    /** gone: removed from its group; off: disabled by an administrator. */
    turn(key: string, state: 'on' | 'off' | 'gone') {
      const hook = hooks.get(key);
      if (hook) hook.state = state;
    },
    removeFrom(group: string) {
      for (const hook of hooks.values()) if (hook.group === group) hook.state = 'gone';
    },
    groupOf: (key: string) => hooks.get(key)?.group,
    /** The path of a one-time address that answers `msgid` in `chat`. */
    responsePath(chat: WecomChat, msgid: string): string {
      const code = randomUUID();
      responses.set(code, { chat, at: now(), msgid });
      return `/cgi-bin/aibot/response?response_code=${code}`;
    },
  };
};
