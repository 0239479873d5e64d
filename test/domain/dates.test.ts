import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareDays, epochDay, fromEpochDay } from '../../src/domain/calendar.ts';
import { leadingDay, leadingSpan, MAX_LEAVE_DAYS, periodOf } from '../../src/domain/dates.ts';
import { day } from '../values.ts';

// A Wednesday.
const today = day('2026-11-25');

/** What was read, in short: the day or the span, and the rest behind a bar. */
const past = (text: string) => {
  const read = leadingDay(text, today, 'past');
  return 'problem' in read ? read.problem : `${read.day}|${read.rest}`;
};
const leave = (text: string) => {
  const read = leadingSpan(text, today, 'future');
  if ('problem' in read) return read.problem;
  return `${compareDays(read.from, read.to) === 0 ? read.from : `${read.from}..${read.to}`}|${read.rest}`;
};

describe('the day that a late report begins with', () => {
  test.each([
    ...[
      '11-20 ',
      '11-20',
      '11/20 ',
      '11.20 ',
      '11月20日',
      '11月20号，',
      '11-20：',
      '11-20日 ',
      '2026-11-20 ',
      '2026.11.20 ',
    ],
    ...[
      '2026年11月20日 ',
      '20261120 ',
      '１１－２０　',
      '１１月２０日',
      '十一月二十日 ',
      '11-20（周五）',
      '20日 ',
      '20号：',
      '11-20\n',
    ],
    ...[
      '周五 ',
      '上周五',
      '上个周五：',
      '星期五，',
      '礼拜五 ',
      '上星期五 ',
      'Fri ',
      'friday: ',
      'last Fri ',
      '20 Nov ',
      'Nov 20: ',
      'November 20th, ',
      'Fri 20 Nov ',
      '20 November 2026 ',
      '\u200b11-20 ',
      '11-20 - ',
    ],
  ])('%j before 走访3户;上报', (date) => {
    expect(past(`${date}走访3户;上报`)).toBe('2026-11-20|走访3户;上报');
  });

  test.each([
    ['今天', '2026-11-25'],
    ['昨日', '2026-11-24'],
    ['前天', '2026-11-23'],
    ['大前天', '2026-11-22'],
    ['yesterday', '2026-11-24'],
    ['周三', '2026-11-25'],
    ['周四', '2026-11-19'],
    ['本周一', '2026-11-23'],
    ['上上周日', '2026-11-15'],
    ['下周一', '2026-11-30'],
    ['26日', '2026-10-26'],
    ['31日', '2026-10-31'],
    ['12-31', '2025-12-31'],
    ['2026-12-01', '2026-12-01'],
  ])('%s is %s', (text, iso) => {
    expect(past(`${text}：走访`)).toBe(`${iso}|走访`);
  });

  test.each([
    '2月30日',
    '2-30 走访',
    '13-45',
    '0-5 走访',
    '2026-02-29',
    '2-29 走访',
    '11月31日走访',
    '2026-13-01',
    '32日 走访',
    '1024-01-01',
    '三四月五日',
  ])('%s does not exist', (text) => {
    expect(past(text)).toBe('no-such-date');
  });

  test.each([
    ...[
      '',
      '走访3户',
      '3.5亿元项目开工',
      '1.5小时',
      '3-5户走访',
      '1/3的企业走访',
      '110接警',
      '5号楼巡查',
      '昨天的纪要',
      '周转房分配',
    ],
    ...['11月走访', '上周走访', 'money', 'sunny day', '3 户走访', '无', '-5℃', '11', '1.2.3版本'],
  ])('%j begins with none', (text) => {
    expect(past(text)).toBe('no-date');
  });

  test('a slip into the next days is read as one, not as last year’s', () => {
    expect(past('11-26 走访')).toBe('2026-11-26|走访');
    expect(past('12月1日')).toBe('2026-12-01|');
  });

  test('a leap day is found in its own year', () => {
    expect(leadingDay('2-29 走访', day('2028-03-01'), 'past')).toEqual({ day: day('2028-02-29'), rest: '走访' });
  });

  test('the person’s own characters follow it unchanged', () => {
    expect(past('11-20　Ａ公司　走访；Ｂ')).toBe('2026-11-20|Ａ公司　走访；Ｂ');
    expect(past('11-20：-5℃防冻')).toBe('2026-11-20|-5℃防冻');
  });
});

describe('the days of a leave', () => {
  test.each([
    ['11-25', '2026-11-25|'],
    ['11-25 至 11-27', '2026-11-25..2026-11-27|'],
    ['11月25日到27日', '2026-11-25..2026-11-27|'],
    ['11-25~11-27', '2026-11-25..2026-11-27|'],
    ['11-25～11-27 出差', '2026-11-25..2026-11-27|出差'],
    ['11-25-11-27', '2026-11-25..2026-11-27|'],
    ['11.25—11.27，病假', '2026-11-25..2026-11-27|病假'],
    ['11月25日-27日（年假）', '2026-11-25..2026-11-27|（年假）'],
    ['25-27日', '2026-11-25..2026-11-27|'],
    ['２５至２７日', '2026-11-25..2026-11-27|'],
    ['2026-11-25..2026-11-27', '2026-11-25..2026-11-27|'],
    ['从11-25到11-27', '2026-11-25..2026-11-27|'],
    ['from 11-25 to 11-27 trip', '2026-11-25..2026-11-27|trip'],
    ['Wed to Fri', '2026-11-25..2026-11-27|'],
    ['今天到后天', '2026-11-25..2026-11-27|'],
    ['到周五 出差', '2026-11-25..2026-11-27|出差'],
    ['至11-27', '2026-11-25..2026-11-27|'],
    ['until Friday', '2026-11-25..2026-11-27|'],
    ['明天起3天', '2026-11-26..2026-11-28|'],
    ['3天', '2026-11-25..2026-11-27|'],
    ['三天 看病', '2026-11-25..2026-11-27|看病'],
    ['本周五起3天', '2026-11-27..2026-11-29|'],
    ['明天开始休两周', '2026-11-26..2026-12-09|'],
    ['3 days from Monday', '2026-11-30..2026-12-02|'],
    ['tomorrow for 2 days', '2026-11-26..2026-11-27|'],
    ['下周', '2026-11-30..2026-12-06|'],
    ['下周 培训', '2026-11-30..2026-12-06|培训'],
    ['本周', '2026-11-25..2026-11-29|'],
    ['next week', '2026-11-30..2026-12-06|'],
    ['Nov 25 to 27 on business', '2026-11-25..2026-11-27|on business'],
    ['25 to 27 Nov', '2026-11-25..2026-11-27|'],
    ['11-25、26、27', '2026-11-25..2026-11-27|'],
    ['明天周四 看病', '2026-11-26|看病'],
    ['周三周四 看病', '2026-11-25..2026-11-26|看病'],
    ['明后两天', '2026-11-26..2026-11-27|'],
    ['今明两天 出差', '2026-11-25..2026-11-26|出差'],
    ['明天，后天', '2026-11-26..2026-11-27|'],
    ['Thursday and Friday', '2026-11-26..2026-11-27|'],
    ['11-26, 11-27 trip', '2026-11-26..2026-11-27|trip'],
    ['11-26，3件事', '2026-11-26|3件事'],
    ['11-25 两周年庆典', '2026-11-25|两周年庆典'],
    ['11-25 3天后回来', '2026-11-25|3天后回来'],
    ['on Friday', '2026-11-27|'],
    ['all next week', '2026-11-30..2026-12-06|'],
    ['the day after tomorrow', '2026-11-27|'],
    ['今天起到周五', '2026-11-25..2026-11-27|'],
    ['11-25起两天 事假', '2026-11-25..2026-11-26|事假'],
    ['下周一到周三 培训', '2026-11-30..2026-12-02|培训'],
    ['周五到周三', '2026-11-27..2026-12-02|'],
    ['6月3日-6月5日', '2027-06-03..2027-06-05|'],
    ['12-30 至 1-2', '2026-12-30..2027-01-02|'],
    ['30日到2日', '2026-11-30..2026-12-02|'],
    ['明天', '2026-11-26|'],
    ['明天 到县城开会', '2026-11-26|到县城开会'],
    ['11-25 - 出差', '2026-11-25|出差'],
    ['next Wed', '2026-12-02|'],
    ['昨天 病假', '2026-11-24|病假'],
    ['11-20 病假', '2026-11-20|病假'],
    ['10-1', '2027-10-01|'],
  ])('%j are %s', (text, read) => {
    expect(leave(text)).toBe(read);
  });

  test.each([
    ['出差', 'no-date'],
    ['', 'no-date'],
    ['到月底', 'no-date'],
    ['周三周五', 'not-one-span'],
    ['2月30日', 'no-such-date'],
    ['11-25 至 2月30日', 'no-such-date'],
    ['25-32日', 'no-such-date'],
    ['11-27 至 11-25', 'ends-before-start'],
    ['2026-11-27 至 2026-11-25', 'ends-before-start'],
    ['到昨天', 'ends-before-start'],
    ['2026-11-01 至 2027-06-01', 'too-long'],
    ['11-25 到 3-1', 'too-long'],
  ])('%j: %s', (text, problem) => {
    expect(leave(text)).toBe(problem);
  });

  test('may be a quarter, and not a day more', () => {
    const span = (days: number) => leadingSpan(`${today} 至 ${today.add({ days: days - 1 })}`, today, 'future');
    expect(span(MAX_LEAVE_DAYS)).toMatchObject({ from: today });
    expect(span(MAX_LEAVE_DAYS + 1)).toEqual({ problem: 'too-long' });
  });
});

describe('a period', () => {
  test.each([
    ['本周', '2026-11-23..2026-11-29 this-week'],
    ['这个星期', '2026-11-23..2026-11-29 this-week'],
    ['上周', '2026-11-16..2026-11-22 last-week'],
    ['last week', '2026-11-16..2026-11-22 last-week'],
    ['本月', '2026-11-01..2026-11-30 this-month'],
    ['上个月', '2026-10-01..2026-10-31 last-month'],
    ['11月', '2026-11-01..2026-11-30 month'],
    ['１２月份', '2025-12-01..2025-12-31 month'],
    ['十月', '2026-10-01..2026-10-31 month'],
    ['November', '2026-11-01..2026-11-30 month'],
    ['dec', '2025-12-01..2025-12-31 month'],
    ['1 Nov to 20 Nov', '2026-11-01..2026-11-20 span'],
    ['2026年2月', '2026-02-01..2026-02-28 month'],
    ['2025-12', '2025-12-01..2025-12-31 month'],
    ['去年11月', '2025-11-01..2025-11-30 month'],
    ['去年的三季度', '2025-07-01..2025-09-30 quarter'],
    ['明年1月', '2027-01-01..2027-01-31 month'],
    ['今年 3月', '2026-03-01..2026-03-31 month'],
    ['2026-11-01..2026-11-20', '2026-11-01..2026-11-20 span'],
    ['6月1日-6月30日', '2026-06-01..2026-06-30 span'],
    [' 昨天 ', '2026-11-24..2026-11-24 day'],
    ['11-20', '2026-11-20..2026-11-20 day'],
  ])('%j is %s', (text, read) => {
    const period = periodOf(text, today);
    expect(period && `${period.from}..${period.to} ${period.kind}`).toBe(read);
  });

  test.each([
    '',
    '随便',
    '13月',
    '0月',
    '11',
    '上周 走访',
    '2月30日',
    '11-20 到 11-01',
    '本周五下午',
    '去年',
    '去年的事',
  ])('%j is none', (text) => {
    expect(periodOf(text, today)).toBeNull();
  });

  test('last month, asked on the last of a longer one, is the whole of the shorter one', () => {
    expect(periodOf('上月', day('2026-03-31'))).toMatchObject({ from: day('2026-02-01'), to: day('2026-02-28') });
    expect(periodOf('2月', day('2026-03-31'))).toMatchObject({ from: day('2026-02-01'), to: day('2026-02-28') });
  });
});

const anyDay = fc.integer({ min: 19_000, max: 25_000 }).map(fromEpochDay);
const spellings = [
  (d: typeof today) => d.toString(),
  (d: typeof today) => `${d.year}年${d.month}月${d.day}日`,
  (d: typeof today) => `${d.year}/${d.month}/${d.day}`,
  (d: typeof today) => d.toString().replaceAll('-', ''),
];

test('a day written out is that day, whenever it is read', () => {
  fc.assert(
    fc.property(
      anyDay,
      anyDay,
      fc.constantFrom(...spellings),
      fc.constantFrom('past', 'future'),
      (d, now, spell, toward) => {
        expect(leadingDay(`${spell(d)} 走访`, now, toward)).toEqual({ day: d, rest: '走访' });
      },
    ),
  );
});

test('a day without a year is within a month the other way and a year the right way', () => {
  fc.assert(
    fc.property(anyDay, fc.integer({ min: -300, max: 300 }), fc.constantFrom('past', 'future'), (now, away, toward) => {
      const d = fromEpochDay(epochDay(now) + away);
      const read = leadingDay(`${d.month}月${d.day}日`, now, toward);
      if ('problem' in read) {
        expect([d.month, d.day]).toEqual([2, 29]);
        return;
      }
      const ahead = (epochDay(read.day) - epochDay(now)) * (toward === 'past' ? -1 : 1);
      expect([read.day.month, read.day.day]).toEqual([d.month, d.day]);
      expect(ahead).toBeGreaterThanOrEqual(-31);
      expect(ahead).toBeLessThanOrEqual(366);
    }),
    { numRuns: 500 },
  );
});

test('a weekday is at most six days away, in the direction looked in', () => {
  fc.assert(
    fc.property(anyDay, fc.integer({ min: 1, max: 7 }), fc.constantFrom('past', 'future'), (now, weekday, toward) => {
      const read = leadingDay(`周${'一二三四五六日'[weekday - 1]}`, now, toward);
      if ('problem' in read) throw new Error(read.problem);
      expect(read.day.dayOfWeek).toBe(weekday);
      const ahead = (epochDay(read.day) - epochDay(now)) * (toward === 'past' ? -1 : 1);
      expect(ahead).toBeGreaterThanOrEqual(0);
      expect(ahead).toBeLessThanOrEqual(6);
    }),
  );
});

const pieces = [
  '11',
  '-',
  '25',
  '月',
  '日',
  '至',
  '到',
  '周',
  '三',
  '上',
  '.',
  ' ',
  '2026',
  '年',
  '天',
  'Wed',
  '3',
  '起',
  '/',
  '。',
  '\u202e',
  '２',
  'to ',
];
const typed = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map((list) => list.join('')),
);

test('whatever is typed is answered: a span in order and inside the limit, or a problem', () => {
  fc.assert(
    fc.property(typed, anyDay, fc.constantFrom('past', 'future'), (text, now, toward) => {
      const span = leadingSpan(text, now, toward);
      const first = leadingDay(text, now, toward);
      periodOf(text, now);
      if ('from' in span) {
        const days = epochDay(span.to) - epochDay(span.from) + 1;
        expect(days).toBeGreaterThanOrEqual(1);
        expect(days).toBeLessThanOrEqual(MAX_LEAVE_DAYS);
        expect(text.trimEnd().endsWith(span.rest)).toBe(true);
      }
      if ('day' in first) expect(text.trimEnd().endsWith(first.rest)).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

test('a hundred kilobytes of anything take no longer than a blink', () => {
  for (const piece of [
    '1',
    '1-',
    ' ',
    '\u200b',
    '11-25 - ',
    '(周',
    '到',
    '十',
    '11-25 ',
    '年',
    '周',
    '天',
    '3天',
    '下',
    '起',
  ]) {
    const text = piece.repeat(100_000 / piece.length);
    const start = performance.now();
    for (const read of [`11-25${text}x`, text]) {
      expect([leadingSpan(read, today, 'future'), leadingDay(read, today, 'past'), periodOf(read, today)]).toHaveLength(
        3,
      );
    }
    expect(performance.now() - start, piece).toBeLessThan(250);
  }
});
