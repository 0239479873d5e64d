/** One roster read and planned, in a process of its own: prints how far its memory grew, and how long it took. */
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { calendarFrom } from '../src/domain/calendar.ts';
import { connect, ready } from '../src/store/redis.ts';
import { openStores } from '../src/store/stores.ts';
import { readTable } from '../src/tables/read-table.ts';
import { keepFile, planOf } from '../src/wording/roster-work.ts';
import { day } from '../test/values.ts';
import { silent } from './county.ts';

const [path = '', socket = '', namespace = ''] = process.argv.slice(2);
const redis = connect(socket, silent);
await ready(redis, 5_000);
const stores = openStores(redis, { namespace, calendar: calendarFrom(), realNow: Date.now });

let peak = 0;
const look = () => {
  peak = Math.max(peak, process.memoryUsage.rss());
};
const before = process.memoryUsage.rss();
const began = performance.now();
const file = { open: () => Readable.toWeb(createReadStream(path)) as ReadableStream };
const faults = await keepFile(file, namespace, 'wecom', { rosters: stores.rosters, readTable }, look);
const { outline } = await planOf(namespace, faults, day('2026-11-23'), stores, look);
look();
console.log(JSON.stringify({ rows: outline.rows, grown: peak - before, peak, ms: performance.now() - began }));
redis.disconnect();
