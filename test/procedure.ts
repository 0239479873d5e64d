/** The lists of November 2026 in a county of four units, from the draft to the correction: said, and let happen. */
import { Temporal } from 'temporal-polyfill';
import { listClose } from '../jobs/list-close.ts';
import { listDraft } from '../jobs/list-draft.ts';
import { listNotice } from '../jobs/list-notice.ts';
import { listPublish } from '../jobs/list-publish.ts';
import type { Settings } from '../src/domain/settings.ts';
import { PlatformError } from '../src/errors.ts';
import { type Chat, type Message, plain, type Reply } from '../src/message.ts';
import type { ListStore, Post } from '../src/ports.ts';
import { earlier } from '../src/scheduler/coming.ts';
import { engine, mailbox, place } from './engine.ts';
import { house } from './house.ts';
import { county, groupOf, person } from './town.ts';
import { at, say } from './values.ts';

export const names = ['城关镇', '白石镇', '柳塘镇', '清溪乡'] as const;
/** Of each unit: its head, its coordinator, and somebody who works. */
const staff = (name: string) => [person(`${name}甲`), person(`${name}乙`), person(`${name}丙`)];
export const [reviewer, second, inspector, decider, boss] = [
  person('审', '审核的人'),
  person('审二', '另一位审核人'),
  person('督', '督查的人'),
  person('复', '复核的人'),
  person('管', '管理的人'),
];

export type Posted = {
  readonly to: string;
  readonly job: string;
  readonly at: string;
  readonly text: string;
  readonly reply: Reply;
};

type Over = {
  readonly settings?: Partial<Settings>;
  /** Who holds an office of the lists; everybody above without it. */
  readonly officers?: readonly (typeof reviewer)[];
};

const roleOf = new Map([
  [reviewer, 'reviewer'],
  [second, 'reviewer'],
  [inspector, 'inspector'],
  [decider, 'appealDecider'],
  [boss, 'admin'],
] as const);

/** Everybody has reported in November; in 柳塘镇 one thing is left over since the 23rd, in 清溪乡 two. */
export const procedure = async ({ settings = {}, officers = [...roleOf.keys()] }: Over = {}) => {
  const home = county();
  const root = await home.unit('云岭县', officers, { settings: { cadence: 'off', ...settings } });
  for (const one of officers) {
    const role = roleOf.get(one);
    if (role) await home.member(one, root, [{ role, unit: null }]);
  }
  for (const name of names) {
    const roles = { [`${name}甲`]: ['unitHead' as const], [`${name}乙`]: ['coordinator' as const] };
    await home.unit(name, staff(name), { parent: root.id, roles });
  }
  for (const day of ['23', '24', '25', '26', '27', '30']) {
    await Promise.all(
      names.flatMap((name) =>
        staff(name).map((one) => {
          const isLast = day === '23' && one.id.endsWith('丙');
          const left = !isLast
            ? ''
            : name === '柳塘镇'
              ? '；未清：台账'
              : name === '清溪乡'
                ? '；未清：水渠；未清：公示'
                : '';
          // 白石镇 is a little behind.
          const hour = name === '白石镇' && day === '24' ? '20:30' : '16:00';
          return home.tell(one, `2026-11-${day} ${hour}`, `/日清 走访${day}户${left}`);
        }),
      ),
    );
  }

  const where = place();
  const posts: Posted[] = [];
  const now = { at: at('2026-11-30 22:00') };
  const mail = mailbox();
  const net = { isDown: false };
  const send = async (chat: Chat, reply: Post['reply'], id: string) => {
    if (net.isDown) throw new PlatformError('playground', 'down', 'retry', 'it takes nothing');
    posts.push({
      to: `${chat.kind === 'group' ? '#' : '@'}${chat.id}`,
      job: id.split('/')[0] ?? '',
      at: now.at.toZonedDateTimeISO('Asia/Shanghai').toPlainDateTime().toString({ smallestUnit: 'minute' }),
      text: plain(reply),
      reply,
    });
  };
  mail.platforms.set('playground', { send });

  /** A bot on this county: `lists` may break its store. Its predecessor is dead. */
  const start = async (lists?: (real: ListStore) => ListStore) => {
    const living = house({ namespace: home.namespace, ...(lists && { lists }) });
    const { reports, directory, boards, t } = living;
    const units = [...(await directory.units())];
    const sources = { reports, directory, boards, lists: living.lists, t };
    const jobs = [listDraft, listNotice, listPublish, listClose];
    const beat = engine(where, { jobs, units, mail, now, sources });
    return {
      living,
      hear: (message: Message) => living.hear(message),
      /** Lets the clock run, from one due minute to the next. False: something failed, and is to be run again. */
      async until(end: string): Promise<boolean> {
        const last = at(end);
        for (;;) {
          const due = earlier(await beat.nextDue(now.at, last), await beat.outbox.nextDue(now.at, last));
          const { failed } = await beat.at(due ?? last);
          if (failed > 0) {
            if (!lists)
              throw new Error(JSON.stringify(beat.lines.at(-1), (_, v) => (v instanceof Error ? v.stack : v)));
            return false;
          }
          if (!due || Temporal.Instant.compare(now.at, last) >= 0) return true;
        }
      },
    };
  };
  const bot = await start();
  await bot.until('2026-11-30 22:01');

  return {
    home,
    start,
    now,
    /** Down: the platform takes nothing. */
    net,
    posts,
    until: bot.until,
    /** What somebody is answered, in private or in a group; what others are told goes to `told`. */
    said: async (who: { id: string; name?: string }, text: string, group?: string) => {
      const chat: Chat = group === undefined ? { platform: 'playground', id: who.id, kind: 'direct' } : groupOf(group);
      const message = say(text, { sender: who, at: now.at, chat, addressed: group === undefined });
      return (await bot.hear(message)).map((one) => one.text).join('\n');
    },
    told: () => bot.living.told(),
    tellings: () => bot.living.tellings(),
    lists: bot.living.lists,
    groupPosts: () => posts.filter(({ to, job }) => to.startsWith('#') && job === 'list-publish'),
  };
};

export const head = (name: (typeof names)[number]) => person(`${name}甲`);
export const coordinator = (name: (typeof names)[number]) => person(`${name}乙`);
export const worker = (name: (typeof names)[number]) => person(`${name}丙`);
