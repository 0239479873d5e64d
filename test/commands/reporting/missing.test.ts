import { expect, test } from 'vitest';
import { county, person } from '../../town.ts';

const [zhang, twin, li, wang] = [
  person('zhang', '张伟'),
  person('w-100239', '张伟'),
  person('li', '李二'),
  person('wang', '王一'),
];

const town = async (settings: Parameters<ReturnType<typeof county>['unit']>[2] = {}) => {
  const home = county();
  const unit = await home.unit('城关镇', [zhang, twin, li, wang], { ...settings, roles: { li: ['coordinator'] } });
  await home.unit('河西镇', [person('other', '外人')], { roles: { other: ['coordinator'] } });
  const ask = async (when: string, text: string, who = li, where?: string) => {
    const answers = await home.tell(who, when, text, where);
    return { chats: answers.map(({ chat }) => chat), lines: answers.at(-1)?.text.split('\n') };
  };
  return { ...home, ask, made: unit };
};

test('the coordinator learns in private who has not filed, namesakes told apart, and who is on leave', async () => {
  const { tell, ask } = await town();
  await tell(li, '2026-11-23 10:00', '/日清 无');
  await tell(wang, '2026-11-23 10:00', '/请假 11-23');
  const answer = await ask('2026-11-23 16:00', '/未报', li, '城关镇');
  expect(answer.chats).toEqual(['城关镇', 'li']);
  expect(answer.lines).toEqual([
    '城关镇 11月23日（周一）：应报 3 人，已报 1 人',
    '· 还没报 2 人：张伟（w-100239）、张伟（zhang）（还没到截止时间 20:00）',
    '· 请假 1 人：王一',
  ]);
});

test('after the deadline they are missing; who files then is late; the day after, yesterday can be asked for', async () => {
  const { tell, ask } = await town();
  for (const one of [li, wang, twin]) await tell(one, '2026-11-23 10:00', '/日清 无');
  expect((await ask('2026-11-23 20:01', '/未报')).lines).toEqual([
    '城关镇 11月23日（周一）：应报 4 人，已报 3 人',
    '· 未报 1 人：张伟（zhang）',
  ]);
  await tell(zhang, '2026-11-24 08:00', '/补报 昨天 走访3户企业');
  expect((await ask('2026-11-24 09:00', '/未报 昨天')).lines).toEqual([
    '城关镇 11月23日（周一）：应报 4 人，已报 4 人（其中补报 1 人）',
  ]);
});

test('on a day off nobody owes, and the workday before a Monday is Friday', async () => {
  const { ask } = await town();
  expect((await ask('2026-11-28 10:00', '/未报')).lines).toEqual(['城关镇 11月28日（周六）不是工作日，不用报']);
  expect((await ask('2026-11-30 10:00', '/未报 昨天')).lines?.[0]).toContain('11月27日（周五）');
});

test('whoever is no coordinator is told who may ask, and learns no name', async () => {
  const { ask } = await town();
  const refused = await ask('2026-11-23 16:00', '/未报', wang, '城关镇');
  expect(refused.lines).toEqual(['/未报 只有本单位联络员可以用。']);
});

test("a coordinator of another unit gets that unit's list, wherever the question was asked", async () => {
  const { ask } = await town();
  const answer = await ask('2026-11-23 16:00', '/未报', person('other'), '城关镇');
  expect(answer.chats).toEqual(['城关镇', 'other']);
  expect(answer.lines?.[0]).toBe('河西镇 11月23日（周一）：应报 1 人，已报 0 人');
  expect(answer.lines?.join()).not.toContain('张伟');
});

test('who coordinates two units gets the one whose group it is, and both in private', async () => {
  const { ask, directory, member, made } = await town();
  const other = await directory.unit('u2');
  await member(li, made, [
    { role: 'coordinator', unit: made.id },
    { role: 'coordinator', unit: other?.id ?? '' },
  ]);
  const units = (lines: readonly string[] | undefined) => lines?.flatMap((line) => /^\S+镇(?= )/.exec(line)?.[0] ?? []);
  expect(units((await ask('2026-11-23 16:00', '/未报', li, '河西镇')).lines)).toEqual(['河西镇']);
  expect(units((await ask('2026-11-23 16:00', '/未报')).lines)).toEqual(['城关镇', '河西镇']);
});

test('a unit that reports weekly is asked by the week, one that is off not at all', async () => {
  const weekly = await town({ settings: { cadence: 'weekly' } });
  await weekly.tell(wang, '2026-11-27 15:00', '/周结 征地协议签了3份');
  expect((await weekly.ask('2026-11-27 16:00', '/未报')).lines?.[0]).toBe(
    '城关镇 本周（11月23日—11月29日）：应报 4 人，已报 1 人',
  );
  const off = await town({ settings: { cadence: 'off' } });
  expect((await off.ask('2026-11-27 16:00', '/未报')).lines).toEqual(['城关镇没有开报送，没有应报的人']);
});

test('what is no day is answered with what would be', async () => {
  const { ask } = await town();
  expect((await ask('2026-11-23 16:00', '/未报 谁')).lines?.[0]).toContain('看不懂“谁”');
});

test('on a day that the calendar does not know nobody is called missing', async () => {
  const { ask } = await town();
  expect((await ask('2027-03-02 21:00', '/未报')).lines).toEqual([
    '城关镇 3月2日（周二）：应报 0 人，已报 0 人',
    '· 放假安排还没定，4 人没报的不算未报',
  ]);
});

test('where problems alone are told nobody owes, and on a weekday that is not named neither', async () => {
  const exception = await town({ settings: { cadence: 'exception' } });
  expect((await exception.ask('2026-11-27 16:00', '/未报')).lines).toEqual(['城关镇只报问题，没有应报的人']);
  const named = await town({ settings: { cadence: 'days-135' } });
  expect((await named.ask('2026-11-24 16:00', '/未报')).lines).toEqual([
    '城关镇 11月24日（周二）不用报：按频次这天不报',
  ]);
  expect((await named.ask('2026-11-24 16:00', '/未报 昨天')).lines?.[0]).toContain('11月23日（周一）：应报 4 人');
});
