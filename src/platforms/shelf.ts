import { randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { UserError } from '../errors.ts';
import { type Message, MOST_FILE_MB } from '../message.ts';

const MOST_FILE_BYTES = MOST_FILE_MB * 1024 * 1024;
/** The oldest goes when one more comes: nobody tidies a playground. */
const MOST_FILES = 100;
/** Four bytes each at the most stay below what file systems take. */
const MOST_NAME_LENGTH = 60;

/** Files that were brought along to a message: one folder each under `dir`, named by an id that cannot be guessed. */
export const shelf = (dir: string) => {
  const folderOf = (id: string) => (/^[\w-]{22}$/.test(id) ? join(dir, id) : null);

  const tidy = async () => {
    const folders = await readdir(dir);
    const aged = await Promise.all(folders.map(async (name) => ({ name, at: (await stat(join(dir, name))).mtimeMs })));
    aged.sort((a, b) => b.at - a.at);
    await Promise.all(aged.slice(MOST_FILES).map(({ name }) => rm(join(dir, name), { recursive: true, force: true })));
  };

  return {
    /** Throws UserError for a file that is too large; nothing of it is kept then. */
    async put(name: string, body: ReadableStream<Uint8Array> | Readable): Promise<string> {
      const id = randomBytes(16).toString('base64url');
      const folder = join(dir, id);
      await mkdir(folder, { recursive: true });
      try {
        await pipeline(
          body instanceof Readable ? body : Readable.fromWeb(body as never),
          limited(),
          createWriteStream(join(folder, safe(name))),
        );
      } catch (error) {
        await rm(folder, { recursive: true, force: true });
        throw error;
      }
      await tidy();
      return id;
    },

    async get(id: string): Promise<Message['files'][number] | null> {
      const folder = folderOf(id);
      const [name] = folder ? await readdir(folder).catch(() => []) : [];
      if (!folder || name === undefined) return null;
      const path = join(folder, name);
      const { size } = await stat(path);
      return { name, size, open: () => Readable.toWeb(createReadStream(path)) as ReadableStream };
    },

    clear: () => rm(dir, { recursive: true, force: true }),
  };
};
export type Shelf = ReturnType<typeof shelf>;

const limited = () => {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _, done) {
      bytes += chunk.length;
      if (bytes > MOST_FILE_BYTES) done(new UserError('playground.file-too-large', { most: MOST_FILE_MB }));
      else done(null, chunk);
    },
  });
};

/** Names a file on a shelf in a reply, for platforms that upload it. */
const URL_OF = 'shelf:';
export const shelfUrl = (id: string): string => URL_OF + id;

/** The bytes of a file that is named so; null when it is there no more. */
export const bytesAt = async (shelf: Shelf, url: string): Promise<Uint8Array | null> => {
  const found = url.startsWith(URL_OF) ? await shelf.get(url.slice(URL_OF.length)) : null;
  return found && buffer(found.open());
};

/** A name that stays in its folder on any file system, and recognisable. */
const safe = (name: string): string => {
  const printable = name.toWellFormed().replace(/[\p{C}/\\:*?"<>|]/gu, '_');
  const short = [...printable].slice(-MOST_NAME_LENGTH).join('');
  return /^\.*$/.test(short) ? '_' : short;
};
