/** The story told to a living bot through the playground's interface, and everything that the bot said to it. */
import { join } from 'node:path';
import { bots } from '../faults/bot.ts';
import { daysFrom, FIRST, LAST } from './days.ts';
import { coordinators, leaders, type Moment, type Said, type Story, stays, type UnitName, units } from './story.ts';

export type Posted = {
  readonly at: Moment;
  readonly job: string;
  /** `@person` or `#unit` */
  readonly to: string;
  readonly text: string;
};

export type Walked = {
  readonly posts: readonly Posted[];
  /** `unit day` → the answer to the coordinator's `/未报` at 20:05. */
  readonly rolls: ReadonlyMap<string, string>;
};

const unitNames = Object.keys(units) as UnitName[];
const FIRST_CHECK = '08:40';
const TIMES = [FIRST_CHECK, '10:05', '17:30', '20:05'];

/** A process whose machine stands in time zone `TZ`; the organisation stays in its own. */
export const walk = async (story: Story, TZ: string, atEnd: (end: () => Promise<void>) => void): Promise<Walked> => {
  const { start } = await bots(atEnd);
  const preload = join(import.meta.dirname, 'september.ts');
  const { url } = await start({ TZ, NODE_OPTIONS: `--import=${preload}`, LOG_LEVEL: 'info' });

  const call = async (path: string, body?: object): Promise<unknown> => {
    const sent = body && {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    };
    const response = await fetch(`${url}/playground/api/${path}`, sent);
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response.json();
  };
  const say = async ({ by, in: unit, text }: Omit<Said, 'at'>): Promise<string> => {
    const { replies } = (await call('messages', { chat: unit ?? by, sender: by, text })) as {
      replies: { text: string }[];
    };
    return replies.map((reply) => reply.text).join('\n');
  };
  const order = async (text: string, answer: RegExp, by = '管理员', where: UnitName | null = null) => {
    const said = await say({ by, in: where, text });
    if (!answer.test(said)) throw new Error(`${text}: ${said}`);
  };

  const posts: Posted[] = [];
  let last = 0;
  const clock = async (moment: Moment) => {
    await call('clock', { now: `${moment.replace(' ', 'T')}:00+08:00` });
  };
  /** What the bot has posted by itself since the last time. */
  const hear = async () => {
    const news = (await call(`posts?after=${last}`)) as {
      posts: { id: number; at: string; chat: string; text: string; job: string }[];
    };
    for (const { id, at, chat, text, job } of news.posts) {
      last = id;
      const isGroup = chat in units;
      posts.push({
        at: at.slice(0, 16).replace('T', ' '),
        job,
        to: `${isGroup ? '#' : '@'}${chat}`,
        text: unsigned(text),
      });
    }
  };

  const { claimCode } = (await call('reset', { seed: 'empty' })) as { claimCode: string };
  await order(`/认领 ${claimCode}`, /管理员/);
  for (const unit of unitNames) await order(`/绑定 ${units[unit]}`, /已新建单位/, '管理员', unit);
  await order('/设置 城关镇 频次 每日', /每/);
  await order('/设置 白石镇 频次 每周', /每周/);
  await order('/设置 青龙镇 频次 周一周三周五', /周一/);
  for (const { person, unit, since } of stays) {
    if (since === '2026-08-31') await order(`/报到 ${person}`, /归入|成员|单位/, person, unit);
  }
  for (const { person, unit, from } of leaders) {
    if (person === '钱局长') await order('/报到 钱局长', /钱局长/, person);
    if (from === '2026-08-31 10:00') await order(`/任命 ${person} 领导 ${units[unit]}`, /已任命/);
  }
  for (const { person, unit, from } of coordinators) {
    if (from === '2026-08-31 10:00') await order(`/任命 ${person} 联络员 ${units[unit]}`, /已任命/);
  }

  const rolls = new Map<string, string>();
  const saidAt = Map.groupBy(story.said, ({ at }) => at);
  for (const day of daysFrom(FIRST, LAST)) {
    for (const time of TIMES) {
      const now = `${day} ${time}`;
      const said = saidAt.get(now) ?? [];
      if (time !== '20:05' && said.length === 0) continue;
      await clock(now);
      if (time === '20:05') {
        await hear();
        const asking = coordinators.filter((one) => one.from < now && now <= one.to);
        const answers = await Promise.all(asking.map(({ person }) => say({ by: person, in: null, text: '/未报' })));
        for (const [i, { unit }] of asking.entries()) rolls.set(`${unit} ${day}`, answers[i] ?? '');
      }
      // Side by side, as people do; each says one thing after the other.
      const byPerson = [...Map.groupBy(said, ({ by }) => by).values()];
      await Promise.all(
        byPerson.map(async (mine) => {
          for (const one of mine) {
            const answer = await say(one);
            if (!understood.test(answer)) throw new Error(`${one.at} ${one.by} ${one.text}: ${answer}`);
          }
        }),
      );
    }
  }
  return { posts: posts.toSorted(inOrder), rolls };
};

/** Links are signed, by each bot in its own way, and begin where it listens. */
const unsigned = (text: string): string => text.replace(/http:\/\/\S+\/board\/(\w+)\?k=\S+/g, '/board/$1');

/** Conversations are drained side by side: within a minute none of them comes first. */
const inOrder = (a: Posted, b: Posted): number => {
  const [left, right] = [a, b].map(({ at, job, to }) => `${at} ${job} ${to}`);
  return (left ?? '') < (right ?? '') ? -1 : 1;
};

/** Each message of the story does what it says. */
const understood = /已记|已报|记下|已登记|已任命|归入|调到|改为|从.*起|周结|提醒|已销假|已送|待批|批准|值班|应急/;
