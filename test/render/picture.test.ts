import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { GlobalFonts } from '@napi-rs/canvas';
import { expect, onTestFinished, test } from 'vitest';
import { painter } from '../../src/render/painter.ts';
import { pictures, type Timing, timing } from '../../src/render/picture.ts';
import { ledger } from '../values.ts';
import { picture, pixelsOf, rows } from './pictured.ts';

/** Longer than a slow machine needs to read the fonts. */
const PATIENCE_MS = 20_000;

const studio = (over: Partial<Timing> = {}, script?: URL) => {
  const warnings: object[] = [];
  const log = { ...ledger().log, warn: (fields: object) => void warnings.push(fields) };
  const { draw, stop } = pictures({ log, timing: { ...timing, ...over }, ...(script && { script }) });
  onTestFinished(stop);
  return { draw, stop, warnings };
};

/** A thread that does as its pictures' titles say. */
const troupe = async () => {
  const dir = await mkdtemp(join(tmpdir(), 'rq-picture-'));
  onTestFinished(() => rm(dir, { recursive: true }));
  const script = join(dir, 'worker.mjs');
  await writeFile(
    script,
    `import { parentPort } from 'node:worker_threads';
    let count = 0;
    parentPort.on('message', ({ title }) => {
      count += 1;
      if (title === 'exit') process.exit(3);
      if (title === 'throw') throw new Error('broken');
      if (title === 'fault') return parentPort.postMessage({ fault: 'cannot' });
      if (title === 'hang') for (;;);
      const answer = () => parentPort.postMessage({ png: new Uint8Array([count]), width: 1, height: 1 });
      if (title === 'wait') setTimeout(answer, 300); else answer();
    });`,
  );
  return pathToFileURL(script);
};
const titled = (title: string) => picture({ title, rows: [] });

test('a picture comes as a PNG of its size, the same each time', async () => {
  const { draw, warnings } = studio();
  const [first, second] = await Promise.all([
    draw(picture({ rows: rows(20) }), PATIENCE_MS),
    draw(picture({ rows: rows(20) }), PATIENCE_MS),
  ]);
  expect(first?.png).toEqual(second?.png);
  expect(pixelsOf(first?.png ?? new Uint8Array())).toMatchObject({ width: 750, height: first?.height });
  expect(first?.png.length).toBeLessThan(150_000);
  expect(warnings).toEqual([]);
});

test('what fonts a system has makes no difference: this thread knows them, the drawing thread does not', async () => {
  const asked = picture({ rows: rows(3), notes: ['𠮷🔥 ABC 城关镇'] });
  expect(GlobalFonts.families.length).toBeGreaterThan(0);
  const { png } = painter()(asked);
  expect((await studio().draw(asked, PATIENCE_MS))?.png).toEqual(new Uint8Array(png));
});

test.each(['exit', 'throw', 'fault'])(
  'a thread that ends with %s costs one picture; the next has a new one',
  async (end) => {
    const { draw, warnings } = studio({}, await troupe());
    expect((await draw(titled('a'), PATIENCE_MS))?.png).toEqual(new Uint8Array([1]));
    const [lost, next] = await Promise.all([draw(titled(end), PATIENCE_MS), draw(titled('b'), PATIENCE_MS)]);
    expect(lost).toBeNull();
    expect(next?.png).toEqual(new Uint8Array([1]));
    expect(warnings).toHaveLength(1);
  },
);

test('a thread that hangs is ended, and those behind it are drawn', async () => {
  const { draw } = studio({ stuckMs: 600 }, await troupe());
  await draw(titled('a'), PATIENCE_MS);
  const [lost, next] = await Promise.all([draw(titled('hang'), PATIENCE_MS), draw(titled('b'), PATIENCE_MS)]);
  expect(lost).toBeNull();
  expect(next).not.toBeNull();
});

test('whoever has waited long enough gets none, and the rest are drawn', async () => {
  const { draw } = studio({}, await troupe());
  await draw(titled('a'), PATIENCE_MS);
  const [slow, behind, patient] = await Promise.all([
    draw(titled('wait'), 50),
    draw(titled('b'), 50),
    draw(titled('c'), PATIENCE_MS),
  ]);
  expect([slow, behind]).toEqual([null, null]);
  // The one behind was not even begun.
  expect(patient?.png).toEqual(new Uint8Array([3]));
});

test('beyond a queue’s length pictures go as text at once', async () => {
  const { draw } = studio({}, await troupe());
  const drawn = await Promise.all(Array.from({ length: 100 }, () => draw(titled('a'), PATIENCE_MS)));
  expect(drawn.filter((one) => one === null)).toHaveLength(100 - 33);
});

test('where no thread can begin, all go as text, and it is not tried each time', async () => {
  const { draw, warnings } = studio({}, new URL('file:///nowhere/worker.ts'));
  expect(await Promise.all([draw(titled('a'), PATIENCE_MS), draw(titled('b'), PATIENCE_MS)])).toEqual([null, null]);
  expect(await draw(titled('c'), PATIENCE_MS)).toBeNull();
  expect(warnings).toHaveLength(1);
});

test('a thread with nothing to do ends, and begins again', async () => {
  const { draw } = studio({ idleMs: 1 }, await troupe());
  const count = async () => (await draw(titled('a'), PATIENCE_MS))?.png[0];
  expect(await count()).toBe(1);
  await expect.poll(count, { interval: 50, timeout: 10_000 }).toBe(1);
});

test('stopped, it draws nothing more and keeps nobody waiting', async () => {
  const { draw, stop } = studio({}, await troupe());
  const waiting = [draw(titled('hang'), PATIENCE_MS), draw(titled('b'), PATIENCE_MS)];
  await stop();
  expect(await Promise.all([...waiting, draw(titled('c'), PATIENCE_MS)])).toEqual([null, null, null]);
});
