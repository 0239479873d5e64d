import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';
import { judged, median, ratio } from './rounds.ts';

const FEW = 20_000;
const MANY = 200_000;
const ROUNDS = 3;
/** Flat: of the whole process, at its highest. */
const MOST_RATIO = 1.25;
/** As with imports: what is live counts, not how lazily it is collected. */
const FLAGS = ['--optimize-for-size', '--max-semi-space-size=2'];

const run = promisify(execFile);
const Once = z.object({ rows: z.number(), grown: z.number(), peak: z.number(), ms: z.number(), bytes: z.number() });
type Runs = z.infer<typeof Once>[];

/** Writing a workbook: the memory of 200,000 rows against 20,000, and rows a second. */
export const workbooks = async (): Promise<readonly string[]> => {
  const dir = await mkdtemp(join(tmpdir(), 'rq-bench-workbook-'));
  const script = fileURLToPath(new URL('workbook-once.ts', import.meta.url));
  const once = async (rows: number) =>
    Once.parse(JSON.parse((await run(process.execPath, [...FLAGS, script, join(dir, 'a.xlsx'), `${rows}`])).stdout));
  try {
    const [few, many]: [Runs, Runs] = [[], []];
    for (let round = 0; round < ROUNDS; round += 1) {
      // Who goes first changes from round to round.
      for (const rows of round % 2 === 0 ? [FEW, MANY] : [MANY, FEW])
        (rows === FEW ? few : many).push(await once(rows));
    }
    const peaks = (runs: Runs) => runs.map(({ peak }) => peak);
    const flat = ratio(peaks(many), peaks(few));
    return [
      `     a workbook of ${FEW} rows: ${told(few)}`,
      `     a workbook of ${MANY} rows: ${told(many)}`,
      judged(`memory of a workbook of ${MANY} rows against ${FEW}`, flat, `≤ ${MOST_RATIO}`, flat <= MOST_RATIO),
    ];
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
};

const told = (runs: Runs): string => {
  const mb = (of: (one: Runs[number]) => number) => (median(runs.map(of)) / 2 ** 20).toFixed(1);
  const speed = median(runs.map(({ rows, ms }) => (rows * 1e3) / ms)).toFixed(0);
  return `${mb(({ peak }) => peak)} MB at the highest (${mb(({ grown }) => grown)} MB more than before), ${speed} rows/s, ${mb(({ bytes }) => bytes)} MB`;
};
