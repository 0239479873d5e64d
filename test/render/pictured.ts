/** Sample pictures, and a look at what was drawn. */
import { inflateSync } from 'node:zlib';
import type { Picture, PictureRow } from '../../src/domain/picture.ts';

export const row = (over: Partial<PictureRow> = {}): PictureRow => ({
  ...{ rank: '1', name: '城关镇', note: '', value: '81.2', bar: 812, lamp: null },
  ...{ movement: { direction: 'up', words: '2 位 +5.2' }, isOwn: false },
  ...over,
});

export const picture = (over: Partial<Picture> = {}): Picture => ({
  ...{ kind: 'board', title: '单位榜', subtitle: '上周（11月16日—11月22日）' },
  columns: { name: '名次 · 单位', value: '得分', movement: '较前一周' },
  rows: [row(), row({ rank: '2', name: '财政局' })],
  ...{ empty: '还不能排名。', notes: [] },
  footer: ['规则 r1。仅供工作调度，不作为考核依据'],
  alt: '单位榜',
  ...over,
});

export const rows = (count: number): PictureRow[] =>
  Array.from({ length: count }, (_, i) =>
    row({ rank: `${i + 1}`, name: `第${i + 1}单位`, bar: 1000 - 20 * i, value: `${(1000 - 20 * i) / 10}.0` }),
  );

type Colour = string;

/** The pixels of a PNG with a palette, each as `#rrggbb`: a reader of its own, by the letter of the standard. */
export const pixelsOf = (png: Uint8Array) => {
  const file = Buffer.from(png);
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < file.length; ) {
    const length = file.readUInt32BE(at);
    chunks.set(file.toString('latin1', at + 4, at + 8), file.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  const [head, palette, data] = ['IHDR', 'PLTE', 'IDAT'].map((name) => chunks.get(name) ?? Buffer.alloc(0));
  if (!head || !palette || !data) throw new Error('no PNG');
  const [width, height] = [head.readUInt32BE(0), head.readUInt32BE(4)];
  const places = inflateSync(data);
  const colourOf = (place: number): Colour => `#${palette.toString('hex', 3 * place, 3 * place + 3)}`;
  const colourAt = (x: number, y: number): Colour => colourOf(places[y * (width + 1) + 1 + x] ?? 0);
  /** How many pixels have which colour. */
  const colours = (): Map<Colour, number> => {
    const counts = new Uint32Array(256);
    for (let y = 0; y < height; y += 1) {
      for (const place of places.subarray(y * (width + 1) + 1, (y + 1) * (width + 1)))
        counts[place] = (counts[place] ?? 0) + 1;
    }
    return new Map(
      [...counts].map((count, place) => [colourOf(place), count] as const).filter(([, count]) => count > 0),
    );
  };
  return { width, height, colourAt, colours };
};
