import { createHash } from 'node:crypto';
import { z } from 'zod';
import { PlatformError } from '../../errors.ts';
import { type Chat, chatKey } from '../../message.ts';
import type { SentParts } from '../../ports.ts';
import type { Api } from './api.ts';
import { drawForWebhook } from './dialects/draw.ts';
import { bodyOf, type Drawn } from './dialects/drawn.ts';
import { keyHash, ofRobot } from './limits.ts';
import { type Medium, type MediumOf, uploading } from './media.ts';
import { notAsked, type Saying, speaking, type Take, type Voice } from './voice.ts';

export type WebhookDeps = {
  readonly api: Api;
  /** The key of the robot that speaks in a group (as `chatKey` spells it); null for none. */
  readonly keyOf: (chat: string) => Promise<string | null>;
  readonly take: Take;
  readonly medium: MediumOf;
  readonly parts?: SentParts | undefined;
};

/** https://developer.work.weixin.qq.com/document/path/91770 */
const IMAGE_BYTES = 2 * 1024 * 1024;

const Uploaded = z.looseObject({ media_id: z.string().min(1) });

/** The group of which nothing is known but its robot. */
export const webhookChat = (key: string): Chat => ({ platform: 'wecom', kind: 'group', id: `webhook/${keyHash(key)}` });

/** The robots of groups: they only speak, mention people and show pictures. …/document/path/91770 */
export const webhookVoice = ({ api, take, medium, parts, ...deps }: WebhookDeps): Voice => {
  const keyOf = (chat: string) =>
    deps.keyOf(chat).catch((error: unknown) => {
      throw notAsked(error);
    });

  /** Media belong to the robot for which they were uploaded. */
  const media = new Map<string, ReturnType<typeof uploading>>();

  const mediaOf = (key: string) => {
    const made = media.get(key) ?? uploading((one) => upload(key, one));
    media.set(key, made);
    return made;
  };
  const upload = async (key: string, { name, bytes }: Medium) => {
    const call = { path: '/cgi-bin/webhook/upload_media', query: { key, type: 'file' }, isRepeatable: true };
    return Uploaded.parse(await api.call({ ...call, upload: { field: 'media', name, bytes } })).media_id;
  };
  const post = async (key: string, body: object, saying: Saying) => {
    await take(ofRobot(key), saying);
    await api.call({ path: '/cgi-bin/webhook/send', query: { key }, body });
  };

  const say = async (chat: Chat, drawn: Drawn, saying: Saying): Promise<void> => {
    const key = await keyOf(chatKey(chat));
    if (key === null) throw new PlatformError('wecom', 'no-robot', 'refused', 'no robot speaks in this group');
    switch (drawn.msgtype) {
      case 'image': {
        const made = await medium(drawn);
        return made && made.bytes.length <= IMAGE_BYTES ? post(key, imageOf(made.bytes), saying) : undefined;
      }
      case 'file': {
        const made = await medium(drawn);
        return made
          ? mediaOf(key)(made, (media_id) => post(key, { msgtype: 'file', file: { media_id } }, saying))
          : undefined;
      }
      case 'template_card':
        for (const words of drawn.instead) await post(key, bodyOf(words), saying);
        return;
      default:
        return post(key, bodyOf(drawn), saying);
    }
  };

  return {
    reaches: async (chat) => chat.kind === 'group' && (await keyOf(chatKey(chat))) !== null,
    send: speaking({ draw: drawForWebhook, say, parts }),
  };
};

const imageOf = (bytes: Uint8Array) => ({
  msgtype: 'image',
  image: {
    base64: Buffer.from(bytes).toString('base64'),
    md5: createHash('md5').update(bytes).digest('hex'),
  },
});
