/** How often WeCom may be called, all on one page. The windows are counted over all copies of the bot. */
import { createHash } from 'node:crypto';
import type { Chat } from '../../message.ts';
import type { Window } from '../../ports.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

type Size = Omit<Window, 'key'>;

/** What WeCom's pages say; so many places as `reserve` says, posts leave to answers. */
export const wecomLimits = {
  /** The AI bot in one chat, answers and posts together. https://developer.work.weixin.qq.com/document/path/101463 */
  botChat: [
    { ms: MINUTE_MS, most: 30, reserve: 5 },
    { ms: HOUR_MS, most: 1_000, reserve: 100 },
  ],
  /** Files that the AI bot uploads. …/document/path/101463 */
  botUpload: [
    { ms: MINUTE_MS, most: 30 },
    { ms: HOUR_MS, most: 1_000 },
  ],
  /** A group's webhook robot; nobody waits for what it says. …/document/path/91770 */
  robot: [{ ms: MINUTE_MS, most: 20 }],
  /** The app to one member; what is over it WeCom drops without a word. …/document/path/90312 */
  member: [
    { ms: MINUTE_MS, most: 30, reserve: 5 },
    { ms: HOUR_MS, most: 1_000, reserve: 100 },
  ],
  /** The app to everybody, for each account of the corp. …/document/path/90312 */
  account: { ms: DAY_MS, most: 200, reserve: 20 },
  /** Files that the app uploads. No page gives a number: the bot's. */
  appUpload: [{ ms: MINUTE_MS, most: 30 }],
  /** Of each member in all of the app's groups; over it WeCom drops. Most people are in one of them. …/path/90248 */
  appChat: [
    { ms: MINUTE_MS, most: 200 },
    { ms: DAY_MS, most: 10_000 },
  ],
} as const satisfies Record<string, Size | readonly Size[]>;

const under = (key: string, sizes: readonly Size[]): readonly Window[] => sizes.map((size) => ({ key, ...size }));

/** A name of a webhook's key that tells nothing of it. */
export const keyHash = (key: string): string => createHash('sha256').update(key).digest('hex').slice(0, 12);

export const ofBotChat = ({ kind, id }: Chat) => under(`bot/${kind}/${id}`, wecomLimits.botChat);
export const ofBotUpload = under('bot-upload', wecomLimits.botUpload);
export const ofRobot = (key: string) => under(`webhook/${keyHash(key)}`, wecomLimits.robot);
export const ofMember = (user: string) => under(`member/${user}`, wecomLimits.member);
/** `accounts`: how many the corp has at least. */
export const ofApp = (accounts: number): readonly Window[] => {
  const { ms, most, reserve } = wecomLimits.account;
  return [{ key: 'app', ms, most: most * accounts, reserve: reserve * accounts }];
};
export const ofAppUpload = under('upload', wecomLimits.appUpload);
export const ofAppChat = (id: string) => under(id, wecomLimits.appChat);
