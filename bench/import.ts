import { execFile } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';
import { judged, median } from './rounds.ts';

const FEW = 20_000;
const MANY = 200_000;
const ROUNDS = 3;
/** Flat: ten times the rows, and what is counted of them, not held. Of the whole process, at its highest. */
const MOST_RATIO = 1.25;

const run = promisify(execFile);
const Once = z.object({ rows: z.number(), grown: z.number(), peak: z.number(), ms: z.number() });

/** As `npm run import` runs: what is live counts, not how lazily it is collected. */
const FLAGS = ['--optimize-for-size', '--max-semi-space-size=2'];

/** Reading a roster and planning it: the memory of 200,000 rows against 20,000, and rows a second. */
export const importing = async (socket: string): Promise<readonly string[]> => {
  const dir = await mkdtemp(join(tmpdir(), 'rq-bench-import-'));
  try {
    const once = async (rows: number, round: number) => {
      const path = join(dir, `${rows}.csv`);
      await pipeline(Readable.from(rosterOf(rows)), createWriteStream(path));
      const script = fileURLToPath(new URL('import-once.ts', import.meta.url));
      const { stdout } = await run(process.execPath, [...FLAGS, script, path, socket, `import-${rows}-${round}`]);
      return Once.parse(JSON.parse(stdout));
    };
    const [few, many]: [z.infer<typeof Once>[], z.infer<typeof Once>[]] = [[], []];
    for (let round = 0; round < ROUNDS; round += 1) {
      few.push(await once(FEW, round));
      many.push(await once(MANY, round));
    }
    const peakOf = (runs: typeof few) => median(runs.map(({ peak }) => peak));
    const told = (runs: typeof few) => {
      const [grown, speed] = [
        runs.map((each) => each.grown / 2 ** 20),
        runs.map((each) => (each.rows * 1e3) / each.ms),
      ];
      return `${(peakOf(runs) / 2 ** 20).toFixed(0)} MB at the highest (${median(grown).toFixed(0)} MB more than before), ${median(speed).toFixed(0)} rows/s`;
    };
    const flat = peakOf(many) / peakOf(few);
    return [
      `     a roster of ${FEW} rows read and planned: ${told(few)}`,
      `     a roster of ${MANY} rows read and planned: ${told(many)}`,
      judged(`memory of importing ${MANY} rows against ${FEW}`, flat, `≤ ${MOST_RATIO}`, flat <= MOST_RATIO),
    ];
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
};

function* rosterOf(rows: number): Generator<string> {
  yield '账号,姓名,单位,上级单位\n';
  for (let i = 0; i < rows; i += 1) yield `member${i},人${i % 977},单位${i % 1_000},云岭市\n`;
}
