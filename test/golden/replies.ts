/** One reply of each kind that the house sends, made by the real commands and jobs of a fictional county. */
import { dailyDigest } from '../../jobs/daily-digest.ts';
import { missingList } from '../../jobs/missing-list.ts';
import { nudge } from '../../jobs/nudge.ts';
import { weeklyDraft } from '../../jobs/weekly-draft.ts';
import { type Block, heading, list, type Reply, text } from '../../src/message.ts';
import type { BoardLinks } from '../../src/ports.ts';
import { coordinator, decider, procedure, reviewer } from '../procedure.ts';
import { county, groupOf, person } from '../town.ts';
import { at, say } from '../values.ts';

export const kinds = [
  'receipt',
  'receipt-in-private',
  'refusal',
  'help',
  'own-week',
  'board',
  'why',
  'digest',
  'nudge',
  'missing-list',
  'week-draft',
  'leave-request',
  'offer',
  'erase-confirmation',
  'workbook',
  'list-draft',
  'list-notice',
  'list-to-sign',
  'list-in-groups',
  'list-for-leaders',
  'appeal',
  'every-block',
  'hostile-words',
  'many-rows',
  'long-text',
] as const;
export type ReplyKind = (typeof kinds)[number];

const links: BoardLinks = { board: async (viewer) => `https://riqing.example.com/board/u1?k=${viewer.length}.a.b` };
const [wang, li, sun, zhao, boss] = [
  person('wang', '王一'),
  person('li', '李二'),
  person('sun', '孙五'),
  person('zhao', '赵三'),
  person('boss', '管理的人'),
];

/** What a person could write to do more than say something. */
export const hostile = [
  '<@all> @all <font color="warning">急</font>',
  '[点我](https://example.invalid) ![](https://example.invalid/a.png)',
  '# 通知 **重要** ~~删~~ `码`',
  '| a | b |',
  '<a href="https://example.invalid">链接</a> &lt;@wang&gt;',
];

const fromCounty = async (): Promise<Partial<Record<ReplyKind, Reply>>> => {
  const home = county('zh-CN', links);
  const top = await home.unit('云岭县', [zhao, boss], { roles: { zhao: ['leader'] }, settings: { cadence: 'off' } });
  await home.member(boss, top, [{ role: 'admin', unit: null }]);
  const town = await home.unit('城关镇', [wang, li, sun], {
    parent: top.id,
    roles: { wang: ['coordinator', 'unitHead'] },
    settings: { leaveApproval: 'on' },
  });
  const others = ['白石镇', '柳塘镇'].flatMap((name) => ['甲', '乙', '丙'].map((one) => person(`${name}${one}`)));
  for (const name of ['白石镇', '柳塘镇']) {
    await home.unit(
      name,
      others.filter(({ id }) => id.startsWith(name)),
      { parent: top.id },
    );
  }

  /** The last of the answers: what goes to the person, where something does. */
  const asked = async (who: typeof wang, when: string, words: string, where?: string): Promise<Reply> => {
    const chat =
      where === undefined ? { platform: 'playground' as const, id: who.id, kind: 'direct' as const } : groupOf(where);
    const answers = await home.receive(say(words, { sender: who, at: at(when), chat, addressed: where === undefined }));
    return answers.at(-1)?.reply ?? [];
  };
  const posted = async (...args: Parameters<typeof home.run>): Promise<Reply> =>
    (await home.run(...args))[0]?.reply ?? [];

  const receipt = await asked(
    li,
    '2026-11-23 16:00',
    '/日清 走访3户企业；未清：防汛台账；未清：园区征地协议，等县局批复',
    '城关镇',
  );
  // Boards need a week: 白石镇 and 柳塘镇 file every day, 城关镇 does not.
  for (const day of ['23', '24', '25', '26', '27']) {
    for (const who of others) {
      const where = who.id.slice(0, 3);
      const hour = where === '柳塘镇' && day > '25' ? '20:30' : '16:10';
      await home.tell(who, `2026-11-${day} ${hour}`, '/日清 上报两份材料', where);
    }
  }
  await home.tell(wang, '2026-11-23 20:00', '/日清 开了协调会');
  const hostileWords = await asked(wang, '2026-11-24 15:00', `/日清 ${hostile.join('；')}`);
  await asked(li, '2026-11-26 10:00', '/请假 11-27 家里有事');
  await asked(wang, '2026-11-26 15:00', '/日清 核对台账');

  return {
    receipt,
    'hostile-words': hostileWords,
    'receipt-in-private': await asked(li, '2026-11-26 16:00', '/日清 走访1户企业'),
    refusal: await asked(li, '2026-11-26 16:01', '/任命 王一 联络员 城关镇', '城关镇'),
    help: await asked(li, '2026-11-26 16:02', '/帮助'),
    'own-week': await asked(li, '2026-11-26 16:03', '/我的'),
    board: await asked(zhao, '2026-11-30 10:00', '/榜 上周'),
    why: await asked(wang, '2026-11-30 10:01', '/为什么'),
    digest: await posted(dailyDigest, top, '2026-11-27 09:00'),
    nudge: await posted(nudge, town, '2026-11-25 17:00'),
    'missing-list': await posted(missingList, town, '2026-11-26 09:00'),
    'week-draft': await posted(weeklyDraft, town, '2026-11-27 15:00'),
    'leave-request': home.tellings().find(({ id }) => id.includes('leave'))?.reply ?? [],
    offer: await asked(li, '2026-11-30 11:00', '今天走访了3户企业，上报了防汛台账'),
    'erase-confirmation': await asked(boss, '2026-11-30 11:01', '/名册 抹除 李二'),
    workbook: await asked(wang, '2026-11-30 11:02', '/导出'),
  };
};

const fromProcedure = async (): Promise<Partial<Record<ReplyKind, Reply>>> => {
  const made = await procedure();
  const to = (job: string, who: string): Reply =>
    made.posts.find((post) => post.job === job && post.to === who)?.reply ?? [];
  await made.until('2026-12-01 09:00');
  await made.said(reviewer, '/红黑榜 L-01 确认');
  await made.until('2026-12-02 09:00');
  await made.said(coordinator('柳塘镇'), '/申诉 L-01 台账当天已补齐');
  const appeal = made.tellings().find(({ chat }) => chat.id === decider.id)?.reply ?? [];
  await made.said(decider, '/申诉 A-01 采纳 理由：核对属实');
  await made.until('2026-12-03 18:00');
  await made.said(reviewer, '/红黑榜 L-01 签发');
  await made.until('2026-12-08 10:00');
  return {
    appeal,
    'list-draft': to('list-draft', '@审'),
    'list-notice': to('list-notice', '@清溪乡甲'),
    'list-to-sign': to('list-close', '@审'),
    'list-in-groups': to('list-publish', '#城关镇'),
    'list-for-leaders': to('list-publish', '@城关镇甲'),
  };
};

/** What no command says yet, and texts longer than any message. */
const made = (board: Reply): Partial<Record<ReplyKind, Reply>> => {
  const picture = board.filter(({ kind }) => kind === 'picture');
  const rows = Array.from({ length: 600 }, (_, i) => [
    `${i + 1}`,
    `第${i + 1}个单位名称不短的单位`,
    '96.5',
    '↑1（+2.3）',
  ]);
  const everyBlock: readonly Block[] = [
    ...heading('防汛准备'),
    { kind: 'text', text: '请在今天 18:00 前补齐。\n材料发给联络员。' },
    { kind: 'text', text: '已逾期 2 天', as: 'warning' },
    { kind: 'text', text: '已全部办结', as: 'good' },
    { kind: 'text', text: '仅供工作调度，不作为考核依据', as: 'quiet' },
    ...list(['走访企业', '2. 上报台账', { text: '园区征地 🔴R 红灯', tone: 'warning' }]),
    {
      kind: 'table',
      columns: ['名次', '单位', '得分'],
      rows: [
        ['1', '城关镇', '96.5'],
        ['2', '白石镇'],
      ],
    },
    { kind: 'image', url: 'https://riqing.example.com/p/榜 (1).png', alt: '单位榜' },
    ...picture,
    { kind: 'file', name: '台账.xlsx', url: 'https://riqing.example.com/f/1' },
    { kind: 'link', text: '打开看板', url: 'https://riqing.example.com/board/u1?k=a.b' },
    { kind: 'mention', member: 'wecom:zhangsan', name: '张三' },
    {
      kind: 'buttons',
      buttons: Array.from({ length: 8 }, (_, i) => ({ text: `第 ${i + 1} 项已办完`, command: `/清 ${i + 1}` })),
      stays: true,
    },
  ];
  const line = '防汛物资清点完毕，低洼处三户已转移，值班安排已报县局，请各单位核对。';
  return {
    'every-block': everyBlock,
    'many-rows': [...heading('单位榜 · 全县'), { kind: 'table', columns: ['名次', '单位', '得分', '变化'], rows }],
    'long-text': text(Array.from({ length: 600 }, (_, i) => `${i + 1}、${line}`).join('\n')),
  };
};

export const replies = async (): Promise<ReadonlyMap<ReplyKind, Reply>> => {
  const [said, listed] = await Promise.all([fromCounty(), fromProcedure()]);
  const all = { ...said, ...listed, ...made(said.board ?? []) };
  return new Map(kinds.map((kind) => [kind, all[kind] ?? []]));
};
