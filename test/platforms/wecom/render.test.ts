import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Block, list, type Reply, text } from '../../../src/message.ts';
import { inert } from '../../../src/platforms/wecom/markup.ts';
import { render } from '../../../src/platforms/wecom/render.ts';
import { picture } from '../../render/pictured.ts';

const drawn = (...reply: Reply) => render(reply).join('\n----\n');

/** Written out: a limit that moves must be seen. */
const MAX_BYTES = 20_480;

test('draws every kind of block', () => {
  const blocks: readonly Block[] = [
    { kind: 'text', text: '已记 2 项\n未清 1 项' },
    { kind: 'list', items: ['走访', '2. 上报'] },
    { kind: 'table', columns: ['单位', '分'], rows: [['城关镇', '96'], ['河口乡']] },
    { kind: 'image', url: 'https://example.invalid/榜 (1).png', alt: '榜' },
    { kind: 'picture', picture: picture() },
    { kind: 'file', name: '台账.xlsx', url: 'https://example.invalid/f' },
    { kind: 'mention', member: 'wecom:zhangsan', name: '张三' },
    { kind: 'buttons', buttons: [{ text: '确认', command: '/周结 确认' }] },
  ];
  expect(drawn(...blocks)).toBe(
    [
      '已记 2 项  \n未清 1 项  ',
      '- 走访\n2.\u00a0上报  ',
      '| 单位 | 分 |\n| --- | --- |\n| 城关镇 | 96 |\n| 河口乡 |  |',
      '![榜](https://example.invalid/%E6%A6%9C%20%281%29.png)',
      '[台账.xlsx](https://example.invalid/f)',
      '＠张三',
      '- 确认 → /周结 确认',
    ].join('\n\n'),
  );
});

test('an address that is none of the web is not linked', () => {
  expect(drawn({ kind: 'file', name: '台账', url: 'javascript:alert(1)' })).toBe('台账');
  expect(drawn({ kind: 'image', url: '/local.png', alt: '榜' })).toBe('榜');
});

test.each([
  ['<@zhangsan>', '＜＠zhangsan>'],
  ['@all 请看', '＠all 请看'],
  ['[点我](http://example.invalid)', '［点我］(http://example.invalid)'],
  ['![图](http://example.invalid)', '!［图］(http://example.invalid)'],
  ['# 通知', '＃ 通知'],
  ['  ## 通知', '\u00a0\u00a0＃＃ 通知'],
  ['> 领导说', '＞ 领导说'],
  ['通知\n===', '通知\n＝＝＝'],
  ['通知\n---', '通知\n－－－'],
  ['- - -', '－ － －'],
  ['- 走访', '-\u00a0走访'],
  ['3. 走访', '3.\u00a0走访'],
  ['a | b\n--|--', 'a ｜ b\n--｜--'],
  ['```\ncode\n```', '｀｀｀\ncode\n｀｀｀'],
  ['**重要** __重要__ ~~删~~', '＊＊重要＊＊ ＿＿重要＿＿ ～～删～～'],
  ['<font color="warning">急</font>', '＜font color="warning">急＜/font>'],
  ['&lt;@all&gt; R&D', '＆lt;＠all＆gt; R&D'],
  ['\\[x]', '＼［x］'],
  ['    四格缩进', '\u00a0\u00a0\u00a0\u00a0四格缩进'],
  ['a\u0000b\u001b[31mc\u202ed\u2066e', 'ab［31mcde'],
  ['一\r\n二\u2028三\t四', '一\n二\n三 四'],
  ['report_2026_v2.xlsx 3项 9:00-10:00 完成率>80%', 'report_2026_v2.xlsx 3项 9:00-10:00 完成率>80%'],
])('%j is shown as %j, and does nothing', (said, shown) => {
  expect(inert(said).join('\n')).toBe(shown);
});

/** What would begin markup in any of the dialects WeCom is said to draw. */
const MARKUP =
  /[<`[\]\\|*~@]|^\s*#|^ *>|^ {4}|^\s*[-+] |^\s*\d+[.)] |^[=\-\s]*[=-]{2,}\s*$|(?<![\p{L}\p{N}])_|\p{Cc}/mu;
const doesNothing = (said: string) => inert(said).every((line) => !MARKUP.test(line));

test('no text whatever begins markup', () => {
  const signs = fc.constantFrom(...'<>@#[]()!`*_~|-=+.\\&; \t\n1a日', '<@', '](', '@all', '\u202e', '\u00a0', '&lt;');
  const said = fc.oneof(fc.string({ unit: signs, maxLength: 30 }), fc.string({ unit: 'binary' }));
  fc.assert(
    fc.property(said, (said) => doesNothing(said)),
    { numRuns: 5_000 },
  );
});

test('no hostile string of the lists begins markup, and each survives as a cell and an item', () => {
  const lists = new URL('../../../../shared/data/blns.json', import.meta.url);
  const strings: unknown = existsSync(lists)
    ? JSON.parse(readFileSync(lists, 'utf8'))
    : ['<script>alert(1)</script>', '`|\n# x'];
  if (!Array.isArray(strings)) throw new Error('no list');
  for (const string of strings) {
    expect(doesNothing(String(string))).toBe(true);
    const table = drawn({ kind: 'table', columns: ['a', 'b'], rows: [[String(string), 'end']] }).split('\n');
    expect(table).toHaveLength(3);
    expect(table[2]?.match(/\|/gu)).toHaveLength(3);
    expect(drawn(...list([String(string)])).split('\n')).toHaveLength(1);
  }
});

test('20,480 bytes go as one message, one more makes two, broken at a line end', () => {
  const line = `${'清'.repeat(33)}`;
  const rows = Array.from({ length: 400 }, (_, i) => `${line}${i}`);
  const parts = render(list(rows));
  expect(parts).toHaveLength(3);
  for (const part of parts) expect(Buffer.byteLength(part)).toBeLessThanOrEqual(MAX_BYTES);
  expect(parts.join('\n').split('\n')).toEqual(rows.map((row) => `- ${row}`));

  const full = 'x'.repeat(MAX_BYTES - 2);
  expect(render(text(full))).toHaveLength(1);
  expect(render(text(`${full}xxx`)).map((part) => Buffer.byteLength(part) <= MAX_BYTES)).toEqual([true, true]);
});

test('a long board says its columns again in every message', () => {
  const rows = Array.from({ length: 900 }, (_, i) => [`第${i}个很长的单位名称`, '100']);
  const parts = render([{ kind: 'table', columns: ['单位', '分'], rows }]);
  expect(parts.length).toBeGreaterThan(1);
  for (const part of parts) expect(part.startsWith('| 单位 | 分 |\n| --- | --- |\n')).toBe(true);
});

test('an empty answer is no message', () => {
  expect(render([])).toEqual([]);
  expect(render(text(''))).toEqual([]);
});
