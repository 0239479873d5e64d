import { readFileSync } from 'node:fs';
import { createCanvas } from '@napi-rs/canvas';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import en from '../../locales/en.json' with { type: 'json' };
import zhCN from '../../locales/zh-CN.json' with { type: 'json' };
import { movements, pictureKinds } from '../../src/domain/picture.ts';
import { countyName, countyUnits, office } from '../../src/platforms/playground/county.ts';
import { coverageOf, covers } from '../../src/render/cmap.ts';
import { drawable, SUBSTITUTE } from '../../src/render/glyphs.ts';
import { font, lampColours, movementColours, onHead, palettes } from '../../src/render/look.ts';
import { fontFiles, painter, worded } from '../../src/render/painter.ts';
import { picture, pixelsOf, row, rows } from './pictured.ts';

// Pixels take their time on a slow machine.
vi.setConfig({ testTimeout: 30_000 });

const paint = painter();
const coverage = coverageOf(readFileSync(fontFiles[0] ?? ''));
const has = (character: number) => covers(coverage, character);
const seen = (over: Parameters<typeof picture>[0]) => {
  const painted = paint(picture(over));
  return { ...painted, ...pixelsOf(painted.png) };
};

test('a picture is 750 wide, as high as its rows need, and not blank', () => {
  const heights = [0, 1, 5, 20, 40].map((count) => {
    const { width, height, colours } = seen({ rows: rows(count) });
    expect(width).toBe(750);
    const found = colours();
    expect(found.get('#ffffff')).toBeGreaterThan(0);
    expect(found.get(palettes.board.head)).toBeGreaterThan(10_000);
    expect(found.has('#17211e')).toBe(true);
    return height;
  });
  expect(heights).toEqual(heights.toSorted((a, b) => a - b));
  expect((heights[3] ?? 0) - (heights[2] ?? 0)).toBe((15 * ((heights[2] ?? 0) - (heights[1] ?? 0))) / 4);
});

test('no more than 40 rows are drawn, whatever is asked', () => {
  expect(seen({ rows: rows(500) }).height).toBe(seen({ rows: rows(40) }).height);
});

test('bars are as long as their value; none is drawn for nothing', () => {
  const lengthOf = (bar: number | null) =>
    seen({ rows: [row({ bar, movement: null, rank: '' })] })
      .colours()
      .get(palettes.board.bar) ?? 0;
  const [none, zero, half, whole, more] = [null, 0, 500, 1000, 5000].map(lengthOf);
  expect([none, zero]).toEqual([0, 0]);
  expect((whole ?? 0) / (half ?? 1)).toBeCloseTo(2, 1);
  expect(more).toBe(whole);
});

test('the kinds can be told apart without any colour', () => {
  // The lower edge of the head, in grey: plain, a double line, stripes.
  const grey = (colour: string) => {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
    return Math.round((0.3 * red + 0.59 * green + 0.11 * blue) / 64);
  };
  const edges = pictureKinds.map((kind) => {
    const { colourAt } = seen({ kind });
    const head = Array.from({ length: 200 }, (_, y) => y).findLastIndex((y) => colourAt(4, y) !== '#ffffff');
    return JSON.stringify(Array.from({ length: 64 }, (_, i) => grey(colourAt(200 + (i % 16), head - (i >> 4) * 2))));
  });
  expect(new Set(edges).size).toBe(3);
});

test('each lamp and each movement has a shape of its own', () => {
  const silhouettes = (all: readonly ReturnType<typeof row>[], colour: (one: ReturnType<typeof row>) => string) =>
    all.map((one) => {
      const { width, height, colourAt } = seen({ rows: [one], title: '榜' });
      const xs: string[] = [];
      for (let y = 160; y < height; y += 1) {
        const line = Array.from({ length: width }, (_, x) => (colourAt(x, y) === colour(one) ? 1 : 0));
        if (line.includes(1)) xs.push(`${line.indexOf(1) - 400}:${line.lastIndexOf(1)}`);
      }
      return xs.join();
    });
  const lamps = (['green', 'blue', 'yellow', 'red', 'paused'] as const).map((colour) =>
    row({ lamp: { colour, letter: '灯' }, movement: null }),
  );
  expect(new Set(silhouettes(lamps, ({ lamp }) => lampColours[lamp?.colour ?? 'green'].fill)).size).toBe(5);
  const moves = movements.map((direction) => row({ movement: { direction, words: '1' } }));
  expect(new Set(silhouettes(moves, ({ movement }) => movementColours[movement?.direction ?? 'up'])).size).toBe(4);
});

test('words stand out from their ground by 4.5 to 1 at least', () => {
  const light = (colour: string) => {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
      const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const contrast = (a: string, b: string) => {
    const [low = 0, high = 0] = [light(a), light(b)].sort((x, y) => x - y);
    return (high + 0.05) / (low + 0.05);
  };
  const pairs = [
    ...Object.values(palettes).flatMap(({ head, soft }) => [
      [onHead, head],
      [head, soft],
      ['#17211e', soft],
      ['#55625d', soft],
    ]),
    ...Object.values(lampColours).map(({ fill, letter }) => [letter, fill]),
    ...Object.values(movementColours).flatMap((colour) => [
      [colour, '#ffffff'],
      ...Object.values(palettes).map(({ soft }) => [colour, soft]),
    ]),
  ];
  expect(pairs.filter(([a = '', b = '']) => contrast(a, b) < 4.5)).toEqual([]);
});

test('both weights of the font have the same characters, as many as Noto says', () => {
  const [regular, bold] = fontFiles.map((path) => coverageOf(readFileSync(path)));
  expect(bold).toEqual(regular);
  expect(coverage.reduce((sum, [first, last]) => sum + last - first + 1, 0)).toBe(30_890);
});

/** Lamps and crosses of the text; pictures draw theirs. */
const NOT_IN_PICTURES = /[\u{1f534}-\u{1f7ff}⚪✗]|\ufe0f/gu;

test('every character that the house says has a glyph, in the table of the font and on the canvas', () => {
  const county = JSON.stringify([countyName, countyUnits, office]);
  const said = [...Object.values(zhCN), ...Object.values(en), county].join('').replace(NOT_IN_PICTURES, '');
  const samples = '王一李二𬭊䶮〇·—…（）“”〓Àéü①Ⅲ㎡℃→↑↓≥×÷½';
  const characters = [...new Set([...said, ...samples])].filter((one) => !/[\s\p{C}]/u.test(one));
  expect(characters.length).toBeGreaterThan(700);
  expect(characters.filter((one) => !has(one.codePointAt(0) ?? 0))).toEqual([]);

  // The canvas itself draws something else for each than for a character that no font has.
  const drawn = (text: string, size: 400 | 700) => {
    const to = createCanvas(24, 24).getContext('2d');
    to.font = font(20, size);
    to.fillText(text, 1, 19);
    return Buffer.from(to.getImageData(0, 0, 24, 24).data).toString('base64');
  };
  const [missing, bold] = [drawn('\u{10fffd}', 400), drawn('\u{10fffd}', 700)];
  expect(characters.filter((one) => drawn(one, 400) === missing || drawn(one, 700) === bold)).toEqual([]);
});

test.each([
  ['an emoji', '城关镇🔥', '城关镇〓'],
  ['a family, one character to its reader', '👨‍👩‍👧之家', '〓之家'],
  ['a rare character', '𠮷野镇', '〓野镇'],
  ['letters of another script', 'שלום', '〓〓〓〓'],
  ['a tower of marks', 'Z͑ͫ̓ͪA', '〓A'],
  ['marks of direction', '\u202e反转\u2066镇\u200f', '反转镇'],
  ['control characters and line ends', '城\u0000关\n镇\u200b', '城关 镇'],
  ['markdown, as it was typed', '**粗**[链](http://x)<b>', '**粗**[链](http://x)<b>'],
  ['letters in two parts', 'e\u0301', 'é'],
  ['half a pair', '城\ud800镇', '城\ufffd镇'],
  ['a variation of a known character', '葛\u{e0100}镇', '葛镇'],
])('%s', (_, typed, shown) => {
  expect(drawable(typed, has)).toBe(has(0xfffd) ? shown : shown.replace('\ufffd', SUBSTITUTE));
});

test('whatever a name is made of, every character that is drawn has its glyph, and drawing does not fail', () => {
  const anything = fc.string({ unit: 'binary', maxLength: 60 });
  fc.assert(
    fc.property(anything, anything, (name, note) => {
      const shown = drawable(name, has);
      expect([...shown].filter((one) => !has(one.codePointAt(0) ?? 0))).toEqual([]);
      expect(
        paint(picture({ title: name, rows: [row({ name, note, rank: note, value: name })] })).png.length,
      ).toBeGreaterThan(1000);
    }),
    { numRuns: 30 },
  );
});

test('a name too long for its line ends in an … before the value, and changes nothing else', () => {
  const long = seen({ rows: [row({ name: '综合行政执法大队'.repeat(30) })] });
  const short = seen({ rows: [row({ name: '综' })] });
  expect(long.height).toBe(short.height);
  // Colours of edges may stand for their neighbours: the palette has 256.
  const inkAt = ({ width, colourAt }: typeof long) =>
    Array.from({ length: 40 * 100 }, (_, i) => {
      const colour = colourAt(width - 132 + (i % 100), 215 + Math.floor(i / 100));
      return Number.parseInt(colour.slice(3, 5), 16);
    });
  const [ofLong, ofShort] = [inkAt(long), inkAt(short)];
  expect(Math.min(...ofShort)).toBeLessThan(0x30);
  expect(ofLong.filter((ink, i) => Math.abs(ink - (ofShort[i] ?? 0)) > 40)).toEqual([]);
});

test('no word of a picture reaches the canvas without being looked at', () => {
  const marked = worded(
    picture({ notes: ['注'], rows: [row({ note: '注', lamp: { colour: 'red', letter: '红' } })] }),
    (text) => `✓${text}`,
  );
  const words = (value: unknown): string[] =>
    typeof value === 'string' ? [value] : typeof value === 'object' && value ? Object.values(value).flatMap(words) : [];
  const unmarked = words(marked).filter((text) => !text.startsWith('✓') && !/^[a-z]+$/.test(text));
  // What stands beside the picture, for those who do not see it.
  expect(unmarked).toEqual(['单位榜']);
});
