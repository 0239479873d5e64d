import { z } from 'zod';
import { PlatformError } from '../../errors.ts';
import type { Log, SentParts } from '../../ports.ts';
import { drawForApp } from './dialects/draw.ts';
import { bodyOf, type Drawn } from './dialects/drawn.ts';
import { ofApp, ofAppUpload, ofMember } from './limits.ts';
import { type Medium, type MediumOf, uploading } from './media.ts';
import type { CallApp } from './token.ts';
import { type Saying, speaking, type Take, type Voice } from './voice.ts';

export type AppDeps = {
  readonly agentId: number;
  readonly call: CallApp;
  readonly take: Take;
  readonly medium: MediumOf;
  /** Whether cards with buttons can be pressed: the app needs a callback address. */
  readonly hasCallback: boolean;
  /** How many people the bot knows: the corp has as many accounts at least. */
  readonly accounts: () => Promise<number>;
  readonly parts?: SentParts | undefined;
  readonly log: Log;
};

/** WeCom's own standard, longer than a post whose outcome is unknown waits for its next attempt. */
const DUPLICATE_SECONDS = 1_800;

const Sent = z.looseObject({ invaliduser: z.string().catch(''), unlicenseduser: z.string().catch('') });
const Uploaded = z.looseObject({ media_id: z.string().min(1) });

/** Uploads as the app. https://developer.work.weixin.qq.com/document/path/90253 */
export const appMedia = ({ call, take }: Pick<AppDeps, 'call' | 'take'>) =>
  uploading(async ({ type, name, bytes }: Medium) => {
    await take(ofAppUpload, { isPost: false });
    const upload = { field: 'media', name, bytes } as const;
    const answer = await call({ path: '/cgi-bin/media/upload', query: { type }, upload, isRepeatable: true });
    return Uploaded.parse(answer).media_id;
  });
export type AppMedia = ReturnType<typeof appMedia>;

/**
 * The self-built app: private messages to anybody within its visible range. A post that may come a second time is
 * marked so that WeCom drops the repetition; an answer never is, since the same may be asked twice in half an hour.
 * https://developer.work.weixin.qq.com/document/path/90236
 */
export const appVoice = (
  { agentId, call, take, medium, hasCallback, accounts, parts }: AppDeps,
  media: AppMedia,
): Voice => {
  const sendTo = async (user: string, body: object, { isPost }: Saying): Promise<void> => {
    await take([...ofMember(user), ...ofApp(Math.max(1, await accounts()))], { isPost });
    const check = { enable_duplicate_check: 1, duplicate_check_interval: DUPLICATE_SECONDS };
    const answer = await call({
      path: '/cgi-bin/message/send',
      body: { touser: user, agentid: agentId, ...body, safe: 0, ...(isPost && check) },
    });
    const { invaliduser, unlicenseduser } = Sent.parse(answer);
    // With an errcode of 0: nobody has got it.
    if (invaliduser !== '') throw new PlatformError('wecom', 'invaliduser', 'refused', 'not within the app’s range');
    if (unlicenseduser !== '') throw new PlatformError('wecom', 'unlicenseduser', 'refused', 'no licence');
  };

  const say = async (user: string, drawn: Drawn, saying: Saying): Promise<void> => {
    switch (drawn.msgtype) {
      case 'image':
      case 'file': {
        const made = await medium(drawn);
        if (!made) return;
        const { msgtype } = drawn;
        return media(made, (media_id) => sendTo(user, { msgtype, [msgtype]: { media_id } }, saying));
      }
      case 'template_card': {
        const inWords = async () => {
          for (const words of drawn.instead) await sendTo(user, bodyOf(words), saying);
        };
        if (!hasCallback && drawn.card.button_list) return inWords();
        return sendTo(user, bodyOf(drawn), saying).catch((error: unknown) => {
          if (isCardRefused(error)) return inWords();
          throw error;
        });
      }
      default:
        return sendTo(user, bodyOf(drawn), saying);
    }
  };

  return {
    reaches: ({ kind }) => kind === 'direct',
    send: speaking({ draw: drawForApp, say: (chat, drawn, saying) => say(chat.id, drawn, saying), parts }),
  };
};

/** Of the card itself, not of whom it was for: the codes for cards are not published, those for people are. */
const isCardRefused = (error: unknown): boolean =>
  error instanceof PlatformError &&
  error.outcome === 'refused' &&
  ![60_111, 81_013, 82_001, 82_004, 40_001, 'invaliduser', 'unlicenseduser'].includes(error.code);
