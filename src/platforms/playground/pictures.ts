import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Picture } from '../../domain/picture.ts';
import type { Block, Reply } from '../../message.ts';
import type { DrawPicture, Log } from '../../ports.ts';

/** The oldest go when more come; their text stays in the conversation. */
const MOST_PICTURES = 300;
/** Goes up with the look: what was drawn in an older one is not shown for new. */
const LOOK = 1;

const NAME = /^[\w-]{22}-\d{1,5}x\d{1,5}\.png$/;

type Deps = { readonly dir: string; readonly draw: DrawPicture; readonly log: Log };

/**
 * Pictures as the page shows them, one file each in `dir`, named by what is on it and its size: the same picture is
 * drawn once, whoever asks, and the same message shows it again after a restart.
 */
export const gallery = ({ dir, draw, log }: Deps) => {
  const inHand = new Map<string, Promise<string | null>>();

  const found = async (id: string): Promise<string | null> => {
    const name = (await readdir(dir).catch(() => [])).find((name) => name.startsWith(`${id}-`) && NAME.test(name));
    if (name === undefined) return null;
    const now = new Date();
    await utimes(join(dir, name), now, now);
    return name;
  };

  const hang = async (id: string, picture: Picture, ms: number): Promise<string | null> => {
    const before = await found(id);
    if (before !== null) return before;
    const drawn = await draw(picture, ms);
    if (!drawn) return null;
    const name = `${id}-${drawn.width}x${drawn.height}.png`;
    await mkdir(dir, { recursive: true });
    // A name stands for a whole picture, whenever the bot may be killed.
    const draft = join(dir, `${name}.draft`);
    await writeFile(draft, drawn.png);
    await rename(draft, join(dir, name));
    await tidy();
    return name;
  };

  const tidy = async () => {
    const names = await readdir(dir);
    if (names.length <= MOST_PICTURES) return;
    const aged = await Promise.all(names.map(async (name) => ({ name, at: (await stat(join(dir, name))).mtimeMs })));
    aged.sort((a, b) => b.at - a.at);
    await Promise.all(aged.slice(MOST_PICTURES).map(({ name }) => rm(join(dir, name), { force: true })));
  };

  const shown = async (block: Block, ms: number): Promise<Reply> => {
    if (block.kind !== 'picture') return [block];
    const { picture } = block;
    const id = idOf(picture);
    const hung = inHand.get(id) ?? hang(id, picture, ms).finally(() => inHand.delete(id));
    inHand.set(id, hung);
    const name = await hung.catch((err: unknown) => {
      log.warn({ err }, 'a picture was not kept; its text goes alone');
      return null;
    });
    return name === null ? [] : [{ kind: 'image', url: `/playground/api/pictures/${name}`, alt: picture.alt }];
  };

  return {
    /** The reply with its pictures drawn, without those that could not be within `ms`. */
    illustrated: async (reply: Reply, ms: number): Promise<Reply> =>
      reply.some(({ kind }) => kind === 'picture')
        ? (await Promise.all(reply.map((block) => shown(block, ms)))).flat()
        : reply,

    get: async (name: string): Promise<Uint8Array<ArrayBuffer> | null> =>
      NAME.test(name) ? readFile(join(dir, name)).catch(() => null) : null,

    clear: () => rm(dir, { recursive: true, force: true }),
  };
};
export type Gallery = ReturnType<typeof gallery>;

const idOf = (picture: Picture): string =>
  createHash('sha256')
    .update(JSON.stringify([LOOK, picture]))
    .digest('base64url')
    .slice(0, 22);
