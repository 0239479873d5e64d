import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { UserError } from '../errors.ts';

/** Strings of about this size are written and read together. */
const PAGE_BYTES = 64 * 1024;
/** Rows name strings in about the order in which they were written: a few pages serve nearly all. */
const PAGES_KEPT = 32;

/** Strings by number, kept in a file: only the pages in use are in memory. */
export type StringPages = { add(text: string): void; at(index: number): string; close(): void };

/** The file at `path` is made anew. */
export const stringPages = (path: string): StringPages => {
  const file = openSync(path, 'w+', 0o600);
  /** Of each page: the number of its first string, and where it begins. */
  const firsts: number[] = [];
  const starts: number[] = [];
  let writing: string[] = [];
  let pending = 0;
  let count = 0;
  let end = 0;
  const kept = new Map<number, readonly string[]>();

  const flush = () => {
    if (writing.length === 0) return;
    const bytes = Buffer.from(JSON.stringify(writing));
    writeSync(file, bytes, 0, bytes.length, end);
    firsts.push(count - writing.length);
    starts.push(end);
    end += bytes.length;
    writing = [];
    pending = 0;
  };

  const pageOf = (index: number): number => {
    let [low, high] = [0, firsts.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((firsts[middle] ?? 0) <= index) low = middle;
      else high = middle - 1;
    }
    return low;
  };

  const page = (number: number): readonly string[] => {
    const known = kept.get(number);
    if (known) return known;
    const start = starts[number] ?? 0;
    const bytes = Buffer.alloc((starts[number + 1] ?? end) - start);
    readSync(file, bytes, 0, bytes.length, start);
    const strings: readonly string[] = JSON.parse(bytes.toString());
    kept.set(number, strings);
    const [oldest] = kept.keys();
    if (kept.size > PAGES_KEPT && oldest !== undefined) kept.delete(oldest);
    return strings;
  };

  return {
    add(text) {
      writing.push(text);
      count += 1;
      pending += text.length + 3;
      if (pending >= PAGE_BYTES) flush();
    },
    at(index) {
      flush();
      if (!Number.isInteger(index) || index < 0 || index >= count) throw new UserError('table.broken');
      const number = pageOf(index);
      return page(number)[index - (firsts[number] ?? 0)] ?? '';
    },
    close: () => closeSync(file),
  };
};
