import { expect, test } from 'vitest';
import { house } from '../../house.ts';
import { cause, day, direct, li, say } from '../../values.ts';

const zhang = { id: 'zhangsan', name: '张三' };

/** Wang and Zhang belong to 城关镇, whose coordinator is Li; it is Monday 23 November. */
const staffed = async () => {
  const built = house();
  const town = await built.town();
  await built.member(zhang, town);
  await built.member(li, null, [{ role: 'coordinator', unit: town.id }]);
  const leaveOf = async (id: string) => {
    const { leave } = await built.reports.period(town.id, day('2026-11-23'), day('2026-11-23'));
    return (leave.get(`playground:${id}`) ?? []).map(({ from, to, part, reason }) =>
      [`${from}/${to}`, part ?? '', reason].filter((word) => word !== '').join(' '),
    );
  };
  return { ...built, town, leaveOf };
};

test.each([
  ['/请假 明天', '11月24日（周二），1 个工作日，当天不用报。', '2026-11-24/2026-11-24'],
  [
    '/请假 11-25 至 11-27 出差',
    '11月25日（周三）至11月27日（周五），3 个工作日，这几天不用报。',
    '2026-11-25/2026-11-27 出差',
  ],
  ['/请假 到周三', '11月23日（周一）至11月25日（周三），3 个工作日，这几天不用报。', '2026-11-23/2026-11-25'],
  ['/leave 11-26 至 12-1', '11月26日（周四）至12月1日（周二），4 个工作日，这几天不用报。', '2026-11-26/2026-12-01'],
  ['/请假 11-20', '11月20日（周五），1 个工作日，当天不用报。', '2026-11-20/2026-11-20'],
])('%s', async (line, words, kept) => {
  const { ask, leaveOf } = await staffed();
  expect(await ask(line)).toBe(`已登记请假：${words}`);
  expect(await leaveOf('wang')).toEqual([kept]);
});

test('the coordinator enters it for somebody of the unit, by mention or by name', async () => {
  const { ask, leaveOf } = await staffed();
  expect(await ask(say('/请假 @张三 11-25', { sender: li, mentions: [zhang] }))).toBe(
    '已为张三登记请假：11月25日（周三），1 个工作日，当天不用报。',
  );
  await ask(say('/请假 张三 11-26 看病', { sender: li }));
  await ask(say('/请假 @张三 11-27', { sender: li }));
  expect(await leaveOf('zhangsan')).toEqual([
    '2026-11-25/2026-11-25',
    '2026-11-26/2026-11-26 看病',
    '2026-11-27/2026-11-27',
  ]);
});

test('a coordinator who writes the name behind the days is asked to write it first', async () => {
  const { ask, leaveOf } = await staffed();
  expect(await ask(say('/请假 明天 张三', { sender: li }))).toBe(
    '是替张三登记吗？请把名字写在日期前面：/请假 张三 明天。没有登记。',
  );
  expect(await leaveOf('li')).toEqual([]);
  expect(await leaveOf('zhangsan')).toEqual([]);
});

test('days that are listed are taken when they follow each other, and refused when they do not', async () => {
  const { ask, leaveOf } = await staffed();
  expect(await ask('/请假 明天、后天 看病')).toContain('11月24日（周二）至11月25日（周三），2 个工作日');
  expect(await ask('/请假 周四和周五')).toContain('11月26日（周四）至11月27日（周五）');
  expect(await ask('/请假 11-30、12-2')).toBe(
    '一次只登记连在一起的几天，没有登记。请分开发，例如：/请假 11-25 至 11-27',
  );
  expect(await leaveOf('wang')).toEqual(['2026-11-24/2026-11-25 看病', '2026-11-26/2026-11-27']);
});

test('what overlaps is shown as one', async () => {
  const { ask, hear } = await staffed();
  await ask('/请假 11-25');
  await ask('/请假 11-25 至 11-27 出差');
  await ask('/请假 11-27 至 11-30 探亲');
  const shown = (await hear('/请假'))[1]?.text ?? '';
  expect(shown.split('\n').filter((line) => line.startsWith('· '))).toEqual([
    '· 11月25日（周三）至11月30日（周一） 出差、探亲',
  ]);
});

test('nobody else enters it for others, and a coordinator only in the own unit', async () => {
  const { ask, member, unit, leaveOf } = await staffed();
  const stranger = { id: 'sun', name: '孙五' };
  await member(stranger, await unit('上水乡'));
  expect(await ask(say('/请假 @张三 11-25', { mentions: [zhang] }))).toContain('只有本单位的联络员');
  expect(await ask('/请假 张三 11-25')).toContain('只有本单位的联络员');
  expect(await ask(say('/请假 @孙五 11-25', { sender: li, mentions: [stranger] }))).toContain('只有本单位的联络员');
  expect(await ask(say('/请假 @钱六 11-25', { sender: li, mentions: [{ id: 'qian' }] }))).toContain(
    '只有本单位的联络员',
  );
  expect(await ask(say('/请假 @赵七 11-25', { sender: li }))).toContain('没有找到“赵七”');
  expect(await leaveOf('zhangsan')).toEqual([]);
});

test('days that are on leave already stay as they are', async () => {
  const { ask, leaveOf } = await staffed();
  await ask('/请假 11-25 至 11-27 出差');
  expect(await ask('/请假 11-26')).toBe('11月26日（周四）已经登记过请假，1 个工作日，没有改动。');
  expect(await leaveOf('wang')).toHaveLength(1);
});

test('alone it shows one’s own leave that is not over, privately', async () => {
  const { ask, hear } = await staffed();
  expect((await hear('/请假')).map(({ chat }) => chat)).toEqual(['g1', 'wang']);
  await ask('/请假 11-20');
  await ask('/请假 11-25 至 11-27 出差');
  const [public_, privately] = await hear('/请假');
  expect(public_?.text).not.toContain('出差');
  expect(privately?.text).toContain('· 11月25日（周三）至11月27日（周五） 出差');
  expect(privately?.text).not.toContain('11月20日');
});

test('a year whose holidays nobody knows yet is said aloud', async () => {
  const { ask } = await staffed();
  expect(await ask('/请假 2027-01-04')).toContain('2027 年的放假安排还没有公布');
});

test.each([
  ['/请假 今天半天', '半天只分上午、下午'],
  ['/请假 晚上', '半天只分上午、下午'],
  ['/请假 今天下午到周三', '半天一次只登记一个'],
  ['/请假 11-25 至 11-26 下午', '半天一次只登记一个'],
  ['/请假 出差', '请哪几天'],
  ['/请假 2-30', '没有这个日期'],
  ['/请假 11-27 至 11-25', '结束日期早于开始日期'],
  ['/请假 11-25 至 2027-11-25', '一次最多登记 92 天'],
  ['/请假 11-10', '最近 3 个工作日'],
  ['/请假 2029-01-04', '366 天以内'],
  ['/请假 11-28', '都不是工作日'],
  [`/请假 11-25 ${'长'.repeat(51)}`, '最多 50 个字'],
])('%s keeps nothing and says how', async (line, words) => {
  const { ask, leaveOf } = await staffed();
  expect(await ask(line)).toContain(words);
  expect(await leaveOf('wang')).toEqual([]);
});

test('who belongs to no unit is told how to get one', async () => {
  const { ask } = await staffed();
  expect(await ask(say('/请假 明天', { sender: { id: 'nobody' } }))).toContain('还没有归到任何单位');
  expect(await ask(say('/请假 明天', { sender: li }))).toContain('还没有归到任何单位');
});

test('the same message delivered again is answered alike and kept once', async () => {
  const { ask, leaveOf } = await staffed();
  const message = say('/请假 明天');
  expect(await ask(message)).toBe(await ask(message));
  expect(await leaveOf('wang')).toHaveLength(1);
});

test.each([
  ['/请假 今天下午', '11月23日（周一）下午', '2026-11-23/2026-11-23 afternoon'],
  ['/请假 下午 看病', '11月23日（周一）下午', '2026-11-23/2026-11-23 afternoon 看病'],
  ['/请假 11-25上午 看病', '11月25日（周三）上午', '2026-11-25/2026-11-25 morning 看病'],
  ['/leave this afternoon', '11月23日（周一）下午', '2026-11-23/2026-11-23 afternoon'],
  ['/leave tomorrow morning dentist', '11月24日（周二）上午', '2026-11-24/2026-11-24 morning dentist'],
])('%s is half a day, which is kept and shown but owed for', async (line, days, kept) => {
  const { ask, hear, leaveOf } = await staffed();
  expect(await ask(line)).toBe(`已登记请假：${days}，半天。请半天的当天照常应报，请全天才不用报。`);
  expect(await leaveOf('wang')).toEqual([kept]);
  expect((await hear('/请假'))[1]?.text).toContain(days);
  expect(await ask(line)).toContain('已经登记过请假，半天');
});

test('days that were partly on leave before are said', async () => {
  const { ask } = await staffed();
  await ask('/请假 11-26');
  expect(await ask('/请假 11-25 至 11-27 出差')).toBe(
    '已登记请假：11月25日（周三）至11月27日（周五），3 个工作日，这几天不用报。其中 1 个工作日原来就请了假。',
  );
});

/** The same, where the unit wants leave approved; Li coordinates, Sun heads, Qian coordinates too. */
const approving = async () => {
  const built = await staffed();
  const sun = { id: 'sun', name: '孙五' };
  await built.member(sun, built.town, [{ role: 'unitHead', unit: built.town.id }]);
  await built.ask(say('/设置 请假审批 开', { sender: li }));
  return { ...built, sun };
};

test('where leave is approved it is owed until then; the coordinator is told once, and then who asked', async () => {
  const { ask, told, leaveOf } = await approving();
  const message = say('/请假 11-25 至 11-27 出差');
  expect(await ask(message)).toBe(
    '请假申请（第 1 号）已交李二批：11月25日（周三）至11月27日（周五），3 个工作日。批准前照常应报。',
  );
  await ask(message);
  expect(told()).toEqual([
    'li: 王一（城关镇）请假待批，第 1 号：11月25日（周三）至11月27日（周五），3 个工作日，原因：出差\n[批准] /请假 批准 1-1\n[不批] /请假 不批 1-1',
  ]);
  expect(await leaveOf('wang')).toEqual([]);

  const yes = say('/请假 批准 1-1', { sender: li, chat: direct(li) });
  expect(await ask(yes)).toBe('已批准王一请假：11月25日（周三）至11月27日（周五）。这几天不用报。');
  expect(await ask(yes)).toContain('已批准王一请假');
  expect(await leaveOf('wang')).toEqual(['2026-11-25/2026-11-27 出差']);
  expect(told()[1]).toBe('wang: 你的请假已批准：11月25日（周三）至11月27日（周五）。这几天不用报。');
  expect(told()).toHaveLength(2);
  expect(await ask(say('/请假 批准 1-1', { sender: li, chat: direct(li) }))).toContain('已经批准过了');
  expect(await ask(say('/请假 不批 1', { sender: li, chat: direct(li) }))).toContain('已经批准过了');
});

test('what is declined says why, and stays owed; it may be asked for again', async () => {
  const { ask, told, leaveOf } = await approving();
  await ask('/请假 11-25');
  expect(await ask('/请假 11-25')).toBe('11月25日（周三）的请假（第 1 号）已经在等批，没有重复提交。');
  expect(await ask(say('/请假 不批 王一 那天要迎检', { sender: li, chat: direct(li) }))).toBe(
    '没有批准王一的请假：11月25日（周三），理由：那天要迎检。已告诉本人。',
  );
  expect(told().at(-1)).toBe('wang: 你的请假没有批准：11月25日（周三），理由：那天要迎检。这几天照常应报。');
  expect(await ask('/请假 11-25')).toContain('第 2 号');
  expect(await leaveOf('wang')).toEqual([]);
});

test('whoever decides sees with /请假 that something waits; who cannot be written to is named', async () => {
  const { ask, hear, directory, told } = await approving();
  await directory.change(
    'reach',
    ['playground:li'],
    (now) => {
      const known = now.member('playground:li');
      return { members: known ? [{ ...known, unreachable: true }] : [], facts: null };
    },
    cause('playground:li'),
  );
  expect(await ask('/请假 11-25')).toContain('李二还没和我开过私聊，收不到通知，请当面说一声。');
  expect(told()).toEqual([]);
  expect((await hear(say('/请假', { sender: li })))[1]?.text).toContain('等你批的请假有 1 个');
});

test('the same answer without a number is given again when its message comes again', async () => {
  const { ask, leaveOf } = await approving();
  await ask('/请假 11-25');
  const yes = say('/请假 批准', { sender: li, chat: direct(li) });
  expect(await ask(yes)).toBe(await ask(yes));
  expect(await leaveOf('wang')).toHaveLength(1);
});

test('several requests are told apart by number; the list shows them with buttons', async () => {
  const { ask, hear } = await approving();
  await ask('/请假 11-25');
  await ask(say('/请假 11-26', { sender: zhang }));
  expect(await ask(say('/请假 批准', { sender: li, chat: direct(li) }))).toContain('有几个待批：王一 1-1、张三 1-2');
  expect((await hear(say('/请假 待批', { sender: li })))[1]?.text).toContain('[张三 批准] /请假 批准 1-2');
  expect(await ask(say('/请假 批准 张三', { sender: li, chat: direct(li) }))).toContain('已批准张三请假');
  expect(await ask(say('/请假 批准', { sender: li, chat: direct(li) }))).toContain('已批准王一请假');
  expect(await ask(say('/请假 批准', { sender: li, chat: direct(li) }))).toContain('没有等你批的请假');
});

test('nobody approves the own leave, nor that of another unit, and a member none at all', async () => {
  const { ask, member, unit, sun, told } = await approving();
  await ask(say('/请假 11-25', { sender: sun }));
  expect(told()[0]).toMatch(/^li: 孙五/);
  expect(await ask(say('/请假 批准 1-1', { sender: sun, chat: direct(sun) }))).toContain('没有找到“1-1”');
  expect(await ask(say('/请假 批准 1-1'))).toContain('没有找到“1-1”');
  const other = { id: 'zhou', name: '周六' };
  await member(other, null, [{ role: 'coordinator', unit: (await unit('上水乡')).id }]);
  expect(await ask(say('/请假 批准 1-1', { sender: other, chat: direct(other) }))).toContain('没有找到“1-1”');
});

test('the coordinator’s own leave goes to the head of the unit, and what the coordinator enters for others is settled', async () => {
  const { ask, member, town, told, leaveOf } = await approving();
  await member(li, town, [{ role: 'coordinator', unit: town.id }]);
  expect(await ask(say('/请假 11-25', { sender: li }))).toContain('已交孙五批');
  expect(told()[0]).toMatch(/^sun: 李二/);
  expect(await ask(say('/请假 张三 11-26', { sender: li }))).toContain('已为张三登记请假');
  expect(await leaveOf('zhangsan')).toHaveLength(1);
});

test('a request is taken back with /撤回, once it is approved no more', async () => {
  const { ask, leaveOf } = await approving();
  await ask('/请假 11-25');
  expect(await ask('/撤回')).toBe('已收回刚才的请假申请。');
  expect(await ask(say('/请假 批准', { sender: li, chat: direct(li) }))).toContain('没有等你批的请假');
  await ask('/请假 11-26');
  await ask(say('/请假 批准', { sender: li, chat: direct(li) }));
  expect(await ask('/撤回')).toContain('没有可以撤回的操作');
  expect(await leaveOf('wang')).toHaveLength(1);
});
