import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { tempDir } from '../store/own-redis.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const isRoot = process.getuid?.() === 0;

/** A PATH with Node and nothing else but these programs. */
const pathWith = (programs: Record<string, string>): string => {
  const dir = tempDir();
  symlinkSync(process.execPath, join(dir, 'node'));
  for (const [name, script] of Object.entries(programs)) {
    writeFileSync(join(dir, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(dir, name), 0o755);
  }
  return dir;
};

const setUp = (path: string, { args = [], env = {} }: { args?: string[]; env?: Record<string, string> } = {}) => {
  const began = performance.now();
  const ran = spawnSync(process.execPath, ['scripts/setup.mjs', ...args], {
    cwd: root,
    encoding: 'utf8',
    env: { PATH: path, ...env },
  });
  return { code: ran.status, output: ran.stdout + ran.stderr, ms: performance.now() - began };
};

const server = 'echo "Redis server v=7.2.4 sha=00000000:0"';

test('where everything is there it prints nothing and takes well under a second', () => {
  const { code, output, ms } = setUp(pathWith({ 'redis-server': server }), {
    args: ['--browser'],
    env: { CHROMIUM: process.execPath },
  });
  expect({ code, output }).toEqual({ code: 0, output: '' });
  expect(ms).toBeLessThan(800);
});

test('Valkey does as well', () => {
  expect(setUp(pathWith({ 'valkey-server': 'echo "Valkey server v=8.0.1"' }))).toMatchObject({ code: 0, output: '' });
});

test('without Redis and without a way to install it: one line with what to run, and 1', () => {
  const { code, output } = setUp(pathWith({ dnf: 'exit 1' }));
  expect(code).toBe(1);
  expect(output.trimEnd().split('\n')).toHaveLength(1);
  expect(output).toMatch(/没有找到 redis-server，请运行：(sudo )?dnf install -y redis/);
});

test('an outside Redis needs no server on this machine, unless the tests are to run', () => {
  const env = { REDIS_URL: 'redis://redis.example', CHROMIUM: process.execPath };
  expect(setUp(pathWith({}), { env })).toMatchObject({ code: 0, output: '' });
  expect(setUp(pathWith({}), { env, args: ['--browser'] }).code).toBe(1);
});

test('apt installs it for root, said before; others are told the command', () => {
  const path = pathWith({});
  const install = `case "$*" in *install*redis-server*) printf '#!/bin/sh\\n${server.replaceAll('"', '\\"')}\\n' > ${path}/redis-server; /bin/chmod 755 ${path}/redis-server;; esac`;
  writeFileSync(join(path, 'apt-get'), `#!/bin/sh\n${install}\n`);
  chmodSync(join(path, 'apt-get'), 0o755);

  const { code, output } = setUp(path);
  expect(output).toContain(
    isRoot ? '正在安装：apt-get install -y redis-server' : '请运行：sudo apt-get install -y redis-server',
  );
  expect({ code, isThere: existsSync(join(path, 'redis-server')) }).toEqual({ code: isRoot ? 0 : 1, isThere: isRoot });
});

test('an installation that fails ends with the command to run by hand', () => {
  const { code, output } = setUp(pathWith({ 'apt-get': 'exit 100' }));
  expect(code).toBe(1);
  expect(output.trimEnd().split('\n').at(-1)).toContain('apt-get install -y redis-server');
});

test('a server older than 7.0 is refused by its version', () => {
  const { code, output } = setUp(pathWith({ 'redis-server': 'echo "Redis server v=6.0.16 sha=0"' }));
  expect(code).toBe(1);
  expect(output).toContain('6.0.16');
});

test('without Chromium the tests do not begin', () => {
  const path = pathWith({ 'redis-server': server, dnf: 'exit 1' });
  const { code, output } = setUp(path, { args: ['--browser'], env: { CHROMIUM: '/nowhere' } });
  // The usual place does as well.
  if (existsSync('/usr/bin/chromium')) return expect({ code, output }).toEqual({ code: 0, output: '' });
  expect(code).toBe(1);
  expect(output).toContain('Chromium');
});
