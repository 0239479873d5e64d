import { createHash } from 'node:crypto';
import { PlatformError } from '../../errors.ts';
import type { Chat } from '../../message.ts';
import type { AppDeps, AppMedia } from './app.ts';
import { draw } from './dialects/draw.ts';
import { bodyOf, type Drawn } from './dialects/drawn.ts';
import { ofAppChat } from './limits.ts';
import type { CallApp } from './token.ts';
import { type Saying, speaking, type Voice } from './voice.ts';

const PREFIX = 'appchat/';
/** Code points, and members with the owner. https://developer.work.weixin.qq.com/document/path/90245 */
const MOST_NAME = 50;
export const FEWEST_MEMBERS = 2;
export const MOST_MEMBERS = 2_000;
/** A group of that id is there: it was made, and the answer was lost. */
const EXISTS = 86_215;

const isAppChat = ({ kind, id }: Chat) => kind === 'group' && id.startsWith(PREFIX);

/** Groups that the app itself made: it may speak there and mention people. …/document/path/90248 */
export const appChatVoice = ({ call, take, medium, parts }: AppDeps, media: AppMedia): Voice => {
  const post = async (id: string, body: object, saying: Saying) => {
    await take(ofAppChat(id), saying);
    await call({ path: '/cgi-bin/appchat/send', body: { chatid: id.slice(PREFIX.length), ...body, safe: 0 } });
  };
  const say = async ({ id }: Chat, drawn: Drawn, saying: Saying): Promise<void> => {
    switch (drawn.msgtype) {
      case 'image':
      case 'file': {
        const made = await medium(drawn);
        const { msgtype } = drawn;
        if (made) await media(made, (media_id) => post(id, { msgtype, [msgtype]: { media_id } }, saying));
        return;
      }
      case 'template_card':
        for (const words of drawn.instead) await post(id, bodyOf(words), saying);
        return;
      default:
        return post(id, bodyOf(drawn), saying);
    }
  };
  return {
    reaches: isAppChat,
    send: speaking({ draw: (reply, drawing) => draw(reply, 'app-group', drawing), say, parts }),
  };
};

/** `id`: the same for every attempt, so that one group is made. `members`: WeCom's user ids, the owner first. */
export type NewGroup = { readonly id: string; readonly name: string; readonly members: readonly string[] };

export const appChat = (id: string): Chat => {
  const chatid = `rq${createHash('sha256').update(id).digest('hex').slice(0, 30)}`;
  return { platform: 'wecom', kind: 'group', id: PREFIX + chatid };
};

/** Makes a group of people. …/document/path/90245. Throws PlatformError. */
export const appGroups =
  (call: CallApp) =>
  async ({ id, name, members }: NewGroup): Promise<Chat> => {
    const chat = appChat(id);
    const chatid = chat.id.slice(PREFIX.length);
    const userlist = members.slice(0, MOST_MEMBERS);
    try {
      await call({
        path: '/cgi-bin/appchat/create',
        body: { chatid, name: [...name].slice(0, MOST_NAME).join(''), owner: userlist[0], userlist },
      });
    } catch (error) {
      if (!(error instanceof PlatformError) || error.code !== EXISTS) throw error;
    }
    return chat;
  };
