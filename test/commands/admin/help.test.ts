import { expect, test } from 'vitest';
import { commands } from '../../../commands/index.ts';
import en from '../../../locales/en.json' with { type: 'json' };
import { house } from '../../house.ts';
import { li, say } from '../../values.ts';

const listed = (answer: string | null) => [...(answer ?? '').matchAll(/^· \/(\S+)　/gm)].map(([, name]) => name);

test('lists what this person may run here, one line each', async () => {
  const { ask, town, member } = house();
  await town();
  await member(li, null, [{ role: 'admin', unit: null }]);
  const member_ = listed(await ask('/帮助'));
  expect(member_).toEqual(expect.arrayContaining(['日清', '请假', '报到', '帮助']));
  expect(member_).not.toContain('任命');
  const admin = listed(await ask(say('/帮助', { sender: li })));
  expect(admin).toEqual(expect.arrayContaining(['日清', '绑定', '任命', '设置']));
  expect(admin).not.toContain('请假');
});

test('the claim stands in it until somebody has claimed the bot', async () => {
  expect(listed(await house({ claimCode: '8F3K-22QD' }).ask('/帮助'))).toContain('认领');
  expect(listed(await house().ask('/帮助'))).not.toContain('认领');
});

test('shows examples for one command, by any of its names, with or without a slash', async () => {
  const { ask } = house();
  const answer = await ask('/帮助 日清');
  expect(answer).toContain('/日清 走访3户企业');
  for (const name of ['／日清', 'RQ', 'daily', ' 日清 ']) expect(await ask(`/帮助 ${name}`)).toBe(answer);
});

test('suggests the nearest; says so when there is none', async () => {
  const { ask } = house();
  expect(await ask('/帮助 日请')).toBe('没有“日请”这个命令，是不是想看 /帮助 日清？');
  expect(await ask('/帮助 xyzzy')).toContain('没有“xyzzy”这个命令');
  expect(await ask('/帮助 constructor')).toContain('没有“constructor”这个命令');
});

test('says who may run a command that this person may not', async () => {
  const { ask } = house();
  for (const name of ['任命', 'appoint', '／Appoint']) {
    expect(await ask(`/帮助 ${name}`)).toBe('/任命 只有管理员可以用。');
  }
});

test.each(commands.map((command) => [command.name, command] as const))(
  '/%s has a line and examples',
  (name, { help }) => {
    const { t } = house();
    expect(t(help.line)).not.toContain(`/${name}`);
    expect(t(help.examples)).toContain(`/${name}`);
  },
);

test('in English every command is called by a name that can be typed there, and no sentence asks for Chinese', async () => {
  const { ask, town } = house({ locale: 'en' });
  await town();
  expect(await ask('/help')).toContain('· /daily – file today’s report');
  expect(await ask('/help daily')).toMatch(/^\/daily \(also 日清, rq\): /);
  expect(await ask('/help bind')).toBe('Only admins may use /bind.');
  const chinese = Object.entries(en).filter(
    ([key, words]) => /\/\p{Script=Han}/u.test(words) && key !== 'command.called',
  );
  expect(chinese).toEqual([]);
});
