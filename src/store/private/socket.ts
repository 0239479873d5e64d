import { lstatSync, mkdtempSync, readlinkSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** The kernel takes 108 bytes on Linux and 104 elsewhere, the closing zero included. */
const longestSocketBytes = 100;

/**
 * The path of the server's socket for `dir`: inside it, or where that is too long in a private temporary folder, to
 * which a link in `dir` then points, so that the next bot finds the server of the last one.
 */
export const socketFor = (dir: string): string => {
  const inside = join(dir, 'redis.sock');
  if (Buffer.byteLength(inside) <= longestSocketBytes) return inside;

  const known = linkTarget(inside);
  if (known && isPrivate(dirname(known))) return known;
  // mkdtemp gives mode 700.
  const outside = join(mkdtempSync(join(tmpdir(), 'rq-')), 'redis.sock');
  rmSync(inside, { force: true });
  symlinkSync(outside, inside);
  return outside;
};

/** Takes a temporary folder away again, once the server has ended. */
export const dropSocket = (dir: string): void => {
  const inside = join(dir, 'redis.sock');
  const outside = linkTarget(inside);
  if (outside) rmSync(dirname(outside), { recursive: true, force: true });
  rmSync(inside, { force: true });
};

const linkTarget = (path: string): string | null => {
  try {
    return lstatSync(path).isSymbolicLink() ? readlinkSync(path) : null;
  } catch {
    return null;
  }
};

/** After a restart of the machine somebody else may have made a folder of that name. */
const isPrivate = (folder: string): boolean => {
  try {
    const { uid, mode } = statSync(folder);
    return uid === process.getuid?.() && (mode & 0o077) === 0;
  } catch {
    return false;
  }
};
