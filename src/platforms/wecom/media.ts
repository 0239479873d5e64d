import { createHash } from 'node:crypto';
import { PlatformError } from '../../errors.ts';
import type { DrawPicture } from '../../ports.ts';
import { meaningOf } from './codes.ts';
import type { Drawn } from './dialects/drawn.ts';

export type MediaType = 'image' | 'file';
export type Medium = { readonly type: MediaType; readonly name: string; readonly bytes: Uint8Array };

/** Where pictures and files come from. */
export type MediaSources = {
  readonly draw: DrawPicture;
  /** The bytes of a workbook that was handed out; null when it is there no more. */
  readonly file: (url: string) => Promise<Uint8Array | null>;
};

/** A picture that takes longer is left out: the text beside it says the same. */
const DRAW_MS = 5_000;
/** WeCom keeps what was uploaded for three days; an hour is left for the way. */
const LIFE_MS = (3 * 24 - 1) * 3_600_000;
/** Pictures that went to several people: uploaded once. */
const MOST_KNOWN = 200;
/** A file of at most 5 bytes is not taken. */
const FEWEST_BYTES = 6;
/** Of any kind of file, by any voice. https://developer.work.weixin.qq.com/document/path/90253 */
export const MOST_FILE_BYTES = 20 * 1024 * 1024;

/** The bytes of what is no words; null where there are none, and nothing is said. */
export const mediumOf =
  ({ draw, file }: MediaSources) =>
  async (drawn: Extract<Drawn, { msgtype: 'image' | 'file' }>): Promise<Medium | null> => {
    if (drawn.msgtype === 'image') {
      const picture = await draw(drawn.picture, DRAW_MS);
      return picture && { type: 'image', name: `${drawn.picture.title}.png`, bytes: picture.png };
    }
    const bytes = await file(drawn.url);
    if (bytes === null) throw new PlatformError('wecom', 'file-gone', 'refused', 'the file is there no more');
    if (bytes.length < FEWEST_BYTES || bytes.length > MOST_FILE_BYTES) {
      throw new PlatformError('wecom', 'file-size', 'refused', `a file of ${bytes.length} bytes`);
    }
    return { type: 'file', name: drawn.name, bytes };
  };
export type MediumOf = ReturnType<typeof mediumOf>;

/**
 * Sends what has to be uploaded first. What was uploaded serves again until WeCom forgets it; where it has forgotten
 * earlier, it is uploaded once more. `upload` answers the media id. A picture that is refused is left out: the text
 * beside it says the same.
 */
export const uploading = (upload: (medium: Medium) => Promise<string>, now: () => number = () => performance.now()) => {
  const known = new Map<string, { readonly id: Promise<string>; readonly until: number }>();

  const idOf = (medium: Medium): { readonly name: string; readonly id: Promise<string> } => {
    const name = createHash('sha256').update(`${medium.type}/${medium.name}/`).update(medium.bytes).digest('base64');
    const found = known.get(name);
    if (found && now() < found.until) return { name, id: found.id };
    const id = upload(medium);
    known.delete(name);
    known.set(name, { id, until: now() + LIFE_MS });
    for (const oldest of known.keys()) if (known.size > MOST_KNOWN) known.delete(oldest);
    id.catch(() => known.delete(name));
    return { name, id };
  };

  const sent = async (medium: Medium, send: (mediaId: string) => Promise<void>): Promise<void> => {
    const { name, id } = idOf(medium);
    const mediaId = await id;
    try {
      await send(mediaId);
    } catch (error) {
      if (!(error instanceof PlatformError) || !meaningOf(error.code).uploads) throw error;
      known.delete(name);
      await send(await idOf(medium).id);
    }
  };

  return (medium: Medium, send: (mediaId: string) => Promise<void>): Promise<void> =>
    sent(medium, send).catch((error: unknown) => {
      const isRefused = error instanceof PlatformError && error.outcome === 'refused';
      if (!isRefused || medium.type !== 'image') throw error;
    });
};
