import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import zhCN from '../../locales/zh-CN.json' with { type: 'json' };
import { translator } from '../../src/i18n.ts';
import { playgroundPage } from '../../src/web/playground-page.ts';

const page = playgroundPage({ t: translator('zh-CN') });
const get = (path: string, from = page) => from.request(`http://localhost${path}`);
const home = join(import.meta.dirname, '../../src/web/playground');
const sources = readdirSync(home).map((name) => readFileSync(join(home, name), 'utf8'));

test('the page speaks the organisation’s language, and every sentence is filled in', async () => {
  const html = await (await get('/')).text();
  expect(html).toContain('<html lang="zh-CN">');
  expect(html).toContain('县名、人名、事项都是虚构的');
  expect(html).not.toMatch(/\{\{|"TEXTS"|>page\./);
  const english = await (await get('/', playgroundPage({ t: translator('en') }))).text();
  expect(english).toContain('<html lang="en">');
  expect(english).not.toMatch(/\p{Script=Han}/u);
});

test('the page’s scripts say nothing that the locales lack, and the locales hold nothing for it that nobody says', () => {
  const used = new Set(sources.flatMap((source) => source.match(/\bpage\.[\w.-]*[\w-]/g) ?? []));
  const made = ['file', 'nudge', 'digest', 'board'].flatMap((step) => [
    `page.guide.${step}`,
    `page.guide.${step}-note`,
  ]);
  const said = new Set([...used, ...made, 'page.lang']);
  const held = Object.keys(zhCN).filter((key) => key.startsWith('page.'));
  expect([...said].filter((key) => !held.includes(key))).toEqual([]);
  expect(held.filter((key) => !said.has(key))).toEqual([]);
});

test('nothing runs that does not come from the house', async () => {
  const answer = await get('/');
  const policy = answer.headers.get('content-security-policy') ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self'");
  expect(policy).not.toMatch(/unsafe|https?:|\*/);
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  const html = await answer.text();
  expect(html).not.toMatch(/\son\w+=|<style|style=|javascript:/);
  for (const [, url] of html.matchAll(/(?:src|href)="([^"]+)"/g)) {
    expect(url).toMatch(/^\/playground\//);
    expect((await get(url ?? '')).status).toBe(200);
  }
  // What people wrote becomes text and nothing else.
  expect(sources.join('\n')).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b/);
});

test('a text cannot end the element in which it stands', async () => {
  const t = translator('zh-CN');
  const hostile = playgroundPage({ t: (key, params) => (key === 'page.send' ? '</script><b>"&' : t(key, params)) });
  const html = await (await get('/', hostile)).text();
  expect(html).toContain('&lt;/script>&lt;b>&quot;&amp;');
  expect(html.match(/<\/script>/g)).toHaveLength(2);
});

test('every module that a module asks for is there', async () => {
  for (const source of sources) {
    for (const [, name] of source.matchAll(/from '\.\/([\w-]+\.js)'/g)) {
      const answer = await get(`/playground/${name}`);
      expect([name, answer.status, answer.headers.get('content-type')]).toEqual([
        name,
        200,
        'text/javascript; charset=utf-8',
      ]);
    }
  }
});

test('a file that has not changed is not sent again', async () => {
  const tag = (await get('/playground/app.js')).headers.get('etag') ?? '';
  const again = await page.request('http://localhost/playground/app.js', { headers: { 'if-none-match': tag } });
  expect([again.status, await again.text()]).toEqual([304, '']);
});

test('browsers without Chinese letters get some, a slice at a time', async () => {
  const css = await (await get('/playground/font/index.css')).text();
  const [, slice = ''] = /url\(\.\/(files\/[\w-]+\.woff2)\)/.exec(css) ?? [];
  const font = await get(`/playground/font/${slice}`);
  expect([font.status, font.headers.get('content-type')]).toEqual([200, 'font/woff2']);
  expect((await font.arrayBuffer()).byteLength).toBeGreaterThan(1_000);
});

test.each([
  '/playground/index.html',
  '/playground/..%2f..%2fmain.ts',
  '/playground/none.js',
  '/playground/font/files/x.woff2',
  '/playground/font/files/..%2findex.css',
])('there is no %s', async (path) => {
  expect((await get(path)).status).toBe(404);
});

test('an icon is served where browsers look for one', async () => {
  expect((await get('/favicon.ico')).headers.get('content-type')).toContain('image/svg+xml');
});
