import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAX_ITEM_CHARACTERS, MAX_ITEMS, MAX_REPORT_CHARACTERS, parseReport } from '../../src/domain/report-text.ts';

/** The report in short: a letter for the kind and the text of each item; `nothing`; or the problem. */
const read = (text: string): string[] | string => {
  const report = parseReport(text);
  if ('problem' in report) return report.problem;
  return report.nothing ? 'nothing' : report.items.map(({ kind, text }) => `${letters[kind]} ${text}`);
};
const letters = { done: '+', open: '-', waiting: '…', plan: '>', help: '?' } as const;

describe('the two reports that the command’s help shows', () => {
  test('on one line, with the reason for waiting after a comma', () => {
    expect(read('走访3户企业;上报防汛台账;未清:园区征地协议,等县局批复;明日:陪同省督查')).toEqual([
      '+ 走访3户企业',
      '+ 上报防汛台账',
      '… 园区征地协议,等县局批复',
      '> 陪同省督查',
    ]);
  });

  test('on several lines, in three kinds of numbering', () => {
    const text = '1. 走访3户企业\n2、上报防汛台账\n未清\n③ 园区征地协议(等县局批复)';
    expect(read(text)).toEqual(['+ 走访3户企业', '+ 上报防汛台账', '… 园区征地协议(等县局批复)']);
  });
});

describe('what ends an item', () => {
  test.each([
    ['走访；上报', ['+ 走访', '+ 上报']],
    ['走访;上报;', ['+ 走访', '+ 上报']],
    ['走访\r\n上报\r督查\u2028归档', ['+ 走访', '+ 上报', '+ 督查', '+ 归档']],
    ['走访企业（园区；镇区）；上报', ['+ 走访企业（园区；镇区）', '+ 上报']],
    ['学习《条例;细则》', ['+ 学习《条例;细则》']],
    ['走访（园区；镇区', ['+ 走访（园区', '+ 镇区']],
    ['走访（园区\n镇区）', ['+ 走访（园区', '+ 镇区）']],
    ['（走访；上报）', ['+ （走访', '+ 上报）']],
    ['走访，上报、督查。归档', ['+ 走访，上报、督查。归档']],
  ])('%j', (text, items) => {
    expect(read(text)).toEqual(items);
  });
});

describe('numbering goes', () => {
  test.each([
    ...['1. ', '1.', '1、', '1．', '１、', '１．', '1) ', '1）', '(1)', '（1）', '【1】', '01、', '1，', '1：'],
    ...['① ', '⑳', '⑴', '⒈', '㈠', '❶', '㉑', '1️⃣ ', '🔟', '一、', '十二、', '（一）', '(一) ', '第一，', '第1、'],
    ...['- ', '-', '– ', '— ', '——', '• ', '· ', '* ', '●', '■ ', '➤ '],
    ...['一、1. ', '- 1、', '1. - ', '（一）1、', '• ①'],
  ])('%j', (numbering) => {
    expect(read(`${numbering}走访3户企业`)).toEqual(['+ 走访3户企业']);
  });

  test('also from a list written on one line, as long as the numbers count on', () => {
    expect(read('1.走访3户 2.上报台账，3.督查')).toEqual(['+ 走访3户', '+ 上报台账', '+ 督查']);
    expect(read('①走访②上报')).toEqual(['+ 走访', '+ 上报']);
    expect(read('1.走访企业2.上报台账3.开会')).toEqual(['+ 走访企业', '+ 上报台账', '+ 开会']);
    expect(read('（1）走访（园区）（2）上报')).toEqual(['+ 走访（园区）', '+ 上报']);
    expect(read('一、走访二、上报')).toEqual(['+ 走访', '+ 上报']);
    expect(read('1.走访企业2.5公里')).toEqual(['+ 走访企业2.5公里']);
    expect(read('1.走访企业（2）家')).toEqual(['+ 走访企业（2）家']);
    expect(read('2.走访企业3.上报')).toEqual(['+ 走访企业3.上报']);
    expect(read('1.走访3户 2.5公里道路硬化')).toEqual(['+ 走访3户 2.5公里道路硬化']);
    expect(read('1、走访 2、3号楼巡查')).toEqual(['+ 走访 2、3号楼巡查']);
    expect(read('2、走访 5、上报')).toEqual(['+ 走访 5、上报']);
  });
});

describe('a bare number before a space', () => {
  test('is a number where the lines count on', () => {
    expect(read('1 走访\n2 上报\n3 督查')).toEqual(['+ 走访', '+ 上报', '+ 督查']);
    expect(read('01 走访；02 上报')).toEqual(['+ 走访', '+ 上报']);
  });

  test.each([
    ['3 走访', ['+ 3 走访']],
    ['1 个项目开工\n2 户搬迁', ['+ 1 个项目开工', '+ 2 户搬迁']],
    ['3 走访\n5 上报', ['+ 3 走访', '+ 5 上报']],
    ['11 月工作\n12 月计划', ['+ 11 月工作', '+ 12 月计划']],
  ])('is content in %j', (text, items) => {
    expect(read(text)).toEqual(items);
  });
});

describe('numbers that are content stay', () => {
  test.each([
    ...['3.5亿元项目开工', '2026年计划编制', '110接警3起', '1+N绩效', '-5℃防冻检查', '11-20 走访', '11.20 走访'],
    ...['1.5公里道路硬化', '10:30开会', '110、119联动演练', '1、2、3号楼巡查', '三、四季度台账', '12、13日值班'],
    ...[
      '1、2号楼巡查',
      '2.0版本上线',
      '第一书记走访',
      '1,000户摸排',
      '五.一假期值班',
      '①号楼巡查',
      '1 走访',
      '十里铺走访',
    ],
    ...['**重点**项目', '1.2.3版本', '3 户走访', '一是走访', '100多户走访', '2026、2027年台账'],
  ])('%j', (text) => {
    expect(read(text)).toEqual([`+ ${text}`]);
  });

  test('two buildings, or item 1 and then building 2: the neighbours tell', () => {
    expect(read('1、2号楼巡查；2、3号楼巡查')).toEqual(['+ 2号楼巡查', '+ 3号楼巡查']);
  });

  test('more than two are always buildings, and a number of the same kind is not removed twice', () => {
    expect(read('1、5、9号楼巡查')).toEqual(['+ 1、5、9号楼巡查']);
    expect(read('（1）（2）班走访')).toEqual(['+ （2）班走访']);
  });

  test('a year after the point is no fraction', () => {
    expect(read('1.2026年计划编制')).toEqual(['+ 2026年计划编制']);
  });
});

describe('section words', () => {
  test.each([
    ['完成：走访；未清：协议；明日：督查；求助：用地指标', ['+ 走访', '- 协议', '> 督查', '? 用地指标']],
    ['完成\n走访\n未完成\n协议\n计划\n督查\n需协调\n用地', ['+ 走访', '- 协议', '> 督查', '? 用地']],
    ['一、今日完成：\n1、走访\n二、遗留\n1、协议\n三、明日计划：\n1、督查', ['+ 走访', '- 协议', '> 督查']],
    ['- 完成：走访\n- 未清：协议', ['+ 走访', '- 协议']],
    ['【完成】走访【未清】协议【明日】督查', ['+ 走访', '- 协议', '> 督查']],
    ['**今日完成：**\n- 走访\n\n**明日计划：**\n- 督查', ['+ 走访', '> 督查']],
    ['✅完成：走访\n🔴 未清：协议\n📌明日：督查', ['+ 走访', '- 协议', '> 督查']],
    ['未清：1.协议 2.合同', ['- 协议', '- 合同']],
    ['今日 走访\n未清 协议', ['+ 走访', '- 协议']],
    ['完成 走访3户 未清 园区协议 明日 督查', ['+ 走访3户', '- 园区协议', '> 督查']],
    ['走访3户企业，未清：征地协议，等县局批复，明日：督查', ['+ 走访3户企业', '… 征地协议，等县局批复', '> 督查']],
    ['走访3户企业。未清：征地协议', ['+ 走访3户企业。', '- 征地协议']],
    ['未清：协议\n完成：走访', ['- 协议', '+ 走访']],
    [
      'Done: fixed login; Open: land deal; Tomorrow: audit; Help: a driver',
      ['+ fixed login', '- land deal', '> audit', '? a driver'],
    ],
    ['Ｄｏｎｅ：ｌｏｇｉｎ；ｐｌａｎ：ａｕｄｉｔ', ['+ ｌｏｇｉｎ', '> ａｕｄｉｔ']],
    ['Plan\naudit', ['> audit']],
    ['今日 完成：走访', ['+ 走访']],
    ['明日 完成 合同签订', ['> 完成 合同签订']],
  ])('%j open sections', (text, items) => {
    expect(read(text)).toEqual(items);
  });

  test.each([
    ...[
      '完成了3项',
      '今日走访',
      '今天下午开会',
      '计划生育检查',
      '遗留问题整改2个',
      '求助信办理3件',
      '走访5户，完成：3户',
    ],
    ...[
      '走访（完成：3户 未完成：2户）',
      'The visit plan: approved',
      'help desk tickets',
      'open the new office',
      '完成率统计',
    ],
    ...['遗留协议，等批复', '(完成 走访', '(今日 走访)'],
  ])('in %j are part of the sentence', (text) => {
    expect(read(text)).toEqual([`+ ${text}`]);
  });

  test('what begins with 未完成 or 未清 is never counted as done', () => {
    expect(read('完成走访3户；未完成征地协议；明日陪同督查')).toEqual([
      '+ 完成走访3户',
      '- 未完成征地协议',
      '> 明日陪同督查',
    ]);
    expect(read('完成：走访；未清园区协议，待批复')).toEqual(['+ 走访', '… 未清园区协议，待批复']);
    expect(read('需协调县局解决用地')).toEqual(['? 需协调县局解决用地']);
  });

  test('what stands under a section word belongs there, whatever it begins with', () => {
    expect(read('完成：明日会议材料；明天培训通知')).toEqual(['+ 明日会议材料', '+ 明天培训通知']);
    expect(read('未清：\n明日要交的材料')).toEqual(['- 明日要交的材料']);
  });
});

describe('headings as they are pasted', () => {
  test.each([
    ['今日完成1、走访；2、上报。未完成：1、台账。', ['+ 走访', '+ 上报。', '- 台账。']],
    ['完成1.走访2.上报；未清1.台账2.协议', ['+ 走访', '+ 上报', '- 台账', '- 协议']],
    ['明日①陪同②归档', ['> 陪同', '> 归档']],
    ['完成1、2号楼检查', ['+ 完成1、2号楼检查']],
    ['完成1.5亿元投资', ['+ 完成1.5亿元投资']],
    ['**完成** 走访\n**未清** 台账', ['+ 走访', '- 台账']],
    ['走访\n存在问题：\n无', ['+ 走访']],
    ['走访；存在问题：排水不畅', ['+ 走访', '- 排水不畅']],
    ['进行中：台账核对60%', ['- 台账核对60%']],
    ['走访\n下步打算：复查', ['+ 走访', '> 复查']],
    ['√ 走访\n★上报\n□ 归档', ['+ 走访', '+ 上报', '+ 归档']],
  ])('%j', (text, items) => {
    expect(read(text)).toEqual(items);
  });
});

describe('who says at the end that it is not done', () => {
  test.each([
    ['走访；台账未完成', ['+ 走访', '- 台账未完成']],
    ['台账 未完成', ['- 台账 未完成']],
    ['征地协议（未完成，等县局批复）', ['… 征地协议（未完成，等县局批复）']],
    ['征地协议，未清', ['- 征地协议，未清']],
    ['两户手续仍未办结。', ['- 两户手续仍未办结。']],
    ['排查未完成整改的12户', ['+ 排查未完成整改的12户']],
    ['核对历年未清账目', ['+ 核对历年未清账目']],
    ['完成：通报三件未办结', ['+ 通报三件未办结']],
  ])('%j', (text, items) => {
    expect(read(text)).toEqual(items);
  });
});

describe('waiting on somebody else', () => {
  test.each([
    ['园区协议，等县局批复', '…'],
    ['园区协议,待批', '…'],
    ['园区协议（等县局批复）', '…'],
    ['园区协议( 待县局批复 )', '…'],
    ['land deal, waiting for the county', '…'],
    ['园区协议，材料不齐', '-'],
    ['园区协议，等级评定', '-'],
    ['园区协议，待遇核查', '-'],
    ['等级评定', '-'],
  ])('unfinished %j', (text, letter) => {
    expect(read(`未清：${text}`)).toEqual([`${letter} ${text}`]);
  });

  test('what is done no longer waits', () => {
    expect(read('园区协议，等县局批复')).toEqual(['+ 园区协议，等县局批复']);
  });
});

describe('nothing to report', () => {
  test.each([
    '无',
    '无。',
    '今日无',
    '今天 没有',
    '无事项',
    'None',
    'nothing',
    '完成：无；未清：无',
    '未清无',
    '未清：/',
    ' （1）无',
  ])('%j', (text) => {
    expect(read(text)).toBe('nothing');
  });

  test('a 无 beside items only fills its section', () => {
    expect(read('走访；未清：无；明日：督查')).toEqual(['+ 走访', '> 督查']);
    expect(read('无人机巡查')).toEqual(['+ 无人机巡查']);
  });
});

describe('what a person cannot see', () => {
  test.each([
    ['', 'no text'],
    [' \t\n\u3000', 'spaces'],
    ['\u200b\u2060\ufeff\u3164\u2800', 'invisible characters'],
    ['\u202e\u2066\u200f', 'direction characters'],
    ['\u200d\ufe0f', 'a joiner and a selector alone'],
    ['；；;\n', 'separators'],
    ['1. \n2、\n---', 'numbering of nothing'],
    ['……？！', 'punctuation'],
    ['未清：', 'a section of nothing'],
  ])('%j is empty: %s', (text) => {
    expect(read(text)).toBe('empty');
  });

  test('goes from items; what can be seen stays', () => {
    expect(read('走\u202e访\u200b3\u0000户\u0007 \u00a0 企业')).toEqual(['+ 走访3户 企业']);
    expect(read('👍')).toEqual(['+ 👍']);
    expect(read('慰问👨‍👩‍👧一家❤️；🇨🇳升旗')).toEqual(['+ 慰问👨‍👩‍👧一家❤️', '+ 🇨🇳升旗']);
    expect(read('葛\u{e0100}城镇走访')).toEqual(['+ 葛\u{e0100}城镇走访']);
    expect(read('\ud83d走访\udc4d')).toEqual(['+ \ufffd走访\ufffd']);
  });
});

describe('limits', () => {
  test('a hundred items are taken, one more is not, and ten thousand are too many rather than too long', () => {
    const items = (count: number) => Array.from({ length: count }, (_, n) => `事项${n}`).join('\n');
    expect(read(items(MAX_ITEMS))).toHaveLength(100);
    expect(parseReport(items(MAX_ITEMS + 1))).toEqual({ problem: 'too-many-items', limit: MAX_ITEMS });
    expect(parseReport(items(10_000))).toEqual({ problem: 'too-many-items', limit: MAX_ITEMS });
  });

  test('an item is counted in characters, not in bytes or halves of one', () => {
    expect(read('𠮷'.repeat(MAX_ITEM_CHARACTERS))).toHaveLength(1);
    const long = '𠮷'.repeat(MAX_ITEM_CHARACTERS + 1);
    expect(parseReport(`走访\n${long}`)).toEqual({ problem: 'too-long-item', limit: MAX_ITEM_CHARACTERS });
  });

  test('a hundred kilobytes are too long', () => {
    expect(parseReport('走'.repeat(33_334))).toEqual({ problem: 'too-long', limit: MAX_REPORT_CHARACTERS });
    expect(parseReport(`${'走'.repeat(480)}\n`.repeat(2_000))).toEqual({
      problem: 'too-long',
      limit: MAX_REPORT_CHARACTERS,
    });
    expect(parseReport('走；'.repeat(500_000))).toEqual({ problem: 'too-many-items', limit: MAX_ITEMS });
  });
});

const words = [
  '走访3户',
  '上报台账',
  '3.5亿元项目',
  '-5℃检查',
  '明日',
  '未清：',
  '完成',
  '等批复',
  '（',
  '）',
  '，',
  ' ',
  ';',
  '；',
  '\n',
  '1.',
  '2、',
  '①',
  '- ',
  '无',
  '👍',
  '\u200d',
  '\u202e',
  'plan:',
  '#招商',
  '\ud800',
];
const typed = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.constantFrom(...words), { maxLength: 40 }).map((list) => list.join('')),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 60 }).map((codes) => String.fromCharCode(...codes)),
);

describe('whatever is typed', () => {
  test('is answered by items that can be read, stored and shown, or by one of four problems', () => {
    fc.assert(
      fc.property(typed, (text) => {
        const report = parseReport(text);
        if ('problem' in report) {
          expect(['empty', 'too-many-items', 'too-long-item', 'too-long']).toContain(report.problem);
          return;
        }
        expect(report.nothing).toBe(report.items.length === 0);
        for (const item of report.items) {
          expect(item.text).toBe(item.text.trim());
          expect(item.text).not.toMatch(/\s{2}|[\p{Cc}\p{Bidi_Control}]/u);
          expect(item.text.isWellFormed()).toBe(true);
          expect(item.text).toMatch(/[^\s\p{P}\p{Default_Ignorable_Code_Point}]/u);
        }
      }),
      { numRuns: 1000 },
    );
  });

  const content = fc.constantFrom(
    '走访3户企业',
    '上报防汛台账',
    '3.5亿元项目开工',
    '-5℃防冻检查',
    '1+N绩效',
    '110接警',
    '11-20 走访',
    'fix login',
    '慰问❤️',
  );
  const numberings = [
    (_: number) => '',
    (n: number) => `${n}. `,
    (n: number) => `${n}、`,
    (n: number) => `（${n}）`,
    () => '- ',
    (n: number) => String.fromCodePoint(0x2460 + n - 1),
  ];

  test('keeps every visible character of every item, under any numbering and separator', () => {
    fc.assert(
      fc.property(
        fc.array(content, { minLength: 1, maxLength: 15 }),
        fc.constantFrom(...numberings),
        fc.constantFrom('\n', ';', '；', '；\n', '\r\n'),
        (contents, numbering, separator) => {
          const text = contents.map((item, n) => numbering(n + 1) + item).join(separator);
          expect(read(text)).toEqual(contents.map((item) => `+ ${item}`));
        },
      ),
      { numRuns: 300 },
    );
  });

  test('adds nothing and changes no order: items are made of the characters that were typed', () => {
    fc.assert(
      fc.property(typed, (text) => {
        const report = parseReport(text);
        const said = 'problem' in report ? '' : report.items.map((item) => item.text).join('');
        const left = text.toWellFormed()[Symbol.iterator]();
        for (const character of said.replaceAll(' ', '')) {
          let next = left.next();
          while (!next.done && next.value !== character) next = left.next();
          expect(next.value).toBe(character);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('hostile strings are answered too', () => {
    const file = fileURLToPath(new URL('../../../shared/data/blns.json', import.meta.url));
    const strings: string[] = existsSync(file)
      ? JSON.parse(readFileSync(file, 'utf8'))
      : ['<script>', "'; DROP TABLE", 'Ω≈ç', '1;DROP', '﷽', '𝕋𝕙𝕖', 'ﷺ', '__proto__'];
    for (const text of strings) {
      for (const item of [read(text), read(`未清：${text}`), read(`走访;${text}\n1. ${text}`)])
        expect(item).toBeDefined();
    }
  });
});

test('a hundred kilobytes of anything take no longer than a blink', () => {
  const pieces = [
    'a',
    ';',
    '; ',
    '\n',
    ' \n',
    '(',
    '()',
    'x(',
    '【',
    '①',
    '1. ',
    '1、',
    '- ',
    '* ',
    '*',
    '-',
    ' ',
    '，',
    'x,',
    '完成',
    '未清：',
    '完成 ',
    '未清 a ',
    ' 明日：b',
    '😀 ',
    '\u200d',
    ' \u200d',
    '\ufe0f',
    '\u202e',
    '一',
    '十、',
    '\ud800',
    '。',
    '[done]',
    '无;',
  ];
  for (const piece of pieces) {
    for (const text of [
      piece.repeat(100_000 / piece.length),
      piece.repeat(9_900 / piece.length),
      `完成 ${piece.repeat(9_000 / piece.length)}x`,
    ]) {
      const start = performance.now();
      parseReport(text);
      // A blink on a machine that is busy; a quadratic step would take seconds.
      expect(performance.now() - start, piece).toBeLessThan(250);
    }
  }
});
