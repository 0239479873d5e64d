import type { WecomServer } from './wecom-server.ts';

/** What a line typed at the prompt means. */
export type Line =
  | { readonly kind: 'say'; readonly place: Place; readonly text: string }
  | { readonly kind: 'do'; readonly what: string; readonly arg: string }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'unclear' };
/** Who speaks where; no group: to the bot alone. */
export type Place = { readonly group?: string; readonly user: string };

const IN_GROUP = /^([^\s:：/／]+)\s+([^\s:：/／]+)[:：]\s*(.+)$/su;
const IN_DIRECT = /^([^\s:：/／]+)[:：]\s*(.+)$/su;

/**
 * `群 人: 话`, `人: 话` or `:命令 参数`; anything else is said by whoever spoke last, where he spoke. `\n` is a line end.
 */
export const readLine = (line: string, last: Place | null): Line => {
  const typed = line.trim();
  if (typed === '') return { kind: 'nothing' };
  const order = /^[:：](\S+)\s*(.*)$/su.exec(typed);
  if (order) return { kind: 'do', what: order[1] ?? '', arg: order[2] ?? '' };

  const say = (place: Place, text = ''): Line => ({ kind: 'say', place, text: text.replaceAll('\\n', '\n') });
  const [, group, speaker = '', inGroup] = IN_GROUP.exec(typed) ?? [];
  if (group) return say({ group, user: speaker }, inGroup);
  const [, user, inDirect] = IN_DIRECT.exec(typed) ?? [];
  if (user) return say({ user }, inDirect);
  return last ? say(last, typed) : { kind: 'unclear' };
};

export const say = (server: WecomServer, { group, user }: Place, text: string, more: Record<string, unknown> = {}) =>
  group === undefined ? server.inDirect(user, text, more) : server.inGroup(group, user, text, more);

type Order = { readonly arg: string; readonly means: string; run(server: WecomServer, arg: string): void };

/** What can be done to the bot besides speaking to it. */
export const orders: Readonly<Record<string, Order>> = {
  enter: { arg: '人', means: '打开与机器人的单聊', run: (server, user) => server.enter(user) },
  again: { arg: '', means: '把上一条消息再投递一次（同一个 msgid）', run: (server) => void server.again() },
  drop: { arg: '', means: '突然断开机器人的连接', run: (server) => server.drop() },
  kick: { arg: '', means: '好像另一个进程连上来，把它踢下线', run: (server) => server.kick() },
  delay: {
    arg: '毫秒',
    means: '照常送达，但回执晚到',
    run({ faults }, ms) {
      faults.ackDelayMs = Number(ms) || 0;
    },
  },
  refuse: {
    arg: '错误码',
    means: '下一条发送以这个错误码拒绝',
    run: ({ faults }, code) => void faults.refuseNext.push(Number(code)),
  },
  pings: {
    arg: 'on|off',
    means: '是否回应心跳',
    run({ faults }, on) {
      faults.answersPings = on !== 'off';
    },
  },
  mute: {
    arg: 'on|off',
    means: '是否什么都不回应',
    run({ faults }, on) {
      faults.isMute = on !== 'off';
    },
  },
};

/** False: there is no such order. */
export const obey = (server: WecomServer, what: string, arg: string): boolean => {
  const order = Object.hasOwn(orders, what) ? orders[what] : undefined;
  order?.run(server, arg);
  return order !== undefined;
};
