/** The procedure of the lists by buttons alone: each says its command, as whoever it was sent to. */
import { expect, test } from 'vitest';
import type { Reply } from '../../../src/message.ts';
import { boss, coordinator, decider, inspector, procedure, reviewer, worker } from '../../procedure.ts';
import { direct, say } from '../../values.ts';

type Made = Awaited<ReturnType<typeof procedure>>;
const buttonsOf = (reply: Reply) => reply.flatMap((block) => (block.kind === 'buttons' ? block.buttons : []));
const posted = ({ posts }: Made, job: string, to: string) =>
  buttonsOf(posts.findLast((post) => post.job === job && post.to === to)?.reply ?? []);

const appealed = async () => {
  const made = await procedure();
  await made.until('2026-12-01 09:00');
  const [confirm] = posted(made, 'list-draft', `@${reviewer.id}`);
  expect(await made.said(reviewer, confirm?.command ?? '')).toContain('L-01 已确认');
  await made.until('2026-12-02 09:00');
  await made.said(coordinator('柳塘镇'), '/申诉 L-01 台账当天已补齐');
  const told = made.tellings().find(({ chat }) => chat.id === decider.id);
  return { made, buttons: buttonsOf(told?.reply ?? []) };
};

test('a draft is confirmed, an appeal upheld and the lists signed with one press each', async () => {
  const { made, buttons } = await appealed();
  expect(buttons.map(({ text }) => text)).toEqual(['所列有误，采纳', '所列属实，驳回']);
  expect(await made.said(decider, buttons[0]?.command ?? '')).toContain('已采纳，柳塘镇不列入');
  expect(made.told().findLast((line) => line.startsWith('柳塘镇乙: '))).toContain('经核对，所列事实有误');
  await made.until('2026-12-03 18:00');
  const [sign] = posted(made, 'list-close', `@${reviewer.id}`);
  expect(await made.said(reviewer, sign?.command ?? '')).toContain('12月8日（周二）10:00公布');
});

test('an appeal is rejected with one press, and pressed by somebody else it is refused as if typed', async () => {
  const { made, buttons } = await appealed();
  const [uphold, reject] = buttons.map(({ command }) => command);
  for (const who of [reviewer, boss, worker('城关镇')]) {
    const refused = await made.said(who, uphold ?? '');
    expect(refused).not.toContain('已采纳');
  }
  expect((await made.lists.issue(1))?.appeals[0]?.outcome).toBe('open');
  expect(await made.said(decider, reject ?? '')).toContain('驳回，柳塘镇仍列入');
  expect(await made.said(decider, uphold ?? '')).not.toContain('已采纳');
});

test('who asks how an issue stands gets the button that is theirs to press, and nobody else’s', async () => {
  const made = await procedure();
  const shown = async (who: typeof reviewer) => {
    const message = say('/红黑榜 L-01', { sender: who, chat: direct(who), addressed: true, at: made.now.at });
    const answers = await made.home.receive(message);
    return answers.flatMap(({ reply }) => buttonsOf(reply)).map(({ command }) => command);
  };
  await made.until('2026-12-01 09:00');
  expect(await shown(reviewer)).toEqual(['/红黑榜 L-01 确认']);
  expect(await shown(inspector)).toEqual([]);
  await made.said(reviewer, '/红黑榜 L-01 确认');
  expect(await shown(reviewer)).toEqual([]);
  await made.until('2026-12-03 18:00');
  expect(await shown(reviewer)).toEqual(['/红黑榜 L-01 签发']);
  expect(await shown(inspector)).toEqual([]);
});
