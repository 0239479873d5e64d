import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { TestProject } from 'vitest/node';
import { spawnServer } from '../src/store/private/binary.ts';
import { serverArguments } from '../src/store/private/settings.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The path of the unix socket. */
    redis: string;
  }
}

/** A Redis of our own for the whole run, on a socket that nobody else knows. Each test takes a unit of its own. */
export default async ({ provide }: TestProject) => {
  const dir = await mkdtemp(join(tmpdir(), 'rq-test-'));
  const socket = join(dir, 'redis.sock');
  // As the private one, only nothing has to survive.
  const server = await spawnServer(serverArguments({ unixsocket: socket, dir, appendonly: 'no' }), {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (!server?.stdout) throw new Error('there is no redis-server on PATH: npm run setup');
  for await (const line of createInterface(server.stdout)) if (line.includes('eady to accept connections')) break;
  if (server.exitCode !== null) throw new Error(`the test Redis ended with ${server.exitCode}`);
  // A full pipe would stop the server.
  server.stdout.resume();
  provide('redis', socket);

  return async () => {
    server.kill();
    await once(server, 'exit');
    await rm(dir, { recursive: true });
  };
};
