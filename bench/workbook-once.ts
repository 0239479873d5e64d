/** One workbook written, in a process of its own: prints how far its memory grew, and how long it took. */
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { fromEpochDay } from '../src/domain/calendar.ts';
import type { Cell } from '../src/ports.ts';
import { workbook } from '../src/render/workbook.ts';

const [path = '', wanted = '0'] = process.argv.slice(2);
const rows = Number(wanted);
const FIRST = 20_000;
const columns = ['日期', '单位', '姓名', '事项', '完成率', '得分'].map((title) => ({ title, width: 20 }));

let peak = 0;
const look = () => {
  peak = Math.max(peak, process.memoryUsage.rss());
};

/** As reports come from the store: made while they are written. */
async function* reports(): AsyncGenerator<readonly Cell[]> {
  for (let i = 0; i < rows; i += 1) {
    if (i % 1_000 === 0) look();
    const item = `走访第${i}户企业，了解用工情况 <=${i}&`;
    yield [
      fromEpochDay(FIRST + (i % 365)),
      `单位${i % 1_000}`,
      `人${i % 977}`,
      item,
      { part: i % 7, whole: 7 },
      i / 10,
    ];
  }
}

const before = process.memoryUsage.rss();
const began = performance.now();
const file = createWriteStream(path);
workbook([{ name: '日清', columns, rows: reports() }]).pipe(file);
await once(file, 'finish');
look();
const ms = performance.now() - began;
console.log(JSON.stringify({ rows, grown: peak - before, peak, ms, bytes: file.bytesWritten }));
