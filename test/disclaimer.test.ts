import { expect, test } from 'vitest';
import { weeklyBoard } from '../jobs/weekly-board.ts';
import { settingsOf } from '../src/domain/settings.ts';
import { plain, type Reply } from '../src/message.ts';
import { seed } from '../src/platforms/playground/seed.ts';
import { redisTranscript } from '../src/store/transcript.ts';
import { calendar, house, redis } from './house.ts';
import { at, say, zone } from './values.ts';

// C04: every board and list carries the line, which an organisation adds to and cannot take away.
const LINE = '仅供工作调度，不作为考核依据；仅限本县内部';
const now = '2026-11-23 10:30';

const home = house({ claimCode: 'ABCD-1234', clock: () => at(now).epochMilliseconds });
const { receive, keys, directory, reports, boards, lists, burden, links, t } = home;
const transcript = redisTranscript(redis, keys, () => Date.now());
await seed({ receive, transcript, calendar, zone, claimCode: async () => 'ABCD-1234' })(() => at(now));
await home.hear(say('/设置 声明补充 仅限本县内部', { ...within('yunling', 'sun'), at: at(now) }));

function within(chat: string, id: string) {
  const kind = chat === id ? ('direct' as const) : ('group' as const);
  return { chat: { platform: 'playground' as const, id: chat, kind }, sender: { id }, addressed: kind === 'direct' };
}

const answersTo = async (text: string, chat: string, who: string): Promise<readonly Reply[]> => {
  const answers = await receive(say(text, { ...within(chat, who), at: at(now) }));
  return answers.map(({ reply }) => reply);
};

/** What ranks or lists units or people: a table of places, or a picture of one. */
const isBoard = (reply: Reply): boolean =>
  reply.some((block) => block.kind === 'picture' || (block.kind === 'table' && block.columns.includes('名次')));
const footersOf = (reply: Reply): readonly string[] =>
  reply.flatMap((block) => (block.kind === 'picture' ? [block.picture.footer.join('\n')] : []));

test.each([
  ['/榜', 'chengguan', 'zhou'],
  ['/榜', 'zheng', 'zheng'],
  ['/榜 上周', 'chengguan', 'zhou'],
  ['/榜 本月', 'chengguan', 'zhou'],
  ['/榜 10月', 'zhao', 'zhao'],
  ['/榜 全市', 'zhao', 'zhao'],
])('%s in %s by %s ends with the line, in words and in the picture', async (text, chat, who) => {
  const replies = await answersTo(text, chat, who);
  const shown = replies.filter(isBoard);
  expect(shown.length).toBeGreaterThan(0);
  for (const reply of shown) {
    expect(plain(reply)).toContain(LINE);
    for (const footer of footersOf(reply)) expect(footer).toContain(LINE);
  }
});

test.each([
  ['/为什么 城关镇', 'zhou', 'zhou'],
  ['/为什么 我', 'zheng', 'zheng'],
])('%s, where a score is explained, ends with it as well', async (text, chat, who) => {
  const replies = await answersTo(text, chat, who);
  expect(replies.map(plain).join('\n')).toContain(LINE);
});

test('the lists have it from the draft on, in words and in the picture', async () => {
  const steps = [
    await answersTo('/红黑榜 起草 10月', 'qian', 'qian'),
    await answersTo('/红黑榜 L-01', 'li', 'li'),
    await answersTo('/红黑榜 L-01 确认', 'li', 'li'),
  ].map((replies) => replies.map(plain).join('\n'));
  for (const said of steps.slice(0, 2)) expect(said).toContain(LINE);
});

test('the board that is posted of itself has it', async () => {
  const [unit] = (await directory.units()).filter(({ name }) => name === '城关镇');
  if (!unit) throw new Error('no 城关镇');
  const moment = at(now).toZonedDateTimeISO(zone);
  const plan = { unit, settings: settingsOf(unit), calendar, at: moment.toPlainDateTime(), now: moment, late: false };
  const posts = await weeklyBoard.run({ ...plan, reports, directory, boards, lists, burden, links, t } as never);
  expect(posts.length).toBeGreaterThan(0);
  for (const { reply } of posts) {
    expect(plain(reply)).toContain(LINE);
    for (const footer of footersOf(reply)) expect(footer).toContain(LINE);
  }
});
