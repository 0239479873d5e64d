import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Picture } from '../../../src/domain/picture.ts';
import { type Reply, text } from '../../../src/message.ts';
import { gallery } from '../../../src/platforms/playground/pictures.ts';
import type { DrawPicture } from '../../../src/ports.ts';
import { picture } from '../../render/pictured.ts';
import { ledger } from '../../values.ts';

const drawnOf = ({ title }: Picture) => ({ png: new TextEncoder().encode(title), width: 750, height: 400 });

const house = async (draw?: DrawPicture) => {
  const folder = await mkdtemp(join(tmpdir(), 'rq-gallery-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const asked: string[] = [];
  const dir = join(folder, 'pictures');
  const open = () =>
    gallery({
      dir,
      log: ledger().log,
      draw:
        draw ??
        (async (picture) => {
          asked.push(picture.title);
          return drawnOf(picture);
        }),
    });
  return { ...open(), open, dir, asked };
};
const said = (title: string): Reply => [
  ...text('榜'),
  { kind: 'picture', picture: picture({ title, alt: `图：${title}` }) },
];
const urlOf = (reply: Reply) => reply.flatMap((block) => (block.kind === 'image' ? [block.url] : []))[0] ?? '';

test('a picture becomes an image with its size in its name and its words beside it', async () => {
  const { illustrated, get } = await house();
  const reply = await illustrated(said('甲'), 1_000);
  expect(reply).toEqual([
    { kind: 'text', text: '榜' },
    {
      kind: 'image',
      url: expect.stringMatching(/^\/playground\/api\/pictures\/[\w-]{22}-750x400\.png$/),
      alt: '图：甲',
    },
  ]);
  const bytes = await get(urlOf(reply).split('/').at(-1) ?? '');
  expect(new TextDecoder().decode(bytes ?? undefined)).toBe('甲');
});

test('the same picture is drawn once, however often and in how many chats at once; another is another', async () => {
  const { illustrated, asked, open } = await house();
  const first = await Promise.all(Array.from({ length: 5 }, () => illustrated(said('甲'), 1_000)));
  const again = await open().illustrated(said('甲'), 1_000);
  const other = await illustrated(said('乙'), 1_000);
  expect(new Set([...first, again].map(urlOf)).size).toBe(1);
  expect(urlOf(other)).not.toBe(urlOf(again));
  expect(asked).toEqual(['甲', '乙']);
});

test('what cannot be drawn or kept is left out, and the text stays', async () => {
  const { illustrated } = await house(async () => null);
  expect(await illustrated(said('甲'), 1_000)).toEqual(text('榜'));

  const full = await house();
  await writeFile(full.dir, 'a file where the folder would be');
  expect(await full.illustrated(said('甲'), 1_000)).toEqual(text('榜'));
});

test('so many are kept; those asked for again stay', async () => {
  const { illustrated, dir } = await house();
  const first = await illustrated(said('甲'), 1_000);
  for (let i = 0; i < 150; i += 1) await illustrated(said(`之一 ${i}`), 1_000);
  await illustrated(said('甲'), 1_000);
  for (let i = 0; i < 200; i += 1) await illustrated(said(`之二 ${i}`), 1_000);
  const kept = await readdir(dir);
  expect(kept).toHaveLength(300);
  expect(kept).toContain(urlOf(first).split('/').at(-1));
});

test.each(['../secret.png', '..%2fsecret', 'x.png', 'a'.repeat(22), `${'a'.repeat(22)}-1x1.png/..`, ''])(
  'no other file is handed out: %j',
  async (name) => {
    const { get, illustrated, dir } = await house();
    await illustrated(said('甲'), 1_000);
    await writeFile(join(dir, '..', 'secret.png'), 'secret');
    expect(await get(name)).toBeNull();
  },
);
