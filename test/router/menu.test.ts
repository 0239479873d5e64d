import { expect, test } from 'vitest';
import { house } from '../house.ts';
import { at, direct, group, li, say, wang } from '../values.ts';

const lines = (answer: string | null) => (answer ?? '').split('\n');
const listed = (answer: string | null) => [...(answer ?? '').matchAll(/^· \/(\S+)　/gm)].map(([, name]) => name);
const slash = (over: Parameters<typeof say>[1] = {}) => say('/', { chat: direct(wang), ...over });

test('who owes a report sees that first, and until when', async () => {
  const { ask, town } = house();
  await town();
  const answer = await ask(slash());
  expect(lines(answer)[0]).toBe('今天的日清还没记，20:00 前都算按时。现在可以发：');
  expect(listed(answer)[0]).toBe('日清');
  expect(lines(answer).length).toBeLessThanOrEqual(10);
});

test('who has filed sees how to change it, and what is open', async () => {
  const { ask, town } = house();
  await town();
  await ask('/日清 走访；未清：协议');
  const answer = await ask(slash());
  expect(lines(answer)[0]).toBe('今天的日清已记，未清 1 项。现在可以发：');
  expect(listed(answer).slice(0, 4)).toEqual(['改', '撤回', '日清', '清']);
});

test('on the last workday of the week the summary is among the first', async () => {
  const { ask, town } = house();
  await town();
  expect(listed(await ask(slash())).indexOf('周结')).toBeGreaterThan(1);
  expect(listed(await ask(slash({ at: at('2026-11-27 16:00') })))[1]).toBe('周结');
});

test('a group learns nothing of how somebody stands', async () => {
  const { ask, town } = house();
  await town();
  const before = await ask('/');
  await ask('/日清 走访；未清：协议');
  expect(await ask('/')).toBe(before);
  expect(before).not.toContain('还没记');
  expect(listed(before).slice(0, 2)).toEqual(['日清', '榜']);
});

test('a role brings what it is for', async () => {
  const { ask, town, member } = house();
  const unit = await town();
  expect(listed(await ask(slash()))).not.toContain('未报');
  await member(wang, unit, [{ role: 'coordinator', unit: unit.id }]);
  expect(listed(await ask(slash()))).toContain('未报');
  expect(listed(await ask('/'))).toContain('未报');
  await member(li, null, [{ role: 'admin', unit: null }]);
  expect(listed(await ask(slash({ sender: li, chat: direct(li) })))).toEqual(
    expect.arrayContaining(['绑定', '任命', '设置']),
  );
});

test('the bot’s own talk is short on every side: nobody gets more than ten lines', async () => {
  const { ask, town, member } = house();
  const unit = await town();
  const everything = (['coordinator', 'leader', 'unitHead'] as const).map((role) => ({ role, unit: unit.id }));
  await member(wang, unit, [...everything, { role: 'admin', unit: null }]);
  for (const message of [slash(), say('/'), slash({ text: '你好' })]) {
    expect(lines(await ask(message)).length).toBeLessThanOrEqual(10);
  }
});

test('whoever is unknown gets how to begin, there', async () => {
  const { ask, town } = house();
  await town();
  const stranger = { id: 'new' };
  expect(await ask(say('/', { sender: stranger }))).toContain('归入城关镇');
  expect(await ask(say('/', { sender: stranger, chat: { ...group, id: 'other' } }))).toContain('还没有绑定单位');
  expect(await ask(slash({ sender: stranger, chat: direct(stranger) }))).toContain('请管理员用 /任命 添加');
  expect(await house({ claimCode: '8F3K-22QD' }).ask(slash())).toContain('/认领 认领码');
});

test('in English too', async () => {
  const { ask, town } = house({ locale: 'en' });
  await town();
  expect(lines(await ask(slash()))[0]).toBe('You have not filed yet; until 20:00 it is on time. You can send:');
  await ask('/日清 未清：协议');
  expect(lines(await ask(slash()))[0]).toBe('You have filed today, 1 item open. You can send:');
});
