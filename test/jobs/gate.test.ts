/** Every job, a whole month, through the scheduler and the outbox: what arrives, when, and what is in it. */
import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { jobs } from '../../jobs/index.ts';
import type { Member } from '../../src/domain/organisation.ts';
import { type Chat, plain } from '../../src/message.ts';
import type { Post } from '../../src/ports.ts';
import { earlier } from '../../src/scheduler/coming.ts';
import { calendar, engine, mailbox, place } from '../engine.ts';
import { county, person } from '../town.ts';
import { at, zone } from '../values.ts';

type Heard = { readonly chat: Chat; readonly id: string; readonly at: Temporal.ZonedDateTime; readonly words: string };

/** Copies of the bot that share one store, and a clock that steps from one due minute to the next. */
const bots = async (home: ReturnType<typeof county>, from: Temporal.Instant, copies = 2) => {
  const heard: Heard[] = [];
  const now = { at: from };
  const mail = mailbox();
  const send = async (chat: Chat, reply: Post['reply'], id: string) =>
    void heard.push({ chat, id, at: now.at.toZonedDateTimeISO(zone), words: plain(reply) });
  mail.platforms.set('playground', { send });
  const where = place();
  const units = await home.directory.units();
  const { reports, directory, boards, lists, t } = home;
  const sources = { reports, directory, boards, lists, t };
  const all = Array.from({ length: copies }, () => engine(where, { jobs, units: [...units], mail, now, sources }));
  const [first] = all;
  if (!first) throw new Error('no bot');
  await first.at(from);

  const until = async (end: Temporal.Instant) => {
    for (;;) {
      const due = earlier(await first.nextDue(now.at, end), await first.outbox.nextDue(now.at, end));
      if (!due) break;
      await Promise.all(all.map((bot) => bot.at(due)));
    }
    now.at = end;
  };
  return { heard, until };
};

const days = (from: string, to: string) => {
  const first = Temporal.PlainDate.from(from);
  const count = first.until(Temporal.PlainDate.from(to)).days;
  return Array.from({ length: count + 1 }, (_, n) => first.add({ days: n }).toString());
};

test('a coordinator who is also a leader gets three messages on a Friday, however many there are to be sent', async () => {
  const home = county();
  const [li, wang] = [person('li', '李二'), person('wang', '王一')];
  await home.unit('城关镇', [li, wang], { roles: { li: ['coordinator', 'unitHead'] } });
  await home.tell(wang, '2026-11-25 10:00', '/日清 走访；未清：台账');
  const { heard, until } = await bots(home, at('2026-11-27 00:00'));
  await until(at('2026-11-27 23:59'));
  const mine = heard.filter(({ chat }) => chat.id === 'li').map(({ id }) => id.split('/')[0]);
  expect(mine).toHaveLength(3);
  expect(mine).toEqual(expect.arrayContaining(['daily-digest', 'missing-list', 'weekly-draft']));
  // The reminder would have been the fourth; on Monday nobody needs it any more.
  await until(at('2026-11-30 08:59'));
  expect(heard.filter(({ chat }) => chat.id === 'li')).toHaveLength(3);
});

const staff = (unit: string) => [0, 1, 2, 3].map((n) => person(`${unit}${n}`, `${unit}的干部${n}`));

test('a month: nothing in quiet hours, nobody above the budget, no name in a group, who is missing to the coordinator alone', async () => {
  const home = county();
  const everybody = ['城关镇', '河西镇'].flatMap(staff);
  for (const name of ['城关镇', '河西镇']) {
    const roles: Record<string, Member['roles'][number]['role'][]> = {
      [`${name}0`]: ['coordinator', 'leader'],
      [`${name}1`]: ['unitHead'],
    };
    await home.unit(name, staff(name), { roles });
  }
  const { heard, until } = await bots(home, at('2026-11-23 00:00'));
  const saidInGroups: string[] = [];
  for (const date of days('2026-11-23', '2026-12-22')) {
    await until(at(`${date} 16:00`));
    for (const [i, one] of everybody.entries()) {
      const n = Number(date.slice(-2)) + i;
      const group = one.id.slice(0, 3);
      const lines = [
        ...(n % 4 === 0 ? [] : [`/日清 走访${n}${n % 5 === 0 ? `；未清：台账${n}` : ''}`]),
        ...(n % 9 === 0 ? ['/请假 明天'] : []),
        ...(i % 4 === 0 ? ['/未报', '/榜', '/我的', '/设置'] : []),
      ];
      for (const line of lines) {
        const answers = await home.tell(one, `${date} 16:00`, line, group);
        saidInGroups.push(...answers.filter(({ chat }) => chat === group).map(({ text }) => text));
      }
    }
    await until(at(`${date} 23:59`));
  }

  expect(new Set(heard.map(({ id }) => id.split('/')[0])).size).toBeGreaterThanOrEqual(6);
  for (const { at: moment } of heard) {
    const time = moment.toPlainTime().toString({ smallestUnit: 'minute' });
    expect(calendar.isWorkday(moment.toPlainDate()) && time >= '08:30' && time < '18:30').toBe(true);
  }
  const perDay = Map.groupBy(heard, ({ chat, at: moment }) => `${chat.kind} ${chat.id} ${moment.toPlainDate()}`);
  for (const [chat, posts] of perDay) expect(posts.length).toBeLessThanOrEqual(chat.startsWith('group') ? 2 : 3);

  const inGroups = [...saidInGroups, ...heard.flatMap(({ chat, words }) => (chat.kind === 'group' ? [words] : []))];
  expect(inGroups.length).toBeGreaterThan(30);
  for (const words of inGroups) for (const { name } of everybody) expect(words).not.toContain(name);

  const naming = heard.filter(({ words }) => everybody.some(({ name }) => name && words.includes(name)));
  expect(naming.length).toBeGreaterThan(10);
  for (const { chat } of naming) expect(chat).toMatchObject({ kind: 'direct', id: expect.stringMatching(/0$/) });
}, 60_000);
