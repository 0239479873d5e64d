import { html } from './wecom-api.ts';
import { type Mode, modes, type WecomPlace } from './wecom-place.ts';

/** What can be done to the bot besides speaking to it. */
type Order = {
  readonly arg: string;
  readonly means: string;
  readonly english: string;
  /** A text, or the promise of one: what came of it. */
  run(place: WecomPlace, arg: string): unknown;
};

const isMode = (word: string): word is Mode => modes.some((mode) => mode === word);
const told = async (work: Promise<{ problem: string | null }>) => (await work).problem ?? '';
const onOff = (arg: string) => arg !== 'off';

export const orders: Readonly<Record<string, Order>> = {
  mode: {
    arg: modes.join('|'),
    means: '改用哪种方式说话：长连接、智能机器人回调、自建应用；回调地址当场校验',
    english: 'speak over the long connection, the bot’s callback or the app; callback addresses are checked at once',
    async run(place, arg) {
      if (!isMode(arg)) return `? ${modes.join(' | ')}`;
      return (await place.turnTo(arg)) ?? 'ok';
    },
  },
  at: {
    arg: '网址',
    means: '机器人在哪里，回调发到那里，例如 http://127.0.0.1:3000',
    english: 'where the bot is to be called back',
    run: (place, url) => (URL.canParse(url) ? place.moveTo(url) : '? http://127.0.0.1:3000'),
  },
  click: {
    arg: '人 编号 按钮',
    means: '按第几条消息上卡片的按钮，按钮写字或第几个',
    english: 'press a button (its words or its place) of the card in message number so and so',
    run(place, arg) {
      const [user = '', n = '', ...label] = arg.split(/\s+/u);
      return told(place.click(user, Number(n), label.join(' ')));
    },
  },
  enter: {
    arg: '人',
    means: '打开与机器人的单聊',
    english: 'open the direct chat with the bot',
    run: (place, user) => told(place.enter(user)),
  },
  again: {
    arg: '',
    means: '把上一条消息再投递一次（同一个 msgid）',
    english: 'deliver the last message once more, same msgid',
    run: (place) => told(place.again()),
  },
  robot: {
    arg: '群',
    means: '给群加一个消息推送（群机器人），给出 Webhook 地址',
    english: 'add a webhook robot to a group; tells its address',
    run: ({ api }, group) => (group === '' ? '? 群' : api.addWebhook(group).url),
  },
  unrobot: {
    arg: '群',
    means: '把群里的消息推送都移除',
    english: 'remove the group’s webhook robots',
    run: ({ api }, group) => api.hooks.removeFrom(group),
  },
  name: {
    arg: '人 姓名',
    means: '通讯录里登记姓名；登记过一个，没登记的就不在通讯录里',
    english: 'put a name into the address book; once one is in it, nobody else is',
    run({ api }, arg) {
      const [user = '', ...name] = arg.split(/\s+/u);
      api.people.names.set(user, name.join(' ') || user);
    },
  },
  contacts: {
    arg: 'on|off',
    means: '应用有没有通讯录权限',
    english: 'whether the app may read the address book',
    run({ api }, on) {
      api.people.allowed.contacts = onOff(on);
    },
  },
  drop: {
    arg: '',
    means: '突然断开机器人的连接',
    english: 'break the bot’s connection',
    run: ({ server }) => server.drop(),
  },
  kick: {
    arg: '',
    means: '好像另一个进程连上来，把它踢下线',
    english: 'as if another process had connected: kick the bot',
    run: ({ server }) => server.kick(),
  },
  delay: {
    arg: '毫秒',
    means: '照常送达，但回执晚到',
    english: 'deliver at once, acknowledge late (ms)',
    run({ server }, ms) {
      server.faults.ackDelayMs = Number(ms) || 0;
    },
  },
  refuse: {
    arg: '错误码',
    means: '长连接的下一条发送以这个错误码拒绝',
    english: 'refuse the next frame with this errcode',
    run: ({ server }, code) => void server.faults.refuseNext.push(Number(code)),
  },
  pings: {
    arg: 'on|off',
    means: '是否回应心跳',
    english: 'answer heartbeats or not',
    run({ server }, on) {
      server.faults.answersPings = onOff(on);
      server.faults.answersSocketPings = onOff(on);
    },
  },
  mute: {
    arg: 'on|off',
    means: '是否什么都不回应',
    english: 'answer nothing at all',
    run({ server }, on) {
      server.faults.isMute = onOff(on);
    },
  },
  http: {
    arg: '错误码|html|nothing|reset|500|late 毫秒|ok',
    means: '下一次接口请求出这样的错；ok 全部恢复',
    english: 'the next API request goes wrong so; ok heals everything',
    run({ api }, arg) {
      const [what = '', ms = ''] = arg.split(/\s+/u);
      if (what === 'ok') return api.heal();
      if (what === 'html') return api.fail(html);
      if (what === 'nothing' || what === 'reset') return api.fail({ answers: what });
      if (what === 'late') return api.fail({ lateMs: Number(ms) || 0 });
      if (what === '500') return api.fail({ status: 500, body: '' });
      if (!/^-?\d+$/.test(what)) return '?';
      api.fail({ errcode: Number(what) });
    },
  },
  token: {
    arg: '',
    means: '让现在的 access_token 提前失效',
    english: 'the access token in use dies now',
    run: ({ api }) => api.tokens.revoke(),
  },
  worst: {
    arg: '',
    means: '一分钟里最多发了几条：每个会话、每人、每个群机器人',
    english: 'the most messages within any minute: a chat, a member, a webhook robot',
    run: ({ server, api }) =>
      [server.worst(60_000), api.worst(60_000, 'member:'), api.worst(60_000, 'webhook:')].join(' · '),
  },
};

/** What came of it, '' for nothing to say; null: there is no such order. */
export const obey = async (place: WecomPlace, what: string, arg: string): Promise<string | null> => {
  const order = Object.hasOwn(orders, what) ? orders[what] : undefined;
  if (!order) return null;
  const said = await order.run(place, arg);
  return typeof said === 'string' ? said : '';
};
