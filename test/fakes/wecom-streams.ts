import { z } from 'zod';
import { type Errcodes, refused } from './wecom-codes.ts';
import type { Screen } from './wecom-screen.ts';

/** Answers that grow: every frame brings the whole text so far. */
export const STREAM_LIFE_MS = 6 * 60_000;
export const MAX_BYTES = 20_480;

const Image = z.object({ msgtype: z.literal('image'), image: z.object({ base64: z.base64(), md5: z.string() }) });
export const Stream = z.object({
  id: z.string().min(1),
  finish: z.boolean(),
  content: z.string(),
  /** The page about the long connection says: not supported yet; callbacks take it with the last frame. */
  msg_item: z.array(Image).max(10).optional(),
});
export type Stream = z.infer<typeof Stream>;

export const wecomStreams = (codes: Errcodes, screen: Screen, now: () => number) => {
  const begun = new Map<string, { n: number; since: number; isFinished: boolean }>();
  return {
    /** Throws what WeCom would say to this frame. */
    check(key: string, { content, msg_item }: Stream) {
      const so = begun.get(key);
      if (so && (so.isFinished || now() - so.since > STREAM_LIFE_MS)) {
        throw refused(codes.streamExpired, 'stream message update expired (>6 minutes), cannot update');
      }
      if (content === '') throw refused(codes.badMsgType, 'empty content');
      if (Buffer.byteLength(content) > MAX_BYTES) throw refused(codes.tooLong, 'content exceeds max length');
      if (msg_item) throw refused(codes.badParameter, 'msg_item not supported');
    },
    /** `show` puts the first frame on the screen and gives its number. */
    write(key: string, { content, finish }: Stream, show: (text: string) => number) {
      const so = begun.get(key);
      const n = so?.n ?? show(content);
      if (so) screen.change(n, { text: content });
      begun.set(key, { n, since: so?.since ?? now(), isFinished: finish });
    },
  };
};
