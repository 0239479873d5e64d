import yauzl from 'yauzl';

/** Every file in a zip, by path. */
export const unzipped = (bytes: Buffer): Promise<ReadonlyMap<string, string>> =>
  new Promise((resolve, reject) => {
    yauzl.fromBuffer(bytes, { lazyEntries: true }, (error, zip) => {
      if (error) return reject(error);
      const found = new Map<string, string>();
      zip.on('error', reject);
      zip.on('end', () => resolve(found));
      zip.on('entry', (entry) => {
        zip.openReadStream(entry, async (failed, stream) => {
          if (failed) return reject(failed);
          found.set(entry.fileName, Buffer.concat(await stream.toArray()).toString());
          zip.readEntry();
        });
      });
      zip.readEntry();
    });
  });
