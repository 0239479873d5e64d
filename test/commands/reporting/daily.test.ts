import { expect, test } from 'vitest';
import { Unconfirmed } from '../../../src/errors.ts';
import { house, redis } from '../../house.ts';
import { at, day, direct, li, say, wang } from '../../values.ts';

const sentence = '/日清 走访3户企业;上报防汛台账;未清:园区征地协议,等县局批复;明日:陪同省督查';

test('one line says the day, that it is on time, and counts; no contents in the group', async () => {
  const { ask, town } = house();
  await town();
  expect(await ask(sentence)).toBe('11月23日（周一）按时：已记 2 项，未清 1 项，明日 1 项。');
});

test('lines with any numbering and section words on lines of their own mean the same', async () => {
  const { ask, town } = house();
  await town();
  const lines = '/日清\n1. 走访3户企业\n2、上报防汛台账\n未清\n③ 园区征地协议(等县局批复)';
  expect(await ask(lines)).toBe('11月23日（周一）按时：已记 2 项，未清 1 项。');
});

test('a direct chat repeats the items, and lists what is carried with age and number', async () => {
  const { ask, town } = house();
  await town();
  await ask(say('/日清 未清：园区征地协议', { at: at('2026-11-19 10:00') }));
  const answer = await ask(say('/日清 走访', { chat: direct(wang) }));
  expect(answer).toContain('完成：走访');
  expect(answer).toContain('1. 园区征地协议（已 2 个工作日）');
  expect(answer).toContain('/清 1');
});

test('in a group only the number of carried items is told', async () => {
  const { ask, town } = house();
  await town();
  await ask(say('/日清 未清：园区征地协议', { at: at('2026-11-20 10:00') }));
  const answer = await ask('/日清 走访');
  expect(answer).toContain('往日还有 1 项未清');
  expect(answer).not.toContain('园区征地');
});

test('the same command again adds, a repeated item does not count twice', async () => {
  const { ask, town } = house();
  await town();
  await ask('/日清 走访3户企业');
  expect(await ask('/日清 走访３户企业；上报台账')).toBe(
    '11月23日（周一）按时：新增 1 项，当天已记 2 项，未清 0 项。1 项重复，没有再记。',
  );
});

test('今日无 is an answer', async () => {
  const { ask, town } = house();
  await town();
  expect(await ask('/日清 无')).toBe('11月23日（周一）按时：已报，无事项。');
});

test.each([
  ['2026-11-23 20:00', '按时'],
  ['2026-11-23 20:01', '补报'],
  ['2026-11-23 00:00', '按时'],
])('at %s it is %s', async (moment, word) => {
  const { ask, town } = house();
  await town();
  expect(await ask(say('/日清 走访', { at: at(moment) }))).toContain(`11月23日（周一）${word}`);
});

test('whoever files first in a bound group becomes a member of its unit', async () => {
  const { ask, town, directory } = house();
  const { id } = await town();
  const first = say('/日清 走访', { sender: li });
  expect(await ask(first)).toContain('已把你归入城关镇');
  expect(await ask(first)).toContain('已把你归入城关镇');
  expect(await directory.member('playground:li')).toMatchObject({ unit: id, name: '李二' });
  expect((await directory.member('playground:li'))?.since?.toString()).toBe('2026-11-23');
  expect(await ask(say('/日清 再一件', { sender: li }))).not.toContain('归入');
});

test('a group that is bound to nothing says so, and nothing is saved', async () => {
  const { ask, keys } = house();
  expect(await ask('/日清 走访')).toContain('/绑定');
  expect(await redis.exists(keys.log('org'))).toBe(0);
});

test('a stranger in a direct chat is told how to belong somewhere', async () => {
  const { ask } = house();
  expect(await ask(say('/日清 走访', { chat: direct(wang) }))).toContain('还没有归到任何单位');
});

test.each([
  ['nothing', '/日清', '今天做了什么'],
  ['a question', '/日清 怎么写', '今天做了什么'],
  ['a wish for help', '/日清 帮助', '今天做了什么'],
  ['control characters alone', '/日清 \u0000\u202e\u200b', '今天做了什么'],
  ['ten thousand items', `/日清 ${Array.from({ length: 10_000 }, (_, i) => `第${i}件`).join('；')}`, '没有保存'],
  ['100 kB of text', `/日清 ${'长'.repeat(34_000)}`, '没有保存'],
])('%s gets a clear answer and changes nothing', async (_, line, words) => {
  const { ask, town, keys } = house();
  const { id } = await town();
  expect(await ask(line)).toContain(words);
  expect(await redis.exists(keys.log({ unit: id }))).toBe(0);
});

test('only emoji is an item', async () => {
  const { ask, town } = house();
  await town();
  expect(await ask('/日清 👍')).toContain('已记 1 项');
});

test('the same message delivered again, even after more was filed, gets the same words', async () => {
  const { hear, ask, town } = house();
  await town();
  const message = say(sentence);
  const first = await hear(message);
  await ask('/日清 再一件');
  expect(await hear(message)).toEqual(first);
});

test('a store that cannot confirm is passed on, not worded as saved', async () => {
  const broken = new Unconfirmed('connection lost');
  const { hear, town } = house({ reports: (real) => ({ ...real, file: () => Promise.reject(broken) }) });
  await town();
  await expect(hear('/日清 走访')).rejects.toBe(broken);
});

test('a bug answers with a short reference that is in the log as well', async () => {
  const { ask, town, errors } = house({
    reports: (real) => ({ ...real, file: () => Promise.reject(new TypeError('bug')) }),
  });
  await town();
  const answer = (await ask('/日清 走访')) ?? '';
  const [ref] = /[0-9a-f]{8}/.exec(answer) ?? [];
  expect(errors).toMatchObject([{ ref }]);
});

test('English is complete', async () => {
  const { ask, town } = house({ locale: 'en' });
  await town();
  expect(await ask('/daily visited 3 firms; open: land agreement, waiting for the county')).toBe(
    'Mon 23 Nov, on time: 1 done, 1 open.',
  );
});

test('a report delivered again after its author has moved is answered as before, and not filed twice', async () => {
  const { hear, town, unit, member, reports } = house();
  const [first, second] = [await town(), await unit('白石镇')];
  const message = say('/日清 走访');
  const answer = await hear(message);
  await member(wang, second);
  expect(await hear(message)).toEqual(answer);
  const days = async (id: string) =>
    (await reports.period(id, day('2026-11-23'), day('2026-11-23'))).days.get('2026-11-23')?.size;
  expect([await days(first.id), await days(second.id)]).toEqual([1, 0]);
  await hear('/日清 再一件');
  expect(await days(second.id)).toBe(1);
});
