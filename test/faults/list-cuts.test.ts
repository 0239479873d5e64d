/**
 * The store is cut off right after each entry of the procedure: what was written stands, and whoever wrote it knows
 * nothing of it. Another bot goes on; the platform delivers again what was not answered.
 */
import { expect, test } from 'vitest';
import type { Message } from '../../src/message.ts';
import type { ListStore } from '../../src/ports.ts';
import { coordinator, decider, procedure, reviewer } from '../procedure.ts';
import { at, direct, say } from '../values.ts';

/** What people say, and up to when the clock runs. */
const course: readonly (string | readonly [who: { id: string; name?: string }, when: string, words: string])[] = [
  '2026-12-01 09:00',
  [reviewer, '2026-12-01 15:00', '/红黑榜 L-01 去掉 白石镇 理由：有一天晚报'],
  [reviewer, '2026-12-01 15:01', '/红黑榜 L-01 确认'],
  '2026-12-02 09:00',
  [coordinator('柳塘镇'), '2026-12-02 11:00', '/申诉 L-01 台账当天已补齐'],
  [coordinator('城关镇'), '2026-12-02 11:01', '/申诉 L-01 没有全报'],
  [decider, '2026-12-03 10:00', '/申诉 A-01 驳回 理由：没有材料'],
  // The other appeal is never decided.
  '2026-12-08 10:00',
  [reviewer, '2026-12-08 12:00', '/红黑榜 L-01 签发'],
  '2026-12-10 12:00',
  [coordinator('清溪乡'), '2026-12-10 13:00', '/申诉 L-01 水渠早通了'],
  [coordinator('柳塘镇'), '2026-12-10 13:01', '/申诉 L-01 台账有收条'],
  [reviewer, '2026-12-10 14:00', '/红黑榜 L-01 维持 清溪乡 理由：记录无误'],
  [reviewer, '2026-12-10 15:00', '/红黑榜 L-01 更正 柳塘镇 理由：台账有收条'],
  '2026-12-31 12:00',
];

/** A store that is cut off after its `left`-th entry, for good. */
const cut =
  (life: { left: number }) =>
  (real: ListStore): ListStore => {
    const whileAlive = async <Value>(
      work: () => Promise<Value>,
      isEntry: (value: Value) => boolean,
    ): Promise<Value> => {
      if (life.left <= 0) throw new Error('cut off');
      const value = await work();
      if (isEntry(value)) life.left -= 1;
      if (life.left <= 0) throw new Error('cut off');
      return value;
    };
    const never = () => false;
    return {
      ...real,
      all: () => whileAlive(real.all, never),
      issue: (number) => whileAlive(() => real.issue(number), never),
      words: (number) => whileAlive(() => real.words(number), never),
      issueOfAppeal: (number) => whileAlive(() => real.issueOfAppeal(number), never),
      draft: (...args) =>
        whileAlive(
          () => real.draft(...args),
          (outcome) => 'issue' in outcome,
        ),
      act: (...args) =>
        whileAlive(
          () => real.act(...args),
          (outcome) => outcome !== null && 'issue' in outcome,
        ),
    };
  };

/** The whole course, its store cut off after the `after`-th entry; what was posted, and what is stored. */
const walked = async (after: number) => {
  const made = await procedure();
  const life = { left: after };
  let bot = await made.start(cut(life));
  let cuts = 0;
  const again = async () => {
    cuts += 1;
    bot = await made.start();
  };
  for (const step of course) {
    if (typeof step === 'string') {
      while (!(await bot.until(step))) await again();
      continue;
    }
    const [sender, when, words] = step;
    while (!(await bot.until(when))) await again();
    const message: Message = say(words, { sender, chat: direct(sender), addressed: true, at: at(when) });
    const [answer] = await bot.hear(message);
    if (!answer?.text.includes('没能确认') && life.left > 0) continue;
    if (cuts === 0) await again();
    // The platform delivers it again; and once more, for good measure.
    await bot.hear(message);
    await bot.hear(message);
  }
  const issue = await made.lists.issue(1);
  const groups = made.posts.filter(({ to }) => to.startsWith('#')).map(({ to, job, text }) => `${to} ${job} ${text}`);
  return { issue, groups, cuts, posts: made.posts };
};

test('cut off after any entry: the course ends the same, and what is published is published once', async () => {
  const whole = await walked(Number.POSITIVE_INFINITY);
  const steps = whole.issue?.history.map(({ type }) => type) ?? [];
  expect(steps).toEqual([
    ...['draft', 'strike', 'confirm', 'notice', 'appeal', 'appeal', 'decide', 'close', 'remind', 'sign', 'publish'],
    ...['posted', 'raise', 'raise', 'keep', 'correct'],
  ]);
  expect(whole.groups.filter((post) => post.includes(' list-publish '))).toHaveLength(5);
  expect(whole.issue?.published?.rows.map(({ name }) => name)).toEqual(['清溪乡', '柳塘镇']);

  for (const [i, type] of steps.entries()) {
    const { issue, groups, cuts, posts } = await walked(i + 1);
    expect(cuts, type).toBe(1);
    expect(issue, type).toEqual(whole.issue);
    expect(groups.toSorted(), type).toEqual(whole.groups.toSorted());
    // Nobody is told the same twice, either; and nobody less than without the cut.
    const said = (all: typeof posts) => all.map(({ to, job, text }) => `${to} ${job} ${text}`).toSorted();
    expect(said(posts), type).toEqual(said(whole.posts));
  }
}, 60_000);

test('cut off after the entry that ends an unsigned issue: the units that were told of it still hear that it ended', async () => {
  const made = await procedure();
  await made.until('2026-12-01 09:00');
  await made.said(reviewer, '/红黑榜 L-01 确认');
  await made.until('2026-12-31 12:00');
  // The next draft is one entry, the end of the first issue the other.
  const cutOff = await made.start(cut({ left: 2 }));
  expect(await cutOff.until('2027-01-04 09:00')).toBe(false);
  expect((await made.lists.issue(1))?.state).toBe('ended');
  const next = await made.start();
  await next.until('2027-01-04 09:00');
  const told = made.posts.filter(({ to, text }) => to === '@清溪乡甲' && text.includes('不再公布'));
  expect(told).toHaveLength(1);
  expect(made.posts.findLast(({ to }) => to === '@审')?.text).toContain('L-01');
});
