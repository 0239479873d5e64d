import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { epochDay, fromEpochDay, mondayOf } from '../../../src/domain/calendar.ts';
import { type Message, plain } from '../../../src/message.ts';
import { countyUnits } from '../../../src/platforms/playground/county.ts';
import { seed } from '../../../src/platforms/playground/seed.ts';
import { redisTranscript } from '../../../src/store/transcript.ts';
import { calendar, house, redis } from '../../house.ts';
import { at, zone } from '../../values.ts';

/** Fills a county of its own and keeps what everybody said and was answered. */
const filled = async (now: string) => {
  const { directory, reports, boards, receive, keys, namespace } = house({ claimCode: 'ABCD-1234' });
  const transcript = redisTranscript(redis, keys, () => Date.now());
  const said: { readonly message: Message; readonly answer: string }[] = [];
  const listening: typeof receive = async (message) => {
    const answers = await receive(message);
    said.push({ message, answer: answers.map(({ reply }) => plain(reply)).join('\n') });
    return answers;
  };
  const fill = seed({ receive: listening, transcript, calendar, zone, claimCode: async () => 'ABCD-1234' });
  const begun = performance.now();
  await fill(() => at(now));
  return { namespace, directory, reports, boards, transcript, said, tookMs: performance.now() - begun };
};

const county = await filled('2026-11-23 10:30');

test('the county is small, whole, and everybody in it has a name and a unit', async () => {
  const [units, people] = await Promise.all([county.directory.units(), county.directory.everybody()]);
  expect(units).toHaveLength(8);
  expect(units[0]).toMatchObject({ name: '云岭县（虚构）', parent: null });
  expect(units.slice(1).every(({ parent }) => parent === 'u1')).toBe(true);
  expect(units.map(({ settings }) => settings.cadence)).toEqual(['off', ...countyUnits.map(({ cadence }) => cadence)]);
  expect(people).toHaveLength(40);
  expect(people.filter(({ name, unit }) => name === null || unit === null)).toEqual([]);
  const held = new Set(people.flatMap(({ roles }) => roles.map(({ role }) => role)));
  expect([...held].sort()).toEqual([
    'admin',
    'appealDecider',
    'coordinator',
    'inspector',
    'leader',
    'reviewer',
    'unitHead',
  ]);
});

test('what is off until it is approved is shown switched on, with approver and basis in sight', async () => {
  const home = house({ clock: () => at('2026-11-23 10:30').epochMilliseconds, namespace: county.namespace });
  const [top, ...units] = await home.directory.units();
  expect(top?.settings.listNames).toBe('on');
  expect(units.map(({ settings }) => settings.personBoard)).toEqual(units.map(() => 'on'));
  for (const { exceptions = [] } of [...units, ...(top ? [top] : [])]) {
    expect(exceptions).toMatchObject([{ approver: '赵甲', basis: '云岭办〔2026〕7号', until: '2027-04-23' }]);
  }
});

test('each line of its past was understood', () => {
  const misunderstood = county.said.filter(({ answer }) => /没有“|不认识|看不懂|出错|不能|找不到|只有/.test(answer));
  expect(misunderstood.map(({ message, answer }) => `${message.text} → ${answer}`)).toEqual([]);
  expect(county.said.filter(({ answer }) => answer === '')).toEqual([]);
});

test('four weeks have reports on time and late, items open and closed, leave, late filings and weekly reports', async () => {
  const units = await county.directory.units();
  const now = at('2026-11-23 10:30').toZonedDateTimeISO(zone);
  const monday = mondayOf(now.toPlainDate());
  const from = fromEpochDay(epochDay(monday) - 28);
  const figures = await county.boards.units(units, from, fromEpochDay(epochDay(monday) - 1), now);
  const sum = (of: 'expected' | 'onTime' | 'late' | 'leave' | 'named' | 'cleared') =>
    figures.reduce((all, unit) => all + unit[of], 0);
  expect(sum('expected')).toBeGreaterThan(500);
  expect(sum('onTime')).toBeGreaterThan(0.75 * sum('expected'));
  for (const kind of ['late', 'leave', 'named', 'cleared'] as const) expect(sum(kind)).toBeGreaterThan(3);

  const lastWeek = fromEpochDay(epochDay(monday) - 7);
  const periods = await Promise.all(units.map(({ id }) => county.reports.period(id, lastWeek, monday)));
  const weeks = periods.map(({ weeks }) => weeks.get(lastWeek.toString())?.size ?? 0);
  expect(weeks[0]).toBe(0);
  expect(Math.min(...weeks.slice(1))).toBeGreaterThan(1);
  expect(periods.reduce((all, { open }) => all + [...open.values()].flat().length, 0)).toBeGreaterThan(3);
});

test('nothing is said in the future, and every workday of the past has its reports', () => {
  const now = at('2026-11-23 10:30');
  expect(county.said.filter(({ message }) => Temporal.Instant.compare(message.at, now) > 0)).toEqual([]);
  const days = new Set(
    county.said
      .filter(({ message }) => message.text.startsWith('/日清'))
      .map(({ message }) => message.at.toZonedDateTimeISO(zone).toPlainDate()),
  );
  const dates = [...new Set([...days].map(String))].sort();
  expect([dates.length, dates.at(0), dates.at(-1)]).toEqual([20, '2026-10-26', '2026-11-20']);
});

test('the last days stand in the chats, in the order in which they were said', async () => {
  const lines = await county.transcript.chat({ platform: 'playground', id: 'chengguan', kind: 'group' }, null);
  expect(lines.length).toBeGreaterThan(20);
  const times = lines.map(({ at }) => at.epochMilliseconds);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
});

test('the past is the same each time it is filled in', async () => {
  const again = await filled('2026-11-23 10:30');
  const spoken = ({ said }: typeof county) => said.map(({ message }) => `${message.at} ${message.text}`).sort();
  expect(spoken(again)).toEqual(spoken(county));
});

test('it is filled in within three seconds', () => {
  expect(county.tookMs).toBeLessThan(3_000);
});
