import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readCalendarFile } from '../src/calendar-file.ts';
import { calendarFrom } from '../src/domain/calendar.ts';
import { day } from './values.ts';

const written = async (text: string | null) => {
  const dir = await mkdtemp(join(tmpdir(), 'rq-calendar-'));
  onTestFinished(() => rm(dir, { recursive: true }));
  if (text !== null) await writeFile(join(dir, 'calendar.json'), text);
  return dir;
};

test('without a file the table stands alone', async () => {
  expect(await readCalendarFile(await written(null))).toEqual({});
});

test('a new year becomes known with its days off and its make-up days', async () => {
  const file = { years: [2027], off: ['2027-01-01'], worked: ['2027-02-06'] };
  const calendar = calendarFrom(await readCalendarFile(await written(JSON.stringify(file))));
  expect(calendar.isKnown(day('2027-03-01'))).toBe(true);
  expect(calendar.isWorkday(day('2027-01-01'))).toBe(false);
  expect(calendar.isWorkday(day('2027-02-06'))).toBe(true);
  expect(calendarFrom().isKnown(day('2027-03-01'))).toBe(false);
});

test.each([
  ['no JSON', '{', 'none'],
  ['a day that does not exist', '{"off": ["2027-02-30"]}', 'off.0'],
  ['a word that means nothing', '{"holidays": []}', 'none'],
  ['a year that is no number', '{"years": ["2027"]}', 'years.0'],
])('%s stops the start and says where', async (_, text, place) => {
  await expect(readCalendarFile(await written(text))).rejects.toMatchObject({
    key: 'calendar.unreadable',
    params: { place },
  });
});
