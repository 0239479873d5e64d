import { createHash } from 'node:crypto';
import { z } from 'zod';
import { arrivals, windowCounter } from './sliding-window.ts';
import { type Errcodes, refused } from './wecom-codes.ts';
import type { Media } from './wecom-media.ts';

const Init = z.object({
  type: z.enum(['file', 'image', 'voice', 'video']),
  filename: z.string().min(1),
  total_size: z.int().min(1),
  total_chunks: z.int().min(1).max(100),
  md5: z.string().optional(),
});
const Chunk = z.object({ upload_id: z.string(), chunk_index: z.int().min(0), base64_data: z.base64() });
const Finish = z.object({ upload_id: z.string() });

const CHUNK_BYTES = 512 * 1024;
const SESSION_MS = 30 * 60_000;
const MINUTE_MS = 60_000;

/** Files over the long connection: announced, brought in pieces in any order, put together. */
export const wecomUpload = (codes: Errcodes, media: Media, now: () => number) => {
  const sessions = new Map<string, { wanted: z.infer<typeof Init>; at: number; pieces: Map<number, Buffer> }>();
  const windows = [windowCounter(MINUTE_MS, 30), windowCounter(60 * MINUTE_MS, 1_000)];
  const seen = arrivals();

  const session = (id: string) => {
    const found = sessions.get(id);
    if (!found || now() - found.at > SESSION_MS) throw refused(codes.badParameter, 'invalid upload_id');
    return found;
  };

  return {
    worst: seen.worst,
    init(body: unknown) {
      seen.note('upload', now());
      if (windows.some((window) => window.isFull('bot', now()))) throw refused(codes.tooOften, 'api freq out of limit');
      for (const window of windows) window.count('bot', now());
      const upload_id = `upload_${sessions.size + 1}`;
      sessions.set(upload_id, { wanted: Init.parse(body), at: now(), pieces: new Map() });
      return { upload_id };
    },
    chunk(body: unknown) {
      const { upload_id, chunk_index, base64_data } = Chunk.parse(body);
      const { wanted, pieces } = session(upload_id);
      const bytes = Buffer.from(base64_data, 'base64');
      if (bytes.length > CHUNK_BYTES) throw refused(45_001, 'chunk exceeds max size');
      if (chunk_index >= wanted.total_chunks) throw refused(codes.badParameter, 'invalid chunk_index');
      pieces.set(chunk_index, bytes);
      return {};
    },
    finish(body: unknown) {
      const { upload_id } = Finish.parse(body);
      const { wanted, pieces } = session(upload_id);
      const ordered = [...pieces].sort(([a], [b]) => a - b).map(([, bytes]) => bytes);
      const bytes = new Uint8Array(Buffer.concat(ordered));
      const md5 = createHash('md5').update(bytes).digest('hex');
      if (pieces.size !== wanted.total_chunks || bytes.length !== wanted.total_size || (wanted.md5 ?? md5) !== md5) {
        throw refused(codes.badFile, 'the pieces do not make the file');
      }
      sessions.delete(upload_id);
      return media.keep({ name: wanted.filename, type: wanted.type, bytes });
    },
  };
};
