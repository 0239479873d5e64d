import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { commands } from '../../commands/index.ts';
import { readCommand } from '../../src/domain/spoken.ts';
import type { Block } from '../../src/message.ts';
import { kinds, replies } from './replies.ts';
import { voices } from './voices.ts';

/**
 * What people see of every kind of reply on every platform, as files beside this one. After a change that is meant:
 * `GOLDEN=write npx vitest run test/golden`, and review what git shows.
 */
const all = await replies();
const isWritten = process.env.GOLDEN === 'write';
const folder = (voice: string) => new URL(`./${voice}/`, import.meta.url);

if (isWritten) {
  for (const [voice, draw] of Object.entries(voices)) {
    rmSync(folder(voice), { recursive: true, force: true });
    mkdirSync(folder(voice), { recursive: true });
    for (const [kind, reply] of all) writeFileSync(new URL(`${kind}.txt`, folder(voice)), draw(reply));
  }
}

test('every kind of reply is said by the house', () => {
  for (const [kind, reply] of all) expect(reply, kind).not.toEqual([]);
});

test('every kind of block is drawn in one of them', () => {
  // No kind can be forgotten: one more in the type does not compile here.
  const blocks: Record<Block['kind'], true> = {
    text: true,
    list: true,
    table: true,
    image: true,
    picture: true,
    file: true,
    link: true,
    mention: true,
    buttons: true,
  };
  const drawn = new Set([...all.values()].flat().map(({ kind }) => kind));
  expect([...drawn].toSorted()).toEqual(Object.keys(blocks).toSorted());
});

test('every button says a command that there is', () => {
  const names = new Set(commands.flatMap(({ name, aliases }) => [name, ...aliases]));
  const said = [...all.values()].flat().flatMap((block) => (block.kind === 'buttons' ? block.buttons : []));
  for (const { command } of said) expect(names.has(readCommand(command, names)?.name ?? ''), command).toBe(true);
});

test('there is one file for every kind of reply and every voice, and no other', () => {
  const found = Object.keys(voices).map((voice) => readdirSync(folder(voice)).toSorted());
  expect(found).toEqual(Object.keys(voices).map(() => kinds.map((kind) => `${kind}.txt`).toSorted()));
  expect(found.flat()).toHaveLength(kinds.length * Object.keys(voices).length);
});

test.each(Object.entries(voices))('%s draws every kind of reply as it was reviewed', (voice, draw) => {
  for (const [kind, reply] of all) {
    expect(draw(reply), `${voice}/${kind}.txt; if it is meant: GOLDEN=write npx vitest run test/golden`).toBe(
      readFileSync(new URL(`${kind}.txt`, folder(voice)), 'utf8'),
    );
  }
});
