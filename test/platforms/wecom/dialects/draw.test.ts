import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Block, heading, list, type Reply, text, toned } from '../../../../src/message.ts';
import {
  draw,
  drawForApp,
  drawForWebhook,
  type FormName,
  forms,
} from '../../../../src/platforms/wecom/dialects/draw.ts';
import { inertInMarkdown as inert } from '../../../../src/platforms/wecom/dialects/inert.ts';
import { picture } from '../../../render/pictured.ts';

/** The words of a reply in one of WeCom's forms, a text a message. */
const render = (reply: Reply, form: FormName = 'bot') =>
  draw(reply, form, { id: 'r' }).flatMap((drawn) => ('content' in drawn ? [drawn.content] : []));
const drawn = (...reply: Reply) => render(reply).join('\n----\n');

/** Written out: a limit that moves must be seen. */
const MAX_BYTES = 20_480;

test('draws every kind of block, buttons on a card', () => {
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
      '- 走访\n- 2.\u00a0上报',
      '| 单位 | 分 |\n| --- | --- |\n| 城关镇 | 96 |\n| 河口乡 |  |',
      '![榜](https://example.invalid/%E6%A6%9C%20%281%29.png)',
      '[台账.xlsx](https://example.invalid/f)',
      '＠张三',
    ].join('\n\n'),
  );
});

const confirm = { kind: 'buttons', buttons: [{ text: '确认', command: '/周结 确认' }] } as const;
const cards = (reply: Reply, form: FormName = 'bot') =>
  draw(reply, form, { id: 'r' }).flatMap((drawn) => (drawn.msgtype === 'template_card' ? [drawn] : []));

test('a short answer with its buttons is one card and nothing else', () => {
  const reply = [...heading('本周周结'), ...text('核对后点一下。'), confirm];
  expect(draw(reply, 'bot', { id: 'r' })).toMatchObject([
    {
      msgtype: 'template_card',
      card: {
        card_type: 'button_interaction',
        main_title: { title: '本周周结' },
        sub_title_text: '核对后点一下。',
        button_list: [{ text: '确认', style: 1, key: '/周结 确认' }],
        task_id: expect.stringMatching(/^once-[\w-]{22}-0$/u),
      },
      instead: [{ content: '### 本周周结\n\n核对后点一下。  \n\n- 确认 → /周结 确认' }],
    },
  ]);
});

test('a line is not parted within a time of day or a number', () => {
  const [card] = cards([...text('11月24日（周二）的日清还没报，20:00 前发一条就行，例如：'), confirm]);
  expect(card?.card.main_title.title).toBe('11月24日（周二）的日清还没报');
  expect(card?.card.sub_title_text).toBe('20:00 前发一条就行，例如：');
});

test('one long line is parted at a pause between title and text', () => {
  const line = '王丁（城关镇）11月20日到11月22日请假，2 个工作日，事由：家里有事。';
  const [card] = cards([...text(line), confirm]);
  expect(card?.card.main_title.title).toBe('王丁（城关镇）11月20日到11月22日请假');
  expect(card?.card.sub_title_text).toBe('2 个工作日，事由：家里有事。');
});

test('below a long answer stands a card with the beginning of it', () => {
  const reply = [
    ...heading('简报 · 昨天（11月20日 周五） · 城关镇等 12 个单位'),
    ...list(['甲'.repeat(100), '乙'.repeat(100)]),
    confirm,
  ];
  const [words, card, ...rest] = draw(reply, 'bot', { id: 'r' });
  expect(rest).toEqual([]);
  expect(words).toMatchObject({ msgtype: 'markdown' });
  expect(card).toMatchObject({
    card: { main_title: { title: '简报 · 昨天（11月20日 周五） · 城关镇等…' } },
    instead: [{ content: '- 确认 → /周结 确认' }],
  });
});

test('more than six buttons make several cards, each under an id of its own, the same whenever it is drawn', () => {
  const buttons = Array.from({ length: 14 }, (_, i) => ({ text: `第${i}项`, command: `/清 ${i}` }));
  const reply = [...text('还没清的'), { kind: 'buttons', buttons, stays: true } as const];
  const all = cards(reply);
  expect(all.map(({ card }) => card.button_list?.length)).toEqual([6, 6, 2]);
  expect(new Set(all.map(({ card }) => card.task_id)).size).toBe(3);
  for (const { card } of all) expect(card.task_id).toMatch(/^stay-[0-9A-Za-z_-]+$/u);
  expect(cards(reply)).toEqual(all);
  expect(all.flatMap(({ card }) => card.button_list?.map(({ key }) => key))).toEqual(buttons.map((b) => b.command));
  expect(all.filter(({ instead }) => instead.length > 0)).toHaveLength(1);
});

test('in a group, buttons that stay get no card below longer words: they are said', () => {
  const stays = { kind: 'buttons', buttons: [{ text: '怎么算的', command: '/为什么 城关镇' }], stays: true } as const;
  const board = [...text('单位榜'), { kind: 'table', columns: ['单位'], rows: [['城关镇']] } as const, stays];
  const inGroup = draw(board, 'bot', { id: 'r', inGroup: true });
  expect(inGroup).toMatchObject([
    { msgtype: 'markdown', content: expect.stringContaining('怎么算的 → /为什么 城关镇') },
  ]);
  expect(draw(board, 'bot', { id: 'r' }).map(({ msgtype }) => msgtype)).toEqual(['markdown', 'template_card']);
  // A choice is worth its card, and so is what says no more than the card itself.
  expect(draw([...board, confirm], 'bot', { id: 'r', inGroup: true })).toHaveLength(2);
  expect(draw([...text('单位榜'), stays], 'bot', { id: 'r', inGroup: true })).toMatchObject([
    { msgtype: 'template_card' },
  ]);
});

test('a command of more than 1,024 bytes fits on no button: it is said, and can be copied', () => {
  const long = { text: '记成日清', command: `/日清 ${'走访企业'.repeat(90)}` };
  const drawings = draw([...text('要记下吗？'), { kind: 'buttons', buttons: [long, ...confirm.buttons] }], 'bot', {
    id: 'r',
  });
  expect(drawings).toMatchObject([
    { content: expect.stringContaining(long.command) },
    { card: { button_list: [{ key: '/周结 确认' }] } },
  ]);
});

test('where nobody can press, buttons are said', () => {
  for (const form of ['webhook-v2', 'webhook-v1', 'webhook-text', 'app-text', 'app-group'] as const) {
    expect(cards([...text('核对后点一下。'), confirm], form)).toEqual([]);
    expect(render([...text('核对后点一下。'), confirm], form).join()).toContain('确认 → /周结 确认');
  }
});

test('a page with few words about it is a card that leads there', () => {
  const link = { kind: 'link', text: '打开看板', url: 'https://riqing.example.com/board/u1?k=a' } as const;
  const [{ card } = { card: null }, ...rest] = cards([...text('城关镇的看板'), link]);
  expect(rest).toEqual([]);
  expect(card).toEqual({
    card_type: 'text_notice',
    main_title: { title: '城关镇的看板' },
    jump_list: [{ type: 1, title: '打开看板', url: link.url }],
    card_action: { type: 1, url: link.url },
  });
});

test('tones are colours where there are any, and what is overdue is bold elsewhere', () => {
  const reply: Reply = [
    ...toned('warning', '逾期 2 天'),
    ...toned('good', '全部办结'),
    ...toned('quiet', '不作考核依据'),
    ...list(['防汛台账', { text: '园区征地', tone: 'warning' }]),
  ];
  expect(render(reply)).toEqual(['**逾期 2 天**  \n\n全部办结  \n\n不作考核依据  \n\n- 防汛台账\n- **园区征地**']);
  expect(render(reply, 'app')).toEqual([
    [
      '<font color="warning">逾期 2 天</font>',
      '<font color="info">全部办结</font>',
      '<font color="comment">不作考核依据</font>',
      '· 防汛台账\n· <font color="warning">园区征地</font>',
    ].join('\n\n'),
  ]);
  expect(render(reply, 'app-text')).toEqual(['逾期 2 天\n\n全部办结\n\n不作考核依据\n\n· 防汛台账\n· 园区征地']);
});

const zhang = { kind: 'mention', member: 'wecom:zhangsan', name: '张三' } as const;

test('somebody is mentioned where that is possible, and named elsewhere', () => {
  const reply = [...heading('提醒'), zhang];
  expect(render(reply, 'webhook-v1')).toEqual(['### 提醒\n\n<@zhangsan>']);
  expect(render(reply, 'app-group')).toEqual(['### 提醒\n\n<@zhangsan>']);
  expect(draw(reply, 'webhook-text', { id: 'r' })).toEqual([
    { msgtype: 'text', content: '提醒\n\n＠张三', mentioned: ['zhangsan'] },
  ]);
  for (const form of ['bot', 'webhook-v2', 'app'] as const) expect(render(reply, form).join()).toContain('＠张三');
});

test.each(['wecom:all', 'wecom:@all', 'wecom:ALL', 'wecom:a b', 'wecom:x><@all', 'feishu:ou_1', 'wecom:'])(
  '%s is nobody whom WeCom could mention',
  (member) => {
    for (const form of Object.keys(forms) as FormName[]) {
      for (const one of draw([{ kind: 'mention', member, name: 'all' }], form, { id: 'r' })) {
        expect(JSON.stringify(one)).not.toMatch(/[<@]/u);
        expect(one).not.toHaveProperty('mentioned.0');
      }
    }
  },
);

test('a webhook takes the form that shows most: tables, mentions, or plain words that every client shows', () => {
  const types = (reply: Reply) => drawForWebhook(reply, { id: 'r' }).map(({ msgtype }) => msgtype);
  expect(types(text('已收到'))).toEqual(['text']);
  expect(types([...text('请看'), zhang])).toEqual(['text']);
  expect(types([...heading('请看'), zhang])).toEqual(['markdown']);
  expect(types([{ kind: 'table', columns: ['单位'], rows: [['城关镇']] }])).toEqual(['markdown_v2']);
  expect(drawForApp(text('已收到'), { id: 'r' })).toEqual([{ msgtype: 'text', content: '已收到', mentioned: [] }]);
  expect(drawForApp(toned('quiet', '已收到'), { id: 'r' })).toMatchObject([{ msgtype: 'markdown' }]);
});

test('pictures and files stand beside the words where they can be uploaded', () => {
  const file = { kind: 'file', name: '台账.xlsx', url: 'https://example.invalid/f' } as const;
  const reply = [...text('榜'), { kind: 'picture', picture: picture() } as const, file];
  expect(draw(reply, 'bot', { id: 'r', hasMedia: true })).toEqual([
    { msgtype: 'markdown', content: '榜' },
    { msgtype: 'image', picture: picture() },
    { msgtype: 'file', name: file.name, url: file.url },
  ]);
  expect(render(reply)).toEqual(['榜  \n\n[台账.xlsx](https://example.invalid/f)']);
});

test('whatever is said, in every form no message is longer than it may be', () => {
  const long = '逾期未清，请核对。'.repeat(900);
  const reply: Reply = [
    ...heading(long),
    ...toned('warning', long),
    ...list([long, { text: long, tone: 'warning' }]),
    {
      kind: 'table',
      columns: ['单位', long],
      rows: [
        [long, long],
        ['甲', '乙'],
      ],
    },
    {
      kind: 'buttons',
      buttons: [
        { text: long, command: long },
        { text: long, command: '/榜' },
      ],
    },
  ];
  for (const form of Object.keys(forms) as FormName[]) {
    for (const content of render(reply, form)) {
      expect(Buffer.byteLength(content), form).toBeLessThanOrEqual(forms[form].maxBytes);
      if (form === 'app') expect(content.split('<font').length).toBe(content.split('</font>').length);
      for (const line of content.split('\n'))
        expect(line.startsWith('|')).toBe(line.startsWith('|') && line.endsWith('|'));
    }
  }
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
  const lists = new URL('../../../../../shared/data/blns.json', import.meta.url);
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
