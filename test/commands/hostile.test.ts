import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { commands } from '../../commands/index.ts';
import { house } from '../house.ts';
import { direct, li, say, wang } from '../values.ts';

const shared = join(import.meta.dirname, '../../../shared/data/blns.json');
const naughty = existsSync(shared) ? z.array(z.string()).parse(JSON.parse(readFileSync(shared, 'utf8'))) : [];
const strings = [
  ...naughty,
  '长'.repeat(400),
  '/'.repeat(400),
  '联络员 '.repeat(90),
  '@'.repeat(400),
  '\u202e联络员\u202c 城关镇',
  '\ud800 联络员',
  '{who} {0} 联络员',
  "'{'who'}' 联络员",
  '__proto__ 联络员 constructor',
  'constructor',
  '<script>alert(1)</script> 联络员',
  '上周 \u202e\u0007上月\u2066',
  '\u200b\u202d',
];
const names = commands.map(({ name }) => name);

test.each(names)('/%s answers whatever follows it with a sentence, and breaks on nothing', async (name) => {
  const { ask, town, member, errors } = house({ claimCode: '8F3K-22QD' });
  const unit = await town();
  const roles = [
    { role: 'admin', unit: null },
    { role: 'coordinator', unit: unit.id },
  ] as const;
  await member(wang, unit, roles);
  for (const typed of strings) {
    for (const chat of [undefined, direct(wang)]) {
      const answer = await ask(say(`/${name} ${typed}`, chat && { chat }));
      expect(answer).toBeTruthy();
      expect(answer).not.toMatch(/(?!\n)[\p{Cc}\p{Bidi_Control}]/u);
    }
  }
  expect(errors).toEqual([]);
});

test.each([
  '清',
  '周结',
  '我的',
  '看',
  '答复',
  '未报',
  '榜',
  '为什么',
  '名册',
  '帮助',
  '设置',
  '请假',
  '值班',
  '提醒',
  '应急',
])('/%s with nothing visible after it is the command alone', async (name) => {
  const { ask, town, member } = house();
  const unit = await town();
  await member(wang, unit, [
    { role: 'coordinator', unit: unit.id },
    { role: 'unitHead', unit: unit.id },
  ]);
  await ask('/日清 走访；未清：台账');
  const chat = direct(wang);
  const alone = await ask(say(`/${name}`, { chat }));
  expect(await ask(say(`/${name} \u200b\u202e\u0007`, { chat }))).toBe(alone);
});

test.each(['绑定', '任命', '名册', '设置', '帮助', '请假', '值班', '应急'])(
  '/%s refuses what only a clipboard can have typed, at once',
  async (name) => {
    const { ask, member } = house();
    await member(li, null, [
      { role: 'admin', unit: null },
      { role: 'coordinator', unit: 'u1' },
    ]);
    const text = `/${name} ${'李二联络员 '.repeat(20_000)}`;
    expect(await ask(say(text, { sender: li }))).toBe('这个命令后面最多写 500 个字，没有改动。');
  },
);

test('an answer repeats no more of what was typed than is needed to recognise it', async () => {
  const { ask, town, member } = house();
  await member(wang, await town(), [{ role: 'admin', unit: null }]);
  const lines = ['/任命 %s 联络员', '/任命 王一 联络员 %s', '/设置 %s', '/设置 截止 %s', '/帮助 %s'];
  const ofRosters = ['/名册 %s', '/名册 离任 %s', '/名册 合并 王一 %s', '/名册 拆分 %s', '/名册 抹除 %s 确认'];
  for (const line of [...lines, ...ofRosters]) {
    expect(((await ask(line.replace('%s', '长'.repeat(400)))) ?? '').length).toBeLessThan(200);
  }
});
