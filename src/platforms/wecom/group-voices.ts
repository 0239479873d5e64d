import type { GroupRobots, GroupVoices } from '../../ports.ts';
import type { Api } from './api.ts';
import { appChat, appGroups } from './appchat.ts';
import { ofRobot } from './limits.ts';
import type { CallApp } from './token.ts';
import type { Take } from './voice.ts';
import { webhookChat } from './webhook.ts';

type Deps = {
  readonly api: Api;
  readonly apiUrl: string;
  readonly robots: GroupRobots;
  readonly take: Take;
  /** Null: no app is configured. */
  readonly call: CallApp | null;
};

const PATH = '/cgi-bin/webhook/send';
/** WeCom's are UUIDs; some private deployments have others. */
const KEY = /^[0-9A-Za-z_-]{16,64}$/u;

/** The key in a group robot's address, which has to be the platform's own and nothing besides. */
export const keyIn =
  (apiUrl: string) =>
  (address: string): string | null => {
    const url = URL.parse(address);
    const own = new URL(apiUrl + PATH);
    if (!url || url.origin !== own.origin || url.pathname !== own.pathname) return null;
    if (url.username !== '' || url.password !== '' || url.hash !== '' || [...url.searchParams].length !== 1)
      return null;
    const key = url.searchParams.get('key') ?? '';
    return KEY.test(key) ? key : null;
  };

/** Webhook robots and groups of the app. */
export const wecomGroupVoices = ({ api, apiUrl, robots, take, call }: Deps): GroupVoices => ({
  robots,
  keyIn: keyIn(apiUrl),
  chatOf: webhookChat,
  groupOf: appChat,
  async greet(key, words) {
    await take(ofRobot(key), { isPost: true });
    await api.call({ path: PATH, query: { key }, body: { msgtype: 'text', text: { content: words } } });
  },
  make: call && appGroups(call),
});
