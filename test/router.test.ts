import { expect, test } from 'vitest';
import { house } from './house.ts';
import { direct, li, say, wang } from './values.ts';

test('ordinary talk in a group is left alone', async () => {
  const { hear, town } = house();
  await town();
  expect(await hear('早上好')).toEqual([]);
  expect(await hear('1/日清 走访')).toEqual([]);
});

test('a mention without a command, and a slash alone, show what can be said', async () => {
  const { ask, town } = house();
  await town();
  expect(await ask(say('在吗', { addressed: true }))).toContain('日清');
  expect(await ask('/')).toContain('日清');
});

test('in a direct chat there is always an answer', async () => {
  const { ask, town } = house();
  await town();
  expect(await ask(say('你好', { chat: direct(wang) }))).toContain('日清');
  expect(await ask(say('日清 走访3户', { chat: direct(wang) }))).toContain('/日清');
});

test('what may be a report is said not to be filed, a greeting is not', async () => {
  const { ask, town } = house();
  await town();
  const missed = '没看到命令，这句没有记下来。';
  expect(await ask(say('防汛的事还没有定下来', { chat: direct(wang) }))).toContain(missed);
  for (const polite of ['你好', '谢谢，辛苦了', 'Got it, thanks']) {
    expect(await ask(say(polite, { chat: direct(wang) }))).not.toContain(missed);
  }
  expect(await ask('/')).not.toContain(missed);
});

test('an unknown name is repeated without what cannot be seen, and no longer than needed', async () => {
  const { ask, town } = house();
  await town();
  expect(await ask('/\u0007天\u0000气\u001b[31m')).toContain('没有“天气[31m”这个命令');
});

test('an unknown command suggests the nearest', async () => {
  const { ask, town } = house();
  await town();
  expect(await ask('/日请 走访')).toContain('/日清');
  expect(await ask('/天气')).toContain('/帮助');
});

test('in a direct chat the mended command is one tap away; a group does not hear again what somebody wrote', async () => {
  const { ask, town } = house();
  await town();
  expect(await ask(say('/日青 走访3户', { chat: direct(wang) }))).toContain('[改发 /日清] /日清 走访3户');
  expect(await ask(say('请假 明天', { chat: direct(wang) }))).toContain('[改发 /请假] /请假 明天');
  expect(await ask('/日青 走访3户')).not.toContain('走访');
});

test('what may be two commands names both, and nothing that the person may not run', async () => {
  const { ask, town, member } = house();
  const unit = await town();
  expect(await ask('/请')).toBe('没有“请”这个命令，是不是想发 /请假、/清？');
  expect(await ask('/天报')).toBe('没有“天报”这个命令，是不是想发 /补报？');
  await member(wang, unit, [{ role: 'coordinator', unit: unit.id }]);
  expect(await ask('/天报')).toBe('没有“天报”这个命令，是不是想发 /补报、/未报？');
});

test('whoever may not is told who may', async () => {
  const { ask, town } = house();
  await town();
  expect(await ask('/未报')).toContain('联络员');
  expect(await ask(say('/绑定 城关镇', { sender: li }))).toContain('管理员');
});

test('an answer about a person goes to the direct chat, the group gets one line', async () => {
  const { hear, town, ask } = house();
  await town();
  await ask('/日清 未清：征地协议');
  const answers = await hear('/清');
  expect(answers.map(({ chat }) => chat)).toEqual(['g1', 'wang']);
  expect(answers[0]?.text).toBe('已私信发给你。');
  expect(answers[1]?.text).toContain('征地协议');
});

test('in English a refused command is called by its English name', async () => {
  const { ask, town } = house({ locale: 'en' });
  await town();
  expect(await ask('/绑定 城关镇')).toContain('/bind');
});
