import { expect, test } from 'vitest';
import { weeklyBoard } from '../jobs/weekly-board.ts';
import type { ActEvent } from '../src/domain/list-events.ts';
import { type PageSpan, pageSpans } from '../src/domain/page-spans.ts';
import { settingsOf } from '../src/domain/settings.ts';
import { plain, type Reply } from '../src/message.ts';
import { seed } from '../src/platforms/playground/seed.ts';
import { storedLinkSecret } from '../src/store/link-secret.ts';
import { redisTranscript } from '../src/store/transcript.ts';
import { signed, ticketUntil } from '../src/web/board-ticket.ts';
import { site } from '../src/web/site.ts';
import { calendar, house, redis } from './house.ts';
import { unzipped } from './render/unzipped.ts';
import { at, ledger, say, zone } from './values.ts';

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

test('the pages of the board have it, for every span and every explanation', async () => {
  const { log, errors } = ledger();
  const secret = storedLinkSecret(redis, keys);
  const moment = at(now).toZonedDateTimeISO(zone);
  const pages = site({
    playground: null,
    board: { reports, directory, boards, lists, calendar, secret, t, log, now: () => moment },
    isOwnName: () => true,
    checks: {},
    t,
    log,
  });
  const read = async (path: string, span: PageSpan) => {
    const ticket = { unit: 'u1', viewer: 'playground:zhao', span, until: ticketUntil(at(now)) };
    const response = await pages.request(`http://localhost${path}?k=${signed(ticket, await secret())}`);
    expect(response.status).toBe(200);
    return response.text();
  };
  for (const span of pageSpans) {
    const page = await read('/board/u1', span);
    expect(page).toContain(LINE);
    const [why = ''] = /u1\/why\/u\d+/.exec(page) ?? [];
    expect(await read(`/board/${why}`, span)).toContain(LINE);
  }
  expect(errors).toEqual([]);
});

test.each([
  ['/导出 榜 上周', 'zhou'],
  ['/导出 榜 全市 10月', 'zhao'],
  ['/导出 红黑榜 L-01', 'zhao'],
])('the workbook of %s has it on every sheet', async (text, who) => {
  if (text.includes('红黑榜')) await published();
  const before = home.handed.size;
  await answersTo(text, who, who);
  const [book] = [...home.handed.values()].slice(before);
  const files = await unzipped(book ?? Buffer.alloc(0));
  const sheets = [...files].filter(([path]) => path.startsWith('xl/worksheets/'));
  expect(sheets.length).toBeGreaterThan(0);
  for (const [path, xml] of sheets) expect(xml, path).toContain(LINE);
});

/** L-01, which was drafted and confirmed above, as the jobs would have taken it on. */
const published = async (): Promise<void> => {
  const cause = (message: string) => ({ message, by: 'rule', at: at(now) });
  const local = at(now).toZonedDateTimeISO(zone).toPlainDateTime().toString({ smallestUnit: 'minute' });
  const dates = { fileBy: local, decideBy: local, publishOn: local };
  const done = { by: 'rule', on: local };
  const steps: readonly ActEvent[] = [
    { type: 'notice', ...done, untold: [], dates },
    { type: 'close', ...done },
    { type: 'sign', by: 'playground:li', on: local, publishOn: local },
    { type: 'publish', ...done, slot: local, isNamed: true, chats: [], left: [], reds: {} },
  ];
  for (const [i, event] of steps.entries()) await lists.act(1, cause(`m${i}`), async () => ({ event }));
};
