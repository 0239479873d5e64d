import { expect, test } from 'vitest';
import { unzipped } from '../../render/unzipped.ts';
import { county, person } from '../../town.ts';

const wang = person('wang', '王一');
const boss = person('boss', '管理员');

/** Wang files in 城关镇 on Monday and Tuesday, moves to 白石镇 on Wednesday, and files there from Thursday on. */
const moved = async () => {
  const home = county();
  const town = await home.unit('城关镇', [wang], { roles: { wang: ['coordinator'] } });
  const next = await home.unit('白石镇', [person('li', '李二')], {});
  await home.member(boss, town, [
    { role: 'admin', unit: null },
    { role: 'leader', unit: town.id },
  ]);
  await home.tell(wang, '2026-11-23 16:00', '/日清 走访3户企业；未清：园区征地');
  await home.tell(wang, '2026-11-24 20:30', '/日清 写材料');
  await home.tell(boss, '2026-11-24 21:00', '/点评 王一 走访扎实');
  await home.tell(boss, '2026-11-25 09:00', '/任命 王一 成员 白石镇');
  await home.tell(wang, '2026-11-26 16:00', '/日清 入户核对');
  return { ...home, town, next };
};

test('one’s own days are whole, each by the rules of the unit in which it was owed', async () => {
  const home = await moved();
  const lines = (await home.tell(wang, '2026-11-27 10:00', '/我的 本周'))[0]?.text.split('\n');
  expect(lines?.slice(0, 10)).toEqual([
    '你在白石镇的本周（11月23日—11月29日）',
    '· 11月23日（周一）：按时',
    '· 11月24日（周二）：补报',
    '· 11月25日（周三）：加入当天及以前，不算',
    '· 11月26日（周四）：按时',
    '· 11月27日（周五）：未到截止时间',
    '报过 4 项：',
    '· 11月23日（周一） 完成：走访3户企业',
    '· 11月23日（周一） 未清：园区征地',
    '· 11月24日（周二） 完成：写材料',
  ]);
  const month = (await home.tell(wang, '2026-11-27 10:00', '/我的 11月'))[0]?.text;
  expect(month).toContain('应报 3，按时 2，补报 1，未报 0，请假 0');
  expect((await home.tell(wang, '2026-11-27 10:00', '/我的 找 走访'))[0]?.text).toContain('完成：走访3户企业');
});

test('nobody else sees them: the colleague of the new unit finds his own alone', async () => {
  const home = await moved();
  const li = await home.tell(person('li', '李二'), '2026-11-27 10:00', '/我的 找 走访');
  expect(li[0]?.text).toContain('没有报过“走访”');
});

test('the week is drafted from both units, and one that was confirmed before the move stays confirmed', async () => {
  const home = await moved();
  const draft = (await home.tell(wang, '2026-11-27 15:30', '/周结'))[0]?.text;
  expect(draft).toContain('· 走访3户企业\n· 写材料\n· 入户核对');
  expect(draft?.split('园区征地')).toHaveLength(2);

  await home.tell(wang, '2026-11-27 16:00', '/周结 确认');
  await home.tell(boss, '2026-11-27 16:10', '/任命 王一 成员 城关镇');
  expect((await home.tell(wang, '2026-11-27 16:20', '/周结'))[0]?.text).toContain('入户核对');
  expect((await home.tell(wang, '2026-11-27 16:20', '/周结 确认'))[0]?.text).toMatch(/已经提交过/u);
});

test('a file holds what was filed in each unit, and the weeks of an account that was merged', async () => {
  const home = await moved();
  await home.tell(person('li', '李二'), '2026-11-24 18:00', '/周结 用另一个号写的一周');
  await home.tell(boss, '2026-11-27 09:00', '/名册 合并 王一 李二');
  await home.tell(wang, '2026-11-27 10:00', '/导出 11月');
  const files = await unzipped([...home.handed.values()][0] ?? Buffer.alloc(0));
  const words = [1, 2, 3].map((n) => files.get(`xl/worksheets/sheet${n}.xml`)).join('');
  for (const part of ['走访3户企业', '入户核对', '走访扎实', '用另一个号写的一周']) expect(words).toContain(part);
});

/** Li coordinates 城关镇, Zhao 白石镇; Wang moves from the one to the other. */
const asking = async (approval: 'on' | 'off') => {
  const home = county();
  const [li, zhao] = [person('li', '李二'), person('zhao', '赵三')];
  const settings = { leaveApproval: 'on' } as const;
  const town = await home.unit('城关镇', [wang, li], { settings, roles: { li: ['coordinator', 'leader'] } });
  await home.unit('白石镇', [zhao], {
    settings: { leaveApproval: approval },
    roles: { zhao: ['coordinator', 'leader'] },
  });
  await home.member(boss, town, [{ role: 'admin', unit: null }]);
  const move = () => home.tell(boss, '2026-11-25 09:00', '/任命 王一 成员 白石镇');
  return { ...home, li, zhao, move };
};

test('duty and leave that waits for an answer go along, and whoever decides there now is asked', async () => {
  const { tell, told, move, li, zhao } = await asking('on');
  await tell(li, '2026-11-24 09:00', '/值班 11-28 王一');
  await tell(wang, '2026-11-24 10:00', '/请假 12-1 至 12-2 培训');
  await move();
  expect(told().at(-1)).toMatch(/^zhao: 王一（白石镇）请假待批，第 1 号：12月1日/u);
  expect((await tell(li, '2026-11-25 10:00', '/请假 批准 王一'))[0]?.text).not.toContain('已批准');
  expect((await tell(zhao, '2026-11-25 10:00', '/请假 批准 王一'))[0]?.text).toContain('已批准');
  expect((await tell(wang, '2026-11-25 11:00', '/请假'))[0]?.text).toContain('12月1日（周二）至12月2日（周三） 培训');
  expect((await tell(wang, '2026-11-25 11:00', '/值班'))[0]?.text).toContain('11月28日');
  expect((await tell(zhao, '2026-11-25 11:00', '/值班'))[0]?.text).toContain('王一');
  expect((await tell(li, '2026-11-25 11:00', '/值班'))[0]?.text).not.toContain('王一');
});

test('where nobody approves leave it is in force at once, and the person is told', async () => {
  const { tell, told, move } = await asking('off');
  await tell(wang, '2026-11-24 10:00', '/请假 12-1 至 12-2 培训');
  await move();
  expect(told().at(-1)).toBe('wang: 你调到白石镇，之前申请的请假不用再批，已生效：12月1日（周二）至12月2日（周三）。');
  expect((await tell(wang, '2026-11-25 11:00', '/请假'))[0]?.text).toContain('12月1日（周二）至12月2日（周三） 培训');
});

test('leave taken back after the move does not return with the person', async () => {
  const { tell, move, zhao } = await asking('on');
  await tell(person('li', '李二'), '2026-11-24 09:00', '/请假 王一 12-1 至 12-2');
  await move();
  expect((await tell(wang, '2026-11-25 10:00', '/销假 12-1 至 12-2'))[0]?.text).toContain('销');
  await tell(boss, '2026-11-26 09:00', '/任命 王一 成员 城关镇');
  expect((await tell(wang, '2026-11-26 10:00', '/请假'))[0]?.text).not.toContain('12月1日');
  expect((await tell(zhao, '2026-11-26 10:00', '/请假 审批'))[0]?.text).not.toContain('王一');
});

test('a request for help keeps its number, and its answer', async () => {
  const { tell, told, move, li, zhao } = await asking('on');
  await tell(wang, '2026-11-24 10:00', '/日清 求助：协调用地指标；求助：派车');
  await tell(li, '2026-11-24 11:00', '/答复 H-02 明早八点');
  await move();
  const waiting = (await tell(zhao, '2026-11-25 10:00', '/答复'))[0]?.text;
  expect(waiting).toContain('H-01');
  expect(waiting).not.toMatch(/H-0[23]/u);
  expect((await tell(zhao, '2026-11-25 10:00', '/看 H-02'))[0]?.text).toContain('明早八点');
  expect((await tell(wang, '2026-11-25 10:00', '/看 H-02'))[0]?.text).toContain('明早八点');
  await tell(zhao, '2026-11-25 10:10', '/答复 H-01 已请县里协调');
  expect(told().at(-1)).toContain('已请县里协调');
  expect((await tell(zhao, '2026-11-25 10:20', '/答复'))[0]?.text).not.toContain('H-');
});
