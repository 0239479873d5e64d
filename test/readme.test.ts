import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Hono } from 'hono';
import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { commands } from '../commands/index.ts';
import manifest from '../package.json' with { type: 'json' };
import { variableNames, variables } from '../src/config.ts';
import { mayRun, roleNamed } from '../src/domain/roles.ts';
import { scoreRule } from '../src/domain/score.ts';
import { settingNamed, settingNames, settingRules } from '../src/domain/setting-rules.ts';
import { defaults } from '../src/domain/settings.ts';
import { isMessageKey, translator } from '../src/i18n.ts';
import type { Playground } from '../src/ports.ts';
import { playgroundApi } from '../src/web/playground.ts';

const root = join(import.meta.dirname, '..');
const read = (name: string) => readFileSync(join(root, name), 'utf8');
const readme = read('README.md');
const t = translator('zh-CN');

/** The rows of the table whose first column is called `first`, without the backticks around names. */
const table = (first: string): readonly (readonly string[])[] => {
  const lines = readme.split('\n');
  const head = lines.findIndex((line) => line.startsWith(`| ${first} |`));
  const rest = head < 0 ? [] : lines.slice(head + 2);
  const end = rest.findIndex((line) => !line.startsWith('|'));
  return rest.slice(0, end).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
};
const words = (cell = '') => [...cell.matchAll(/`([^`]+)`/g)].map(([, word]) => word);

test('the table of commands names each command with its aliases and who may run it, in the order of the list', () => {
  const said = table('命令').filter(([name]) => /^`\//.test(name ?? ''));
  expect(said.map(([name, aliases, , who]) => [words(name), words(aliases), who?.split('、').map(roleIn)])).toEqual(
    commands.map(({ name, aliases }) => [[`/${name}`], aliases, mayRun[name]]),
  );
});

const roleIn = (word: string) => (word === '所有人' ? 'anyone' : roleNamed(word));

test('the table of variables says what the code says: name, default, meaning', () => {
  expect(table('变量').map(([name, standard, meaning]) => [words(name)[0], words(standard)[0] ?? '', meaning])).toEqual(
    variableNames.map((name) => [name, variables[name].standard, t(`config.${name}`)]),
  );
});

test('the table of settings says the defaults and the ranges that /设置 says', () => {
  expect(table('设置').map(([word, standard, range]) => [settingNamed(word ?? ''), standard, range])).toEqual(
    settingNames.map((name) => {
      const { value, range } = settingRules[name];
      return [name, t(`settings.value.${name}`, value(defaults)), t(`settings.within.${name}`, range)];
    }),
  );
});

test('every npm command in the pages is a script of the package', () => {
  const scripts = Object.keys(manifest.scripts);
  const said = pages.flatMap((page) => [...read(page).matchAll(/\bnpm (?:run (?:-s )?)?([a-z]+)/g)]);
  const named = said.map(([, name]) => name ?? '').filter((name) => !['run', 'ci'].includes(name));
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter((name) => !scripts.includes(name))).toEqual([]);
  expect(readme).toContain('\nnpm start\n');
  expect(readme).toContain('\nnpm test\n');
});

const pages = ['README.md', 'CHANGELOG.md', 'SECURITY.md'];
const targetsIn = (page: string) =>
  [...read(page).matchAll(/\]\(([^)\s]+)\)|src="([^"]+)"/g)].map((match) => match[1] ?? match[2] ?? '');

test.each(pages)('what %s links to is there', (page) => {
  const anchors = [...read(page).matchAll(/^#+ (.+)$/gm)].map(
    ([, title = '']) => `#${title.toLowerCase().replaceAll(' ', '-')}`,
  );
  const targets = targetsIn(page).filter((target) => !/^https?:/.test(target));
  expect(
    targets.filter((target) => (target.startsWith('#') ? !anchors.includes(target) : !existsSync(join(root, target)))),
  ).toEqual([]);
});

test('the pictures are small enough for a slow line', () => {
  const pictures = [...new Set(targetsIn('README.md').filter((target) => /\.png$/.test(target)))];
  expect(pictures).toEqual(['docs/playground.png', 'docs/playground-phone.png']);
  for (const picture of pictures) expect(statSync(join(root, picture)).size).toBeLessThanOrEqual(300_000);
});

test('the interface answers every call in its table, and none with "no such address"', async () => {
  const calls = table('接口').map(([call]) => words(call)[0]?.split(' ') ?? []);
  expect(calls.length).toBeGreaterThan(6);
  const log = { info() {}, warn() {}, error() {}, child: () => log } as never;
  // Nothing behind it: what is asked here is whether somebody answers at the address at all.
  const playground = { zone: 'Asia/Shanghai', now: Temporal.Now.instant, subscribe: () => () => {} };
  const api = playgroundApi({ playground: playground as unknown as Playground, isOwnName: () => true, t, log });
  const app = new Hono().route('/playground/api', api);
  expect((await app.request('/playground/api/nothing')).status).toBe(404);
  for (const [method = '', path = ''] of calls) {
    const { status, body } = await app.request(path, { method });
    await body?.cancel();
    expect([404, 405], `${method} ${path}`).not.toContain(status);
  }
});

test('the rule version and the codes in the text are those of the house', () => {
  expect(readme).toContain(`\`${scoreRule.version}\``);
  const codes = [...readme.matchAll(/"code": "([a-z-]+)"/g)].map(([, code]) => `playground.${code}`);
  expect(codes.length).toBeGreaterThan(0);
  expect(codes.filter((code) => !isMessageKey(code))).toEqual([]);
});

test('sentences quoted from the bot are still its sentences', () => {
  expect(readme).toContain(t('error.unconfirmed'));
  expect(readme).toContain(`${t('start.claim', { code: '73D3-HQ7W' })}\n`);
});

test('the changelog begins with what is not released yet, or with the version of the package', () => {
  const [first] = [...read('CHANGELOG.md').matchAll(/^## \[([^\]]+)\]/gm)].map(([, version]) => version);
  expect(['未发布', manifest.version]).toContain(first);
});
