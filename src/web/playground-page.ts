import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Hono, type MiddlewareHandler } from 'hono';
import zhCN from '../../locales/zh-CN.json' with { type: 'json' };
import { isMessageKey, type Translate } from '../i18n.ts';

const home = fileURLToPath(new URL('playground', import.meta.url));
const font = fileURLToPath(new URL('.', import.meta.resolve('@fontsource-variable/noto-sans-sc/index.css')));

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.woff2': 'font/woff2',
};

/** What the page says, as `page.…` and the names of roles; a value such as {count} is filled in by the page itself. */
const spoken = Object.keys(zhCN).filter((key) => /^(page|role)\./.test(key));
const slots = { name: '{name}', unit: '{unit}', count: '{count}', time: '{time}', code: '{code}', title: '{title}' };

/** The page at `/`, with everything it needs served from the house. */
export const playgroundPage = ({ t }: { readonly t: Translate }): Hono => {
  const texts = Object.fromEntries(spoken.map((key) => [key, isMessageKey(key) ? t(key, slots) : key]));
  const index = readFileSync(join(home, 'index.html'), 'utf8')
    .replace('lang="zh-CN"', `lang="${t('page.lang')}"`)
    .replace(/\{\{([\w.-]+)\}\}/g, (_, key: string) => escaped(texts[key] ?? key))
    // Less-than is written as an escape, so that no text can end the element it stands in.
    .replace('"TEXTS"', () => JSON.stringify(texts).replaceAll('<', '\\u003c'));
  const files = new Map(
    readdirSync(home)
      .filter((name) => name !== 'index.html')
      .map((name) => [name, readFileSync(join(home, name))]),
  );

  const app = new Hono();
  app.use('*', guarded);
  app.get('/', () => answer(index, '.html'));
  app.get('/favicon.ico', () => answer(files.get('favicon.svg') ?? '', '.svg'));
  app.get('/playground/font/files/:name', (c) => {
    const name = c.req.param('name');
    if (!/^[\w-]+\.woff2$/.test(name)) return c.notFound();
    return fontFile(join(font, 'files', name)) ?? c.notFound();
  });
  app.get('/playground/font/index.css', () => answer(readFileSync(join(font, 'index.css')), '.css', DAY));
  app.get('/playground/:name', (c) => {
    const name = c.req.param('name');
    const file = files.get(name);
    if (file === undefined) return c.notFound();
    const tag = `"${createHash('sha1').update(file).digest('base64url')}"`;
    if (c.req.header('if-none-match') === tag) return c.body(null, 304, { ETag: tag });
    return answer(file, extname(name), 'no-cache', { ETag: tag });
  });
  return app;
};

const DAY = 'public, max-age=86400';

const answer = (body: string | Uint8Array<ArrayBuffer>, kind: string, keep = 'no-cache', more = {}): Response =>
  new Response(body, { headers: { 'Content-Type': types[kind] ?? '', 'Cache-Control': keep, ...more } });

const fontFile = (path: string): Response | null => {
  try {
    return answer(readFileSync(path), '.woff2', DAY);
  } catch {
    return null;
  }
};

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

const guarded: MiddlewareHandler = async (c, next) => {
  await next();
  c.res.headers.set('Content-Security-Policy', policy);
  c.res.headers.set('X-Content-Type-Options', 'nosniff');
  c.res.headers.set('Referrer-Policy', 'no-referrer');
};

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
