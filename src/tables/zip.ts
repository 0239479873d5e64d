import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import yauzl from 'yauzl';
import { UserError } from '../errors.ts';
import { MOST_UNPACKED_BYTES, MOST_ZIP_ENTRIES } from './limits.ts';

/** The files in a zip. All that is read from it counts against one limit. */
export type Zip = {
  has(name: string): boolean;
  /** Throws UserError when the file is not there, encrypted, broken or unfolds too far. */
  read(name: string): AsyncIterable<Buffer>;
  close(): void;
};

/** Opens the zip at `path`. Throws UserError for what is none. */
export const openZip = async (path: string): Promise<Zip> => {
  const file = await openedAt(path, { lazyEntries: true, autoClose: false }).catch(() => {
    throw new UserError('table.broken');
  });
  const entries = await entriesOf(file).catch((error: unknown) => {
    file.close();
    throw error instanceof UserError ? error : new UserError('table.broken');
  });
  let unpacked = 0;

  return {
    has: (name) => entries.has(name),
    async *read(name) {
      const entry = entries.get(name);
      if (!entry) throw new UserError('table.broken');
      if (entry.isEncrypted()) throw new UserError('table.encrypted');
      try {
        for await (const piece of await streamOf(file, entry)) {
          unpacked += piece.length;
          if (unpacked > MOST_UNPACKED_BYTES) throw new UserError('table.unfolds');
          yield piece;
        }
      } catch (error) {
        throw error instanceof UserError ? error : new UserError('table.broken');
      }
    },
    close: () => file.close(),
  };
};

const openedAt = promisify<string, yauzl.Options, yauzl.ZipFile>(yauzl.open);

const entriesOf = (file: yauzl.ZipFile): Promise<ReadonlyMap<string, yauzl.Entry>> =>
  new Promise((resolve, reject) => {
    const found = new Map<string, yauzl.Entry>();
    file.on('error', reject);
    file.on('end', () => resolve(found));
    file.on('entry', (entry: yauzl.Entry) => {
      found.set(entry.fileName, entry);
      if (found.size > MOST_ZIP_ENTRIES) reject(new UserError('table.unfolds'));
      else file.readEntry();
    });
    file.readEntry();
  });

const streamOf = (file: yauzl.ZipFile, entry: yauzl.Entry): Promise<Readable> =>
  new Promise((resolve, reject) =>
    file.openReadStream(entry, (error, stream) => (error ? reject(error) : resolve(stream))),
  );
