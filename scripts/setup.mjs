/**
 * Everything that `npm start` and `npm test` need on a machine with Node >= 20 and npm: the locked packages (`--dev`:
 * those for development too), Node 24, a Redis server, and for the tests (`--browser`) Chromium. Prints nothing when
 * all of it is there. Runs on the old Node, before any package.
 */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const bin = join(root, 'node_modules', '.bin');
const forTests = process.argv.includes('--browser');
const forDevelopment = forTests || process.argv.includes('--dev');

/** @param {string} chinese @param {string} english */
const say = (chinese, english) => console.error(`${chinese}  ${english}`);

/** @param {string} chinese @param {string} english @returns {never} */
const giveUp = (chinese, english) => {
  say(chinese, english);
  process.exit(1);
};

/** @param {string} path */
const isExecutable = (path) => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** @param {readonly string[]} names */
const onPath = (names) =>
  names
    .flatMap((name) => (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, name)))
    .find(isExecutable);

/** @param {string} command @param {readonly string[]} args @param {NodeJS.ProcessEnv} [env] */
const run = (command, args, env = {}) =>
  spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2], env: { ...process.env, ...env } }).status === 0;

/** @param {string} command */
const versionOf = (command) => {
  const { stdout } = spawnSync(command, ['--version'], { encoding: 'utf8' });
  return /v=?(\d+)\.(\d+\.\d+)/.exec(stdout ?? '');
};

/** @typedef {{ version?: string, integrity?: string, dev?: boolean, os?: unknown, cpu?: unknown, libc?: unknown, optional?: boolean }} Package */

/** @param {string} path @returns {Record<string, Package>} */
const packagesOf = (path) => {
  try {
    return JSON.parse(readFileSync(join(root, path), 'utf8')).packages;
  } catch {
    return {};
  }
};

/** Whether npm has no reason to leave the package out on this machine. @param {Package} wanted */
const belongsHere = ({ optional, os, cpu, libc, dev }) =>
  optional
    ? [os].flat().includes(process.platform) && [cpu].flat().includes(process.arch) && libc === undefined
    : forDevelopment || !dev;

const areInstalled = () => {
  const installed = packagesOf('node_modules/.package-lock.json');
  return Object.entries(packagesOf('package-lock.json')).every(([path, wanted]) => {
    const found = installed[path];
    return path === '' || (found ? found.integrity === wanted.integrity : !belongsHere(wanted));
  });
};

const installPackages = () => {
  if (areInstalled()) return;
  say('正在安装 npm 依赖……', 'Installing the locked npm packages …');
  // Whatever NODE_ENV or the person's own npm settings say: the tests need the development packages, everybody Node 24.
  const args = ['ci', '--ignore-scripts', '--include=dev', '--include=optional', '--loglevel=error'];
  const npm = process.env.npm_execpath;
  const isDone = npm?.endsWith('.js') ? run(process.execPath, [npm, ...args]) : run('npm', args);
  if (!isDone) giveUp('npm 依赖没有装上，请联网后运行：npm ci', 'The packages could not be installed; run: npm ci');
};

/** The platform packages put a Node 24 there; elsewhere the one on PATH has to be new enough. */
const checkNode = () => {
  const own = join(bin, 'node');
  const [, major, rest] = versionOf(isExecutable(own) ? own : (onPath(['node', 'node.exe']) ?? process.execPath)) ?? [];
  if (Number(major) >= 24) return;
  const command = process.platform === 'darwin' ? 'brew install node@24 && brew link --overwrite node@24' : 'npm ci';
  giveUp(
    `需要 Node 24，现在是 ${major ?? '?'}.${rest ?? '?'}，请运行：${command}`,
    `Node 24 is needed, this is ${major ?? '?'}.${rest ?? '?'}; run: ${command}`,
  );
};

/**
 * How a program is installed here. `may`: without asking, for the person is root or Homebrew needs no root.
 * @param {{ apt: string, brew: string, dnf: string, apk: string, pacman: string }} packages
 */
const installer = ({ apt, brew, dnf, apk, pacman }) => {
  const isRoot = process.getuid?.() === 0;
  const sudo = isRoot ? '' : 'sudo ';
  if (onPath(['apt-get'])) {
    return { may: isRoot, command: `${sudo}apt-get install -y ${apt}`, install: () => byApt(apt) };
  }
  if (onPath(['brew']))
    return { may: true, command: `brew install ${brew}`, install: () => run('brew', ['install', brew]) };
  if (onPath(['dnf'])) return { may: false, command: `${sudo}dnf install -y ${dnf}` };
  if (onPath(['apk'])) return { may: false, command: `${sudo}apk add ${apk}` };
  if (onPath(['pacman'])) return { may: false, command: `${sudo}pacman -S ${pacman}` };
  return { may: false, command: null };
};

/** @param {string} name */
const byApt = (name) => {
  // We need the program alone: in runlevel 1 Debian's package does not start its service.
  const quiet = { DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  return (
    run('apt-get', ['update', '-qq'], quiet) &&
    run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', name], quiet)
  );
};

/** @param {string} what @param {() => string | undefined} find @param {ReturnType<typeof installer>} by */
const ensure = (what, find, by) => {
  if (find()) return;
  if (by.may && by.install) {
    say(`没有找到 ${what}，正在安装：${by.command}`, `${what} is missing, installing it …`);
    if (by.install() && find()) return;
  }
  giveUp(
    `没有找到 ${what}，请运行：${by.command ?? `安装 ${what} 并放进 PATH`}`,
    `${what} is missing; run: ${by.command ?? `install ${what} and put it on PATH`}`,
  );
};

const checkRedis = () => {
  const find = () => onPath(['redis-server', 'valkey-server']);
  const names = { apt: 'redis-server', brew: 'redis', dnf: 'redis', apk: 'redis', pacman: 'valkey' };
  if (!find()) ensure('redis-server', find, installer(names));
  const server = find() ?? '';
  const [, major, rest] = versionOf(server) ?? [];
  if (Number(major) >= 7) return;
  giveUp(
    `${server} 的版本是 ${major ?? '?'}.${rest ?? '?'}，需要 7.0 或更新，安装方法见 https://redis.io/docs/latest/operate/oss_and_stack/install/`,
    `It is older than 7.0; see there how to install a newer one`,
  );
};

const checkBrowser = () => {
  const usual = [
    process.env.CHROMIUM,
    '/usr/bin/chromium',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  ];
  const find = () =>
    usual.find((path) => path && isExecutable(path)) ?? onPath(['chromium', 'chromium-browser', 'google-chrome']);
  const names = { apt: 'chromium', brew: '--cask chromium', dnf: 'chromium', apk: 'chromium', pacman: 'chromium' };
  if (!find()) ensure('Chromium', find, installer(names));
};

installPackages();
checkNode();
// An outside Redis needs no server here; the tests start one of their own.
if (forTests || !process.env.REDIS_URL) checkRedis();
if (forTests) checkBrowser();
