import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Post } from './wecom-screen.ts';

/** Writes what the bot attached under `dir`, so that a person can open it. */
export const savedFiles = (dir: string) => {
  const paths = new Map<number, string>();
  return {
    pathOf: (n: number) => paths.get(n),
    save({ n, file }: Post): string | null {
      if (!file) return null;
      mkdirSync(dir, { recursive: true });
      const path = join(dir, `${n}-${file.name.replace(/[^\p{L}\p{N}._-]+/gu, '_')}`);
      writeFileSync(path, file.bytes);
      paths.set(n, path);
      return path;
    },
  };
};
