import { expect, test } from 'vitest';
import { boardOf } from '../../../src/domain/board.ts';
import type { UnitFigures } from '../../../src/domain/score.ts';
import { boss, coordinator, decider, head, inspector, procedure, reviewer, second, worker } from '../../procedure.ts';
import { at, cause, direct, say } from '../../values.ts';

test('a month’s lists: drafted, reviewed, told, appealed against, signed, published once, corrected', async () => {
  const { until, said, posts, told, groupPosts, lists } = await procedure();
  await until('2026-12-01 09:00');
  const draft = posts.find(({ to }) => to === '@审');
  expect(draft?.text).toContain('L-01（2026年11月）红黑榜拟稿');
  expect(draft?.text).toContain('城关镇：100.0 分，第 1 名');
  expect(draft?.text).toMatch(/清溪乡：2 项遗留事项.*合计 4 个红灯工作日\n.*柳塘镇：1 项遗留事项.*合计 2 个红灯工作日/);
  expect(posts.map(({ to }) => to).toSorted()).toEqual(['@审', '@审二']);

  expect(await said(reviewer, '/红黑榜 L-01 确认')).toContain('12月2日（周三）09:00私下告知榜上单位');
  await until('2026-12-02 09:00');
  const notices = posts.filter(({ job }) => job === 'list-notice');
  const listed = ['城关镇', '白石镇', '柳塘镇', '清溪乡'].flatMap((name) => [`@${name}甲`, `@${name}乙`]);
  expect(notices.map(({ to }) => to).toSorted()).toEqual(listed.toSorted());
  const mine = notices.find(({ to }) => to === '@清溪乡甲')?.text ?? '';
  for (const words of ['水渠', '公示', '12月3日（周四）18:00前申诉：/申诉 L-01', '不公布单位名', '自动移出']) {
    expect(mine).toContain(words);
  }
  // Never whose they are, and nothing of another unit.
  expect(mine).not.toMatch(/清溪乡丙|柳塘镇|台账/);

  expect(await said(coordinator('柳塘镇'), '/申诉 L-01 台账当天已补齐')).toContain('已收到申诉 A-01');
  expect(told().find((line) => line.startsWith('复: '))).toContain('台账当天已补齐');
  expect(await said(decider, '/申诉 A-01 采纳 理由：核对属实')).toContain('已采纳，柳塘镇不列入');
  await until('2026-12-03 18:00');
  expect(posts.filter(({ job }) => job === 'list-close').map(({ to }) => to)).toEqual(['@审', '@审二']);
  expect(await said(reviewer, '/红黑榜 L-01 签发')).toContain('12月8日（周二）10:00公布');
  await until('2026-12-08 09:59');
  expect(groupPosts()).toEqual([]);
  await until('2026-12-08 10:00');
  expect(groupPosts().map(({ to }) => to)).toHaveLength(5);
  const [post] = groupPosts();
  expect(post?.text).toContain('【黑榜】1 个单位');
  expect(post?.text).toContain('城关镇');
  expect(post?.text).not.toMatch(/清溪乡|柳塘镇|甲|乙|丙|审核的人/);
  expect(post?.text.split('\n').at(-1)).toContain('仅供工作调度，不作为考核依据');
  expect(posts.filter(({ job, to }) => job === 'list-publish' && to === '@城关镇甲')[0]?.text).toContain('清溪乡');

  // Nothing comes a second time, whatever the hours bring.
  await until('2026-12-31 23:00');
  expect(groupPosts()).toHaveLength(5);
  const before = await said(head('城关镇'), '/红黑榜 2026年11月');
  expect(before).toContain('清溪乡：2 项');
  expect(before).toContain('审核的人审核签发');
  expect(await said(worker('城关镇'), '/榜 黑')).toContain('【黑榜】1 个单位');
  expect(await said(worker('城关镇'), '/榜 黑')).not.toContain('清溪乡');
  expect(await said(worker('城关镇'), '/榜 红')).not.toContain('黑榜');
  expect((await lists.issue(1))?.posted).toBe('yes');
  expect(posts.filter(({ text }) => text.includes('可能没有收到'))).toEqual([]);
  const steps = (await lists.issue(1))?.history.map(({ type, by }) => `${type} ${by.split(':').at(-1)}`);
  expect(steps).toEqual([
    ...['draft rule', 'confirm 审', 'notice rule', 'appeal 柳塘镇乙', 'decide 复', 'close rule', 'sign 审'],
    ...['publish rule', 'posted rule'],
  ]);
});

test('what was published stays as it was, and what it was made from gives the same again', async () => {
  const { until, said, lists, home } = await procedure();
  await until('2026-12-01 09:00');
  await said(reviewer, '/红黑榜 L-01 确认');
  await until('2026-12-03 18:00');
  await said(reviewer, '/红黑榜 L-01 签发');
  await until('2026-12-08 10:00');
  const published = (await lists.issue(1))?.published;
  // Late reports, closed items, other settings: none of it reaches back.
  await home.tell(worker('清溪乡'), '2026-12-08 11:00', '/清 全部');
  const word = '/红黑榜 L-01 更正 清溪乡 理由：当天已办结';
  expect(await said(reviewer, word)).toContain('已更正');
  const issue = await lists.issue(1);
  expect(issue?.published).toEqual(published);
  expect(issue?.state).toBe('corrected');
  const shown = await said(reviewer, '/红黑榜 L-01');
  expect(shown).toMatch(/清溪乡：2 项[\s\S]*有误：黑榜不应列入清溪乡。当天已办结[\s\S]*更正后：/);
  expect(await lists.check(1)).toEqual([]);
  // The scores of the snapshot too are what its figures give.
  const { units, rule } = JSON.parse((await lists.basis(1)) ?? '');
  const again = boardOf(
    units.map(({ figures }: { figures: UnitFigures }) => figures),
    [],
    rule,
  );
  expect(again.map(({ figures, score, rank }) => [figures.unit, score, rank]).toSorted()).toEqual(
    units.map((one: { unit: string; score: number; rank: number }) => [one.unit, one.score, one.rank]).toSorted(),
  );
});

test('no reviewer: the administrators are told once, and nothing is drafted', async () => {
  const { until, posts, lists, said } = await procedure({ officers: [inspector, boss] });
  await until('2027-02-28 12:00');
  expect(posts.map(({ to, job, at }) => [to, job, at])).toEqual([['@管', 'list-draft', '2026-12-01T09:00']]);
  expect(await lists.all()).toEqual([]);
  expect(await said(inspector, '/红黑榜 起草 1月')).toContain('还没有审核人');
});

test('unsigned: not published, its reviewer reminded once; signed later, it goes out on the next workday', async () => {
  const { until, said, posts, groupPosts } = await procedure();
  await until('2026-12-01 09:00');
  await said(reviewer, '/红黑榜 L-01 确认');
  await until('2026-12-11 12:00');
  expect(groupPosts()).toEqual([]);
  expect(posts.filter(({ to, text }) => to === '@审' && text.includes('还没有签发')).map(({ at }) => at)).toEqual([
    '2026-12-08T10:00',
  ]);
  expect(await said(second, '/红黑榜 L-01 签发')).toContain('12月14日（周一）10:00公布');
  await until('2026-12-14 10:00');
  expect(groupPosts()).toHaveLength(5);
});

test('never signed: the next draft ends it, and the units that were told hear of it', async () => {
  const { until, said, posts, groupPosts, lists } = await procedure();
  await until('2026-12-01 09:00');
  await said(reviewer, '/红黑榜 L-01 确认');
  await until('2027-01-04 09:00');
  expect((await lists.issue(1))?.state).toBe('ended');
  expect(posts.findLast(({ to }) => to === '@清溪乡甲')?.text).toContain('不再公布');
  expect(await said(reviewer, '/红黑榜 L-01 签发')).toContain('已经作废');
  expect(groupPosts()).toEqual([]);
});

test('a late reviewer moves the whole chain by workdays', async () => {
  const { until, said, posts, lists } = await procedure();
  await until('2026-12-04 15:00');
  expect(posts.filter(({ job }) => job === 'list-notice')).toEqual([]);
  await said(reviewer, '/红黑榜 L-01 确认');
  await until('2026-12-07 09:00');
  expect((await lists.issue(1))?.dates).toEqual({
    fileBy: '2026-12-08T18:00',
    decideBy: '2026-12-10T18:00',
    publishOn: '2026-12-11T10:00',
  });
});

test('repaired before publication: the unit leaves by itself, and is thanked', async () => {
  const { until, said, posts, home, groupPosts, lists } = await procedure();
  await until('2026-12-01 09:00');
  await said(reviewer, '/红黑榜 L-01 确认');
  await until('2026-12-03 18:00');
  await said(reviewer, '/红黑榜 L-01 签发');
  await home.tell(worker('清溪乡'), '2026-12-08 09:00', '/清 全部');
  await until('2026-12-08 10:00');
  expect((await lists.issue(1))?.standings).toMatchObject({ u5: 'repaired' });
  expect(posts.findLast(({ to }) => to === '@清溪乡乙')?.text).toContain('没有列入贵单位。谢谢');
  expect(groupPosts()[0]?.text).toContain('【黑榜】1 个单位');
  await home.tell(worker('柳塘镇'), '2026-12-08 09:00', '/清 全部');
  // What was repaired too late stays published: a correction is for errors of fact.
  expect((await lists.issue(1))?.published?.rows.map(({ name }) => name)).toContain('柳塘镇');
});

test('nobody of a unit can be told: it is not put on the warning list behind their back', async () => {
  const { until, said, posts, home, lists } = await procedure();
  for (const one of [head('清溪乡'), coordinator('清溪乡')]) {
    await home.directory.change(
      'unreachable',
      [`playground:${one.id}`],
      ({ member }) => {
        const known = member(`playground:${one.id}`);
        return { members: known ? [{ ...known, unreachable: true }] : [], facts: null };
      },
      cause('rule', { at: at('2026-11-30 22:00') }),
    );
  }
  await until('2026-12-01 09:00');
  await said(reviewer, '/红黑榜 L-01 确认');
  await until('2026-12-02 09:00');
  expect((await lists.issue(1))?.standings).toMatchObject({ u5: 'untold' });
  expect(posts.findLast(({ to }) => to === '@审')?.text).toContain('没法事先告知');
});

test('with approval the groups read the names of warned units; persons they never do', async () => {
  const { until, said, groupPosts, posts } = await procedure({ settings: { listNames: 'on' } });
  await until('2026-12-01 09:00');
  await said(reviewer, '/红黑榜 L-01 确认');
  await until('2026-12-03 18:00');
  expect(posts.find(({ job, to }) => job === 'list-notice' && to === '@清溪乡甲')?.text).toContain('群里会公布单位名');
  await said(reviewer, '/红黑榜 L-01 签发');
  await until('2026-12-08 10:00');
  expect(groupPosts()[0]?.text).toContain('清溪乡：2 项');
  expect(groupPosts()[0]?.text).not.toMatch(/甲|乙|丙/);
  expect(posts.filter(({ job, to }) => job === 'list-publish' && to.startsWith('@'))).toEqual([]);
});

test('drafted by hand: its drafter neither confirms nor signs, another reviewer does', async () => {
  const { until, said, lists, groupPosts } = await procedure({ settings: { listEvery: 'off' } });
  await until('2026-12-10 11:00');
  expect(await lists.all()).toEqual([]);
  expect(await said(worker('城关镇'), '/红黑榜 起草 11月')).toContain('只有督查、审核人可以');
  expect(await said(reviewer, '/红黑榜 起草 12月')).toContain('还没过完');
  expect(await said(reviewer, '/红黑榜 起草 9月')).toContain('过去太久');
  expect(await said(reviewer, '/红黑榜 起草 11月')).toContain('拟稿人是你');
  expect(await said(inspector, '/红黑榜 起草 11月')).toContain('已经有 L-01');
  expect(await said(reviewer, '/红黑榜 L-01 确认')).toContain('是你拟的');
  expect(await said(reviewer, '/红黑榜 L-01 去掉 城关镇 理由：我想')).toContain('是你拟的');
  expect(await said(second, '/红黑榜 L-01 确认')).toContain('12月11日（周五）09:00私下告知');
  await until('2026-12-14 18:00');
  expect(await said(reviewer, '/红黑榜 L-01 签发')).toContain('是你拟的');
  expect(await said(second, '/红黑榜 L-01 签发')).toContain('已签发');
  await until('2026-12-18 10:00');
  expect(groupPosts()).toHaveLength(5);
});

test('every step that comes again is answered in the same words, and changes nothing', async () => {
  const { until, start, now, lists } = await procedure({ settings: { listEvery: 'off' } });
  const bot = await start();
  const twice = async (who: { id: string; name?: string }, words: string, answer: RegExp) => {
    const message = say(words, { sender: who, chat: direct(who), addressed: true, at: now.at });
    const first = await bot.hear(message);
    const stands = await lists.issue(1);
    expect(first[0]?.text).toMatch(answer);
    expect(await bot.hear(message)).toEqual(first);
    expect(await (await start()).hear(message)).toEqual(first);
    expect(await lists.issue(1)).toEqual(stands);
  };
  await until('2026-12-01 10:00');
  await twice(inspector, '/红黑榜 起草 11月', /拟稿人是你/);
  await twice(reviewer, '/红黑榜 L-01 去掉 白石镇 理由：晚报', /已去掉白石镇/);
  await twice(reviewer, '/红黑榜 L-01 恢复 白石镇 理由：核过', /已恢复白石镇/);
  await twice(reviewer, '/红黑榜 L-01 确认', /已确认/);
  await until('2026-12-02 09:00');
  await twice(head('柳塘镇'), '/申诉 L-01 台账已补', /A-01/);
  await twice(decider, '/申诉 A-01 驳回 理由：没有材料', /已驳回/);
  await until('2026-12-03 18:00');
  await twice(reviewer, '/红黑榜 L-01 签发', /已签发/);
  await until('2026-12-08 10:00');
  await twice(reviewer, '/红黑榜 L-01 更正 清溪乡 理由：当天已办结', /已更正/);
  await until('2026-12-09 10:00');
  await twice(inspector, '/红黑榜 起草 11月', /已经有 L-01/);
  expect(await lists.all()).toHaveLength(1);
});

test('the only reviewer may not draft: nobody could sign it', async () => {
  const { until, said, lists } = await procedure({ officers: [reviewer, boss], settings: { listEvery: 'off' } });
  await until('2026-12-10 11:00');
  expect(await said(reviewer, '/红黑榜 起草 11月')).toContain('自己拟的自己不能签发');
  expect(await lists.all()).toEqual([]);
});

test('before it is published only those who work on it see it; in a group nobody learns that there is one', async () => {
  const { until, said } = await procedure();
  await until('2026-12-01 09:00');
  const nothing = await said(worker('城关镇'), '/红黑榜 L-09');
  expect(await said(worker('城关镇'), '/红黑榜 L-01')).toBe(nothing.replace('L-09', 'L-01'));
  expect(await said(head('清溪乡'), '/红黑榜 L-01')).toBe(nothing.replace('L-09', 'L-01'));
  expect(await said(head('清溪乡'), '/申诉 L-01 理由')).toBe(nothing.replace('L-09', 'L-01'));
  expect(await said(inspector, '/红黑榜 L-01')).toContain('清溪乡：2 项');
  expect(await said(head('清溪乡'), '/红黑榜 L-01', '清溪乡')).toContain('已私信发给你');
});

test.each<[who: Parameters<Awaited<ReturnType<typeof procedure>>['said']>[0], words: string, answer: RegExp]>([
  [head('城关镇'), '/申诉 L-01', /要写明理由/],
  [decider, '/申诉 L-01 替它说话', /只有榜上单位自己的/],
  [reviewer, '/申诉 A-01 采纳 理由：好', /只有.*复核人可以用/],
  [decider, '/申诉 A-01 采纳 理由：好', /没有申诉 A-01/],
  [decider, '/申诉 什么', /没看懂/],
  [reviewer, '/红黑榜 L-01 签发', /申诉和复核还没结束/],
  [reviewer, '/红黑榜 L-01 去掉 清溪乡 理由：好', /已经确认，不能再改/],
  [inspector, '/红黑榜 L-01 签发', /签发红黑榜只有审核人可以/],
  [reviewer, '/红黑榜 L-01 更正 清溪乡 理由：好', /还没有公布/],
  [reviewer, '/红黑榜 L-01 跳舞', /没看懂/],
  [reviewer, '/红黑榜 2027年3月', /还没到/],
  [reviewer, '/红黑榜 L-01 撤回', /要写明理由/],
])('%o %s', async (who, words, answer) => {
  const { until, said, lists } = await told();
  await until('2026-12-02 09:00');
  const before = await lists.issue(1);
  expect(await said(who, words)).toMatch(answer);
  expect(await lists.issue(1)).toEqual(before);
});

/** One county for all who only ask: nothing of it changes. */
const told = async () => {
  ready ??= (async () => {
    const made = await procedure();
    await made.until('2026-12-01 09:00');
    await made.said(reviewer, '/红黑榜 L-01 确认');
    return made;
  })();
  return ready;
};
let ready: ReturnType<typeof procedure> | undefined;

test('signed and not out yet when the next draft comes: it is published at its minute', async () => {
  const { until, said, groupPosts, lists } = await procedure();
  await until('2026-12-01 09:00');
  await said(reviewer, '/红黑榜 L-01 确认');
  await until('2026-12-31 15:00');
  expect(await said(reviewer, '/红黑榜 L-01 签发')).toContain('1月1日（周五）10:00公布');
  await until('2027-01-01 10:00');
  expect((await lists.issue(1))?.state).toBe('published');
  expect(groupPosts()).toHaveLength(5);
});

test('a platform that takes nothing for a day keeps nobody from being told before the lists are out', async () => {
  const { until, said, posts, net } = await procedure();
  await until('2026-12-01 09:00');
  await said(reviewer, '/红黑榜 L-01 确认');
  net.isDown = true;
  await until('2026-12-02 20:00');
  net.isDown = false;
  const notices = () => posts.filter(({ job, to }) => job === 'list-notice' && to === '@清溪乡甲').length;
  // What a platform did not take waits in real time.
  const asked = async () => {
    await until('2026-12-03 09:00');
    return notices();
  };
  await expect.poll(asked, { timeout: 5_000 }).toBe(1);
});

test('written down as published and not posted for two days: not posted any more, and its reviewer is told once', async () => {
  const { start, until, said, posts, groupPosts, lists, now } = await procedure();
  await until('2026-12-01 09:00');
  await said(reviewer, '/红黑榜 L-01 确认');
  await until('2026-12-03 18:00');
  await said(reviewer, '/红黑榜 L-01 签发');
  await until('2026-12-08 09:59');
  // The store is gone right after the entry; the bot comes back on Friday.
  const dying = await start((real) => ({
    ...real,
    act: async (...args) => {
      await real.act(...args);
      throw new Error('cut off');
    },
  }));
  expect(await dying.until('2026-12-08 10:00')).toBe(false);
  expect((await lists.issue(1))?.history.at(-1)?.type).toBe('publish');
  // Nobody is there in between.
  now.at = at('2026-12-11 10:00');
  const next = await start();
  await next.until('2026-12-11 10:01');
  await next.until('2026-12-31 12:00');
  expect(groupPosts()).toEqual([]);
  const told = posts.filter(({ text }) => text.includes('群里可能没有收到'));
  expect(told.map(({ to }) => to)).toEqual(['@审', '@审二']);
  expect(told[0]?.text).toContain('L-01（2026年11月）已记为12月8日（周二）10:00公布');
  expect(await lists.issue(1)).toMatchObject({ state: 'published', posted: 'unsure' });
});
