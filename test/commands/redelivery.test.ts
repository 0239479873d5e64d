import { expect, test } from 'vitest';
import { commands } from '../../commands/index.ts';
import { chatKey, type Message } from '../../src/message.ts';
import { house, redis } from '../house.ts';
import { at, direct, group, li, say, wang } from '../values.ts';

const claimCode = '8F3K-22QD';
const boss = { id: 'boss', name: '管' };
const fresh = { id: 'fresh', name: '新' };

/** Everything that is stored, key by key. */
const stored = async (namespace: string) => {
  const keys = (await redis.keys(`${namespace}:*`)).sort();
  return Promise.all(keys.map(async (key) => [key, (await redis.dumpBuffer(key))?.toString('base64')] as const));
};

/** 城关镇 with its group, Wang and Li in it, Li its coordinator; Boss runs all. Monday, 23 November. */
const begun = async () => {
  const home = house({ claimCode });
  const unit = await home.unit('城关镇', { chats: [chatKey(group)] });
  await home.member(wang, unit);
  await home.member(li, unit, [{ role: 'coordinator', unit: unit.id }]);
  await home.member(boss, null, [{ role: 'admin', unit: null }]);
  return home;
};

type Said = { readonly before?: readonly Message[]; readonly message: Message; readonly after?: readonly Message[] };

const later = at('2026-11-23 09:05');
const other = { ...group, id: 'g2' };

/** What changes something, after what it needs; and what may happen before it comes again. */
const cases: readonly (readonly [title: string, said: Said])[] = [
  ['/日清', { message: say('/日清 走访；未清：协议；明日：开会'), after: [say('/日清 再一件；协议')] }],
  ['/日清 of somebody new', { message: say('/日清 走访', { sender: fresh }) }],
  ['/清', { before: [say('/日清 未清：协议；未清：合同')], message: say('/清 1'), after: [say('/清 全部')] }],
  ['/清 全部', { before: [say('/日清 未清：协议')], message: say('/清 全部', { chat: direct(wang) }) }],
  ['/改', { before: [say('/日清 走访')], message: say('/改 走访4户'), after: [say('/日清 再一件')] }],
  ['/撤回', { before: [say('/日清 走访'), say('/日清 上报')], message: say('/撤回') }],
  ['/撤回 of a /改', { before: [say('/日清 走访'), say('/改 上报')], message: say('/撤回', { at: later }) }],
  ['/补报', { message: say('/补报 11-20 走访'), after: [say('/补报 11-20 上报')] }],
  ['/周结', { message: say('/周结 本周走访'), after: [say('/周结 改了', { at: later })] }],
  ['/周结 确认', { before: [say('/日清 走访')], message: say('/周结 本周 确认'), after: [say('/撤回')] }],
  [
    '/周结 确认 of the week before',
    {
      before: [say('/日清 走访', { at: at('2026-11-26 10:00') })],
      message: say('/周结 确认', { at: at('2026-11-30 09:00') }),
      after: [say('/日清 上报', { at: at('2026-11-30 09:05') })],
    },
  ],
  ['/请假', { message: say('/请假 11-25 至 11-26 出差'), after: [say('/请假 11-27')] }],
  ['/请假 for somebody', { message: say('/请假 王一 11-25', { sender: li }) }],
  ['/提醒', { message: say('/提醒 17:30'), after: [say('/提醒 关')] }],
  [
    '/请假 批准',
    {
      before: [say('/设置 请假审批 开', { sender: li }), say('/请假 11-25')],
      message: say('/请假 批准', { sender: li }),
    },
  ],
  ['/销假', { before: [say('/请假 11-25 至 11-26')], message: say('/销假 11-26'), after: [say('/请假 11-26')] }],
  [
    '/值班',
    { message: say('/值班 11-28 王一', { sender: li }), after: [say('/值班 取消 11-28 王一', { sender: li })] },
  ],
  ['/报到', { message: say('/报到 张三'), after: [say('/报到 张四')] }],
  ['/报到 of somebody new', { message: say('/报到 张三', { sender: fresh }) }],
  ['/绑定', { message: say('/绑定 白石镇 上级 云岭县', { sender: boss, chat: other }) }],
  ['/绑定 改', { message: say('/绑定 改 白石镇', { sender: boss }) }],
  ['/任命', { message: say('/任命 王一 领导 城关镇', { sender: boss }) }],
  ['/任命 of somebody new', { message: say('/任命 zhao6 联络员 城关镇', { sender: boss }) }],
  ['/任命 免去', { message: say('/任命 李二 免去 联络员', { sender: boss }) }],
  ['/名册 离任', { message: say('/名册 离任 王一', { sender: boss }), after: [say('/报到 王一')] }],
  [
    '/名册 合并',
    {
      before: [say('/日清 未清：协议', { sender: li }), say('/请假 11-25', { sender: li })],
      message: say('/名册 合并 王一 李二', { sender: boss }),
      after: [say('/日清 走访', { sender: li })],
    },
  ],
  [
    '/名册 抹除',
    {
      before: [say('/日清 走访；未清：协议')],
      message: say('/名册 抹除 王一 确认', { sender: boss }),
      after: [say('/日清 又一件')],
    },
  ],
  ['/任命 成员', { message: say('/任命 王一 免去 成员 城关镇', { sender: boss }) }],
  ['/设置', { message: say('/设置 截止 18:30', { sender: li }), after: [say('/设置 截止 19:00', { sender: li })] }],
  [
    '/应急',
    {
      message: say('/应急 城关镇 至 22:00 防汛', { sender: boss }),
      after: [say('/应急 城关镇 结束', { sender: boss })],
    },
  ],
  ['/日清 with a request for help', { message: say('/日清 走访；求助：请协调用地'), after: [say('/改 走访')] }],
  [
    '/答复',
    {
      before: [say('/日清 求助：请协调用地'), say('/任命 李二 领导 城关镇', { sender: boss })],
      message: say('/答复 H-01 同意', { sender: li }),
      after: [say('/改 走访')],
    },
  ],
  [
    '/改 of what was answered',
    {
      before: [
        say('/任命 李二 领导 城关镇', { sender: boss }),
        say('/日清 求助：请协调用地'),
        say('/答复 H-01 同意', { sender: li }),
      ],
      message: say('/改 走访；求助：请协调用地；求助：要一台泵'),
      after: [say('/清 1')],
    },
  ],
  [
    '/点评',
    {
      before: [say('/任命 李二 领导 城关镇', { sender: boss })],
      message: say('/点评 王一 写得细', { sender: li }),
      after: [say('/点评 王一 又一条', { sender: li })],
    },
  ],
  [
    '/活动',
    {
      message: say('/活动 启动 秋季攻坚 11-01 至 12-31', { sender: boss }),
      after: [say('/活动 启动 冬季攻坚 12-01 至 12-31', { sender: boss })],
    },
  ],
  [
    '/活动 结束',
    {
      before: [say('/活动 启动 秋季攻坚 11-01 至 12-31', { sender: boss })],
      message: say('/活动 结束 C-01', { sender: boss }),
    },
  ],
  [
    '/指标 报',
    {
      before: [say('/指标 新建 城关镇 亩均税收 单位:万元 目标:12 权重:20 批准:李书记 依据:5号文', { sender: boss })],
      message: say('/指标 报 亩均税收 9 依据:税务局月报', { sender: li }),
      after: [say('/指标 报 亩均税收 10 依据:税务局月报', { sender: li })],
    },
  ],
  [
    '/指标 新建',
    {
      message: say('/指标 新建 城关镇 亩均税收 单位:万元 目标:12 权重:20 批准:李书记 依据:5号文', { sender: boss }),
      after: [say('/指标 停 城关镇 亩均税收', { sender: boss })],
    },
  ],
  ['/认领', { message: say(`/认领 ${claimCode}`, { sender: fresh }) }],
];

/** These only tell. */
const asking = ['我的', '导出', '看', '未报', '榜', '为什么', '合规', '减负', '帮助'];

/** Their own tests show it: test/commands/boards/lists.test.ts, test/commands/admin/outbox.test.ts. */
const elsewhere = ['红黑榜', '申诉', '发件'];

test('every command is among these', () => {
  const told = new Set([...asking, ...elsewhere, ...cases.map(([title]) => title.slice(1).split(' ')[0])]);
  expect(commands.map(({ name }) => name).filter((name) => !told.has(name))).toEqual([]);
});

test.each(cases)('%s is answered in the same words when it comes again, and changes nothing', async (title, said) => {
  const home = title === '/认领' ? house({ claimCode }) : await begun();
  for (const message of said.before ?? []) await home.hear(message);
  const idle = await stored(home.namespace);
  const first = await home.hear(said.message);
  expect(await stored(home.namespace)).not.toEqual(idle);

  const done = await stored(home.namespace);
  expect(await home.hear(said.message)).toEqual(first);
  for (const message of said.after ?? []) await home.hear(message);
  const gone = await stored(home.namespace);
  if (said.after) expect(gone).not.toEqual(done);

  const again = house({ namespace: home.namespace, claimCode });
  expect(await again.hear(said.message)).toEqual(first);
  expect(await stored(home.namespace)).toEqual(gone);
});
