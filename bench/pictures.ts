import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createCanvas, GlobalFonts } from '@napi-rs/canvas';
import { type Browser, chromium, type Page } from 'playwright-core';
import type { Picture } from '../src/domain/picture.ts';
import { fontFiles } from '../src/render/painter.ts';
import { pictures } from '../src/render/picture.ts';
import { silent } from './county.ts';
import { inFlight, judged, median, race, ratio } from './rounds.ts';

const ROWS = 20;
const ROUNDS = 12;
const CALLS = 4;
/** Pictures drawn while the event loop is watched. */
const RUSH = 100;
const PATIENCE_MS = 60_000;

const picture: Picture = {
  kind: 'board',
  title: '单位榜',
  subtitle: '上周（11月16日—11月22日）',
  columns: { name: '名次 · 单位', value: '得分', movement: '较前一周' },
  rows: Array.from({ length: ROWS }, (_, i) => ({
    rank: `${i + 1}`,
    name: ['城关镇人民政府', '自然资源和规划局', '水利局', '市场监督管理局综合行政执法大队'][i % 4] ?? '',
    note: '',
    value: `${98 - i}.${i % 10}`,
    bar: 980 - 10 * i,
    lamp: null,
    movement: { direction: (['up', 'down', 'same', 'new'] as const)[i % 4] ?? 'same', words: '2 位 +5.2' },
    isOwn: i === 3,
  })),
  empty: '',
  notes: [],
  footer: ['规则 r1。仅供工作调度，不作为考核依据'],
  alt: '',
};

/**
 * A picture of 20 rows by the drawing thread, from asking to the bytes in hand, against the same words and bars put on a
 * bare canvas in this very thread and written by it, and against the same table in a headless Chromium that is open and
 * warm: content set, screenshot taken. And what the event loop notices of a hundred pictures.
 */
export const picturing = async (): Promise<readonly string[]> => {
  const { draw, stop } = pictures({ log: silent });
  for (const path of fontFiles) GlobalFonts.registerFromPath(path, 'Bare');
  const browser = await launched();
  const page = await browser?.newPage({ viewport: { width: 375, height: 800 }, deviceScaleFactor: 2 });
  const bytes = { ours: 0, bare: 0, chromium: 0 };
  try {
    const figures = await race(
      [
        {
          name: 'ours',
          act: async () => {
            bytes.ours = (await draw(picture, PATIENCE_MS))?.png.length ?? Number.NaN;
          },
        },
        {
          name: 'bare canvas',
          act: async () => {
            bytes.bare = bare().length;
          },
        },
        ...(page
          ? [
              {
                name: 'Chromium',
                act: async () => {
                  bytes.chromium = (await shot(page)).length;
                },
              },
            ]
          : []),
      ],
      { warmUps: 2, rounds: ROUNDS, calls: CALLS, inFlight: 1 },
      async () => 0,
    );
    const [ours, canvas, chrome] = figures.map(({ wall }) => wall);
    const ms = (wall: readonly number[] = []) => (median(wall) / 1e3).toFixed(0);
    const kB = (count: number) => `${Math.round(count / 1e3)} kB`;
    const toBare = ratio(ours ?? [], canvas ?? []);
    const toChromium = ratio(ours ?? [], chrome ?? []);
    const delay = await delayWhile(() => inFlight(RUSH, 4, () => draw(picture, PATIENCE_MS)));
    return [
      `     a picture of ${ROWS} rows: ours ${ms(ours)} ms (${kB(bytes.ours)}), bare canvas ${ms(canvas)} ms (${kB(bytes.bare)}), Chromium ${page ? `${ms(chrome)} ms (${kB(bytes.chromium)})` : 'not found'}`,
      judged('picture ÷ bare canvas', toBare, '≤ 1.30', toBare <= 1.3),
      ...(page ? [judged('picture ÷ headless Chromium', toChromium, '≤ 0.50', toChromium <= 0.5)] : []),
      judged(`event loop delay while ${RUSH} pictures are drawn, p99 in ms`, delay, '≤ 20.00', delay <= 20),
    ];
  } finally {
    await browser?.close();
    await stop();
  }
};

/** The browser of the tests; null on a machine without one. */
const launched = (): Promise<Browser | null> =>
  chromium
    .launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] })
    .catch(() => null);

/** The 99th percentile in ms, of a timer that wants to fire each millisecond. */
const delayWhile = async (work: () => Promise<unknown>): Promise<number> => {
  const histogram = monitorEventLoopDelay({ resolution: 1 });
  histogram.enable();
  await work();
  histogram.disable();
  return histogram.percentile(99) / 1e6;
};

/** Nothing measured, nothing checked, every place known beforehand. */
const bare = (): Buffer => {
  const [width, height] = [375, 100 + 50 * ROWS + 60];
  const canvas = createCanvas(2 * width, 2 * height);
  const to = canvas.getContext('2d');
  to.scale(2, 2);
  to.fillStyle = '#ffffff';
  to.fillRect(0, 0, width, height);
  to.fillStyle = '#0a6557';
  to.fillRect(0, 0, width, 74);
  const write = (text: string, colour: string, font: string, [x, y]: readonly [number, number]) => {
    to.fillStyle = colour;
    to.font = `${font} Bare`;
    to.fillText(text, x, y);
  };
  write(picture.title, '#ffffff', '700 20px', [16, 35]);
  write(picture.subtitle, '#ffffff', '400 13px', [16, 56]);
  write(picture.columns.name, '#55625d', '400 11px', [16, 93]);
  write(picture.columns.value, '#55625d', '400 11px', [300, 93]);
  for (const [i, { rank, name, value, bar, movement }] of picture.rows.entries()) {
    const y = 102 + 50 * i;
    write(rank, '#0a6557', '700 14px', [22, y + 27]);
    write(name, '#17211e', '700 15px', [52, y + 26]);
    write(value, '#17211e', '700 16px', [325, y + 26]);
    write(movement?.words ?? '', '#0a6557', '400 11px', [310, y + 44]);
    for (const [colour, long] of [['#e0ebe7', 211] as const, ['#0d7a68', (211 * (bar ?? 0)) / 1000] as const]) {
      to.fillStyle = colour;
      to.beginPath();
      to.roundRect(52, y + 37, long, 6, 3);
      to.fill();
    }
  }
  for (const small of picture.footer) write(small, '#55625d', '400 11px', [16, height - 30]);
  return canvas.toBuffer('image/png');
};

const shot = async (page: Page): Promise<Buffer> => {
  await page.setContent(html);
  return page.screenshot({ fullPage: true });
};

const html = `<!doctype html><meta charset="utf-8"><style>
  body { margin: 0; width: 375px; font: 15px sans-serif; color: #17211e }
  header { padding: 12px 16px; background: #0a6557; color: #fff }
  h1 { margin: 0; font-size: 20px } small, th { font-size: 11px; color: #55625d } header small { font-size: 13px; color: #fff }
  table { width: 100%; padding: 0 12px; border-spacing: 0 } td { height: 49px; border-top: 1px solid #e2e8e5 }
  td, th { text-align: left } td:last-child { text-align: right } i { display: block; height: 6px; border-radius: 3px; background: #0d7a68 }
</style><header><h1>${picture.title}</h1><small>${picture.subtitle}</small></header><table>
<tr><th></th><th>${picture.columns.name}</th><th>${picture.columns.value}</th></tr>${picture.rows
  .map(
    ({ rank, name, value, bar, movement }) =>
      `<tr><td>${rank}</td><td><b>${name}</b><i style="width:${(bar ?? 0) / 10}%"></i></td><td><b>${value}</b><br><small>${movement?.words}</small></td></tr>`,
  )
  .join('')}</table><p><small>${picture.footer.join(' ')}</small></p>`;
