import { expect, test } from 'vitest';
import { dailyDigest } from '../../../jobs/daily-digest.ts';
import { weeklyDigest } from '../../../jobs/weekly-digest.ts';
import type { Reply } from '../../../src/message.ts';
import { draw } from '../../../src/platforms/wecom/dialects/draw.ts';
import type { BoardLinks } from '../../../src/ports.ts';
import { house } from '../../house.ts';
import { county } from '../../town.ts';
import { at, direct, group, say } from '../../values.ts';

const zhao = { id: 'zhao', name: '赵甲' };
const wang = { id: 'wang', name: '王丁' };

/** Says for whom a link would be, to which unit and days. */
const links: BoardLinks = {
  board: async (viewer, unit, span) => `https://riqing.example.com/board/${unit}?k=${viewer.slice(11)}.${span}`,
};

const answering = async (over: { links?: BoardLinks } = { links }) => {
  const home = house(over);
  const top = await home.unit('云岭县');
  const chengguan = await home.unit('城关镇', { parent: top.id, chats: ['playground:group:g1'] });
  await home.unit('白石镇', { parent: top.id });
  await home.member(zhao, top, [{ role: 'leader', unit: top.id }]);
  await home.member(wang, chengguan);
  const asks = (sender: typeof zhao, text: string, chat = direct(sender)) =>
    home.hear(say(text, { sender, chat, addressed: chat.kind === 'direct', at: at('2026-11-27 10:00') }));
  return { ...home, top, chengguan, asks };
};

test('a leader who asks for the board in private gets the link to the page, before the last line', async () => {
  const { asks } = await answering();
  const [answer] = await asks(zhao, '/榜');
  const lines = answer?.text.split('\n') ?? [];
  expect(lines.filter((line) => line.includes('/board/'))).toEqual([
    expect.stringMatching(/^打开云岭县看板 https:\/\/riqing\.example\.com\/board\/u1\?k=zhao\.(week|lastWeek)$/),
  ]);
  expect(lines.at(-1)).toContain('不作为考核依据');
  expect((await asks(zhao, '/榜 本月'))[0]?.text).toContain('k=zhao.month');
});

test('nobody else gets one, and no group does', async () => {
  const { asks } = await answering();
  expect((await asks(wang, '/榜')).map(({ text }) => text).join()).not.toContain('/board/');
  const said = await asks(zhao, '/榜', group);
  expect(
    said
      .filter(({ chat }) => chat === 'g1')
      .map(({ text }) => text)
      .join(),
  ).not.toContain('/board/');
});

test('where the page could not be reached nothing is said of it', async () => {
  const { asks } = await answering({});
  expect((await asks(zhao, '/榜'))[0]?.text).not.toContain('看板');
});

const linesOf = (text: string) => text.split('\n').length;

test('each leader’s digest ends with a link of their own, and keeps to its lines', async () => {
  const home = county('zh-CN', links);
  const units = [
    '甲镇',
    '乙镇',
    '丙镇',
    '丁镇',
    '戊镇',
    '己镇',
    '庚镇',
    '辛镇',
    '壬镇',
    '癸镇',
    '子镇',
    '丑镇',
    '寅镇',
    '卯镇',
  ];
  const top = await home.unit('云岭县', [zhao, { id: 'qian', name: '钱乙' }], {
    roles: { zhao: ['leader'], qian: ['unitHead'] },
  });
  for (const name of units) {
    const id = `m${name.codePointAt(0)}`;
    await home.unit(name, [{ id, name }], { parent: top.id });
    await home.tell({ id, name }, '2026-11-26 16:00', '/日清 走访；未清：协议；未清：用地；求助：请协调');
  }
  const posts = await home.run(dailyDigest, top, '2026-11-27 09:00');
  expect(posts.map(({ chat }) => chat)).toEqual(['direct:qian', 'direct:zhao']);
  for (const { chat, text } of posts) {
    expect(text.split('\n').at(-1)).toBe(`打开云岭县看板 https://riqing.example.com/board/u1?k=${chat.slice(7)}.week`);
    expect(linesOf(text)).toBe(20);
  }
  const [weekly] = await home.run(weeklyDigest, top, '2026-11-30 09:00');
  expect(weekly?.text).toContain('k=qian.lastWeek');
  expect(linesOf(weekly?.text ?? '')).toBeLessThanOrEqual(20);
});

test('WeCom draws it as a link; what is no web address leads nowhere', () => {
  const text = '打开[城关镇]看板';
  const render = (reply: Reply) =>
    draw(reply, 'bot', { id: 'r' }).flatMap((drawn) => ('content' in drawn ? [drawn.content] : []));
  expect(render([{ kind: 'link', text, url: 'https://riqing.example.com/board/u1?k=a.b' }])).toEqual([
    '[打开［城关镇］看板](https://riqing.example.com/board/u1?k=a.b)',
  ]);
  expect(render([{ kind: 'link', text, url: 'javascript:alert(1)' }])).toEqual(['打开［城关镇］看板']);
});
