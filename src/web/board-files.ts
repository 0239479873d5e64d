import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Context } from 'hono';

const here = (name: string): string => fileURLToPath(new URL(`board/${name}`, import.meta.url));

const files = {
  'style.css': { path: here('style.css'), type: 'text/css; charset=utf-8' },
  'charts.js': { path: here('charts.js'), type: 'text/javascript; charset=utf-8' },
  'icon.svg': { path: here('../playground/favicon.svg'), type: 'image/svg+xml; charset=utf-8' },
  // Lines and bars alone, as its makers have put it together.
  'echarts.js': {
    path: fileURLToPath(import.meta.resolve('echarts/dist/echarts.common.min.js')),
    type: 'text/javascript; charset=utf-8',
  },
} as const;

const isFile = (name: string): name is keyof typeof files => Object.hasOwn(files, name);
const packed = promisify(gzip);

/** What a board page is drawn with; null for a file that it has none of. Nothing secret is in them. */
export const boardFile = async (c: Context): Promise<Response | null> => {
  const name = c.req.param('name') ?? '';
  if (!isFile(name)) return null;
  const { path, type } = files[name];
  const plain = await readFile(path);
  const isPacked = /\bgzip\b/.test(c.req.header('accept-encoding') ?? '');
  const body = isPacked ? await packed(plain) : plain;
  return new Response(new Uint8Array(body), {
    headers: {
      'Content-Type': type,
      'Cache-Control': 'public, max-age=3600',
      Vary: 'Accept-Encoding',
      ...(isPacked && { 'Content-Encoding': 'gzip' }),
    },
  });
};
