import { createHash } from 'node:crypto';
import { errcodes, refused } from './wecom-codes.ts';
import type { Call } from './wecom-http.ts';
import type { StoredFile } from './wecom-screen.ts';

const MB = 1024 * 1024;
const LIFE_MS = 3 * 24 * 3_600_000;
const FEWEST_BYTES = 6;
const most: Readonly<Record<string, number>> = { image: 10 * MB, voice: 2 * MB, video: 10 * MB, file: 20 * MB };

/** The uploaded files of one app, bot or webhook robot: each lives three days, and only its owner can send it. */
export const wecomMedia = (owner: string, now: () => number) => {
  const files = new Map<string, { file: StoredFile; at: number }>();
  return {
    /** The fields of the answer. `type` as WeCom's pages name it. */
    keep(file: StoredFile, types: readonly string[] = Object.keys(most)) {
      const { type, bytes } = file;
      if (!types.includes(type)) throw refused(errcodes.badFileType, 'invalid media type');
      if (bytes.length < FEWEST_BYTES) throw refused(errcodes.badFile, 'invalid media size');
      if (bytes.length > (most[type] ?? 0)) throw refused(45_001, 'media file exceeds max size');
      if (type === 'image' && imageType(bytes) === null) throw refused(40_005, 'invalid file type');
      if (type === 'voice' && !isAmr(bytes)) throw refused(40_005, 'invalid file type');
      const id = `3${createHash('sha256').update(`${owner} ${files.size}`).digest('base64url')}`;
      files.set(id, { file, at: now() });
      return { type, media_id: id, created_at: String(Math.floor(now() / 1000)) };
    },
    find(id: unknown): StoredFile {
      const kept = typeof id === 'string' ? files.get(id) : undefined;
      if (!kept || now() - kept.at > LIFE_MS) throw refused(errcodes.badMediaId, 'invalid media_id');
      return kept.file;
    },
  };
};
export type Media = ReturnType<typeof wecomMedia>;

/** What a multipart upload brings: one part named `media`, with a file name. */
export const uploaded = async ({ type, body, query }: Call): Promise<StoredFile> => {
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData().catch(() => {
    throw refused(errcodes.noFile, 'media data missing');
  });
  const media = form.get('media');
  if (!(media instanceof File) || media.name === '') throw refused(errcodes.noFile, 'media data missing');
  return { name: media.name, type: query.get('type') ?? '', bytes: new Uint8Array(await media.arrayBuffer()) };
};

export const imageType = (bytes: Uint8Array): 'png' | 'jpg' | null => {
  const head = Buffer.from(bytes.subarray(0, 8));
  if (head.equals(Buffer.from('89504e470d0a1a0a', 'hex'))) return 'png';
  return head.subarray(0, 3).equals(Buffer.from('ffd8ff', 'hex')) ? 'jpg' : null;
};
const isAmr = (bytes: Uint8Array) => Buffer.from(bytes.subarray(0, 5)).toString() === '#!AMR';
