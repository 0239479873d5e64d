import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { commands } from '../commands/index.ts';
import { jobs } from '../jobs/index.ts';
import { mayRun } from '../src/domain/roles.ts';

/**
 * The floors, lowest first; what a pattern matches is a room. A file imports from lower floors and from its own room.
 * Types count: a reader has to open the file all the same.
 */
const floors = [
  [/^src\/domain\//, /^locales\//],
  [/^src\/(message|i18n)\.ts/],
  [/^src\/(errors|gate)\.ts/, /^src\/ports\b/],
  [/^src\/(command|job)\.ts/, /^src\/wording\//, /^src\/platforms\/(?=[\w-]+\.ts)/],
  [
    /^commands\/\w+\//,
    /^jobs\/(?!index\.ts)[\w-]+\.ts/,
    /^src\/(calendar-file|log|context|reach|notices)\.ts/,
    /^src\/config\b/,
    /^src\/(scheduler|outbox|router|inbox)\b/,
    /^src\/platforms\/\w+\//,
    /^src\/(store|render|tables|web)\//,
  ],
  [/^(commands|jobs)\/index\.ts/],
  [/^src\/recipe\.ts/, /^scripts\//],
  [/^src\/start\.ts/],
  [/^src\/main\.ts/],
];

/** What only some may import. */
const only: [rule: string, what: RegExp, who: RegExp][] = [
  [
    'the domain imports dates and itself',
    /^(?!src\/domain\/|temporal-polyfill$|chinese-days\/dist\/chinese-days\.json$)/,
    /^(?!src\/domain\/)/,
  ],
  ['chinese-days is for the calendar', /^chinese-days/, /^src\/domain\/calendar\.ts/],
  ['ioredis is for the store', /^ioredis/, /^src\/store\//],
  ['counting what comes in is for the store', /^rate-limiter-flexible/, /^src\/store\//],
  ['node-cron is for the scheduler', /^node-cron/, /^src\/scheduler\b/],
  ['hono is for the web', /^@?hono/, /^src\/web\//],
  ['pino is for the log', /^pino/, /^src\/log\.ts/],
  ['a vendor’s SDK is for its platform', /^@wecom\//, /^src\/platforms\/wecom\//],
  ['platforms are for main', /^src\/platforms\/\w+\//, /^(src\/(platforms\/|recipe\.ts)|scripts\/voices\.ts)/],
  ['zips, XML and CSV are for tables', /^(yauzl|saxes|csv-parse)/, /^src\/tables\//],
  ['the canvas is for pictures', /^@napi-rs\/canvas/, /^src\/render\//],
  ['setup.mjs is for npm alone', /^scripts\/setup\.mjs/, /^$/],
];

const root = join(import.meta.dirname, '..');
const tops = ['src', 'commands', 'jobs', 'scripts'];
const files = tops.flatMap((top) =>
  readdirSync(join(root, top), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => ({ path: `${top}/${name}`, source: readFileSync(join(root, top, name), 'utf8') })),
);

const importing = /^(?:import|export)\b[^'"=;]*\bfrom '([^']+)'|^import '([^']+)'|\bimport\('([^']+)'\)/gm;
const imports = files.flatMap(({ path, source }) =>
  [...source.matchAll(importing)].map((match) => {
    const to = match.slice(1).find((name) => name !== undefined) ?? '';
    return { from: path, to: to.startsWith('.') ? relative(root, join(root, path, '..', to)) : to };
  }),
);

const placeOf = (path: string) => {
  for (const [floor, rooms] of floors.entries()) {
    const room = rooms.map((pattern) => pattern.exec(path)?.[0]).find(Boolean);
    if (room) return { floor, room };
  }
  return undefined;
};

test('the imports are found at all', () => {
  expect(imports.length).toBeGreaterThan(200);
});

test('every file has its floor', () => {
  expect(files.map(({ path }) => path).filter((path) => !placeOf(path))).toEqual([]);
});

test('nobody imports from above, or from the room next door', () => {
  const wrong = imports.filter(({ from, to }) => {
    const [here, there] = [placeOf(from), placeOf(to)];
    return here && there && there.floor >= here.floor && there.room !== here.room;
  });
  expect(wrong).toEqual([]);
});

test.each(only)('%s', (_, what, who) => {
  expect(imports.filter(({ from, to }) => what.test(to) && !who.test(from))).toEqual([]);
});

test('no files import each other, however far round', () => {
  const clear = new Set<string>();
  const circle = (file: string, path: string[]): string[] | undefined => {
    if (path.includes(file)) return [...path, file];
    if (clear.has(file)) return undefined;
    const next = imports.filter(({ from }) => from === file);
    const found = next.map(({ to }) => circle(to, [...path, file])).find(Boolean);
    clear.add(file);
    return found;
  };
  expect(files.map(({ path }) => circle(path, [])).find(Boolean)).toBeUndefined();
});

const containing = (pattern: RegExp, where = /./) =>
  files.filter(({ path, source }) => where.test(path) && pattern.test(source)).map(({ path }) => path);

test('the environment is read in config.ts alone', () => {
  expect(containing(/process\.env/, /^(?!src\/config\.ts)/)).toEqual([]);
});

test('the domain waits for nothing, reads no clock and throws no dice', () => {
  expect(containing(/\bawait\b|\bNow\b|Date\.now|new Date\(|Math\.random|\bprocess\b/, /^src\/domain\//)).toEqual([]);
});

test('commands, jobs and the engine take the time from what they are given', () => {
  const engine = /^(commands|jobs)\/|^src\/context\.ts|^src\/(scheduler|outbox|router|inbox)\b|^src\/wording\//;
  expect(containing(/Date\.now|new Date\(|Temporal\.Now/, engine)).toEqual([]);
});

test('no module keeps state', () => {
  const state = /^(export )?(let|var) |^(export )?const \w+(: .*)? = (new (Map|Set|WeakMap)\(\)|\[\];|\{\};)/m;
  expect(containing(state)).toEqual([]);
});

test('keys of Redis are spelt in keys.ts alone', () => {
  expect(containing(/\{(org|u:|out|slots)/, /^src\/store\/(?!keys\.ts)/)).toEqual([]);
});

test('scripts never read the server’s time', () => {
  const scripts = readdirSync(join(root, 'src/store/scripts')).map((name) => [
    name,
    readFileSync(join(root, 'src/store/scripts', name), 'utf8'),
  ]);
  expect(scripts.filter(([, source]) => /call\('TIME'/i.test(source ?? ''))).toEqual([]);
});

test('every command and job is on its list, under a name of its own', () => {
  const listed = imports.filter(({ from }) => /^(commands|jobs)\/index\.ts/.test(from)).map(({ to }) => to);
  const written = files.map(({ path }) => path).filter((path) => /^(commands|jobs)\/(?!index\.ts)/.test(path));
  expect(written.filter((path) => !listed.includes(path))).toEqual([]);

  for (const names of [commands.flatMap(({ name, aliases }) => [name, ...aliases]), jobs.map(({ name }) => name)]) {
    expect(names).toEqual([...new Set(names)]);
  }
});

test('the table of rights names every command and nothing else', () => {
  expect(Object.keys(mayRun).sort()).toEqual(commands.map(({ name }) => name).sort());
});
