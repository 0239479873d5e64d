import { type ChildProcess, type SpawnOptions, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';

/** Valkey speaks the same protocol, keeps the same files and takes the same settings. */
const serverNames = ['redis-server', 'valkey-server'] as const;

/** Starts the first of the servers that is on PATH; null when none is. */
export const spawnServer = async (args: readonly string[], options: SpawnOptions): Promise<ChildProcess | null> => {
  for (const name of serverNames) {
    const server = spawn(name, args, options);
    try {
      await once(server, 'spawn');
      return server;
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
  }
  return null;
};

/** Which server is on PATH, and its version; null when none is. */
export const serverOnPath = (): { readonly name: string; readonly version: string } | null => {
  for (const name of serverNames) {
    const { stdout } = spawnSync(name, ['--version'], { encoding: 'utf8' });
    const version = /v=(\S+)/.exec(stdout ?? '')?.[1];
    if (version) return { name, version };
  }
  return null;
};

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';
