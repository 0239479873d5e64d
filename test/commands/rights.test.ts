import { expect, test } from 'vitest';
import { commands } from '../../commands/index.ts';
import type { Member } from '../../src/domain/organisation.ts';
import { isAllowed, mayRun, type Role, roles, unitRoles } from '../../src/domain/roles.ts';
import { translator } from '../../src/i18n.ts';
import { house, redis } from '../house.ts';
import { direct, group, say } from '../values.ts';

const refused = /^\/\S+ 只有.+可以用。$|^你还没有归到任何单位。/;
/** Whoever may say it, and is in no unit, may still be told so. */
const notAllowed = /^\/\S+ 只有.+可以用。$/;
const t = translator('zh-CN');

/** What the router says: who may, or how to become a member where members may. */
const refusalOf = (name: string, known: Member | null): string => {
  const allowed = mayRun[name] ?? [];
  if (allowed.includes('member') && !known?.unit) return t('unit.none');
  const names = allowed.flatMap((role) => (role === 'anyone' ? [] : [t(`role.${role}`)]));
  return t('command.not-allowed', { name, roles: names.join('、') });
};

/** Somebody with one role alone, in the group of 城关镇; null: a person the bot has never seen. */
const somebody = async (role: Role | null) => {
  const { town, member, directory, ask, namespace } = house();
  const unit = await town();
  const sender = { id: 'someone' };
  const grant = role && role !== 'member' ? [{ role, unit: unitRoles.includes(role) ? unit.id : null }] : [];
  if (role) await member(sender, role === 'member' ? unit : null, grant);
  const known = await directory.member('playground:someone');
  return { known, member, namespace, say: (text: string, chat = group) => ask(say(text, { sender, chat })) };
};

/** Everything that is stored, key by key. */
const stored = async (namespace: string) => {
  const keys = (await redis.keys(`${namespace}:*`)).sort();
  return Promise.all(keys.map(async (key) => [key, (await redis.dumpBuffer(key))?.toString('base64')] as const));
};

const cells = commands.flatMap(({ name }) => [...roles, null].map((role) => [name, role] as const));
test.each(cells)('/%s said by %s is refused exactly when the table says so', async (name, role) => {
  const { known, say, namespace } = await somebody(role);
  const before = await stored(namespace);
  const answer = await say(`/${name}`);
  if (isAllowed(mayRun[name] ?? [], known)) {
    expect(answer).not.toMatch(notAllowed);
    return;
  }
  expect(answer).toBe(refusalOf(name, known));
  expect(await stored(namespace)).toEqual(before);
});

test.each(cells)('/%s under its other names, in private, opens nothing more to %s', async (name, role) => {
  const { known, say } = await somebody(role);
  const isOpen = isAllowed(mayRun[name] ?? [], known);
  for (const alias of commands.find((each) => each.name === name)?.aliases ?? []) {
    const answer = (await say(`／${alias.toUpperCase()} @王一`, direct({ id: 'someone' }))) ?? '';
    if (isOpen) expect(answer).not.toMatch(notAllowed);
    else expect(answer).toBe(refusalOf(name, known));
  }
});

/** Words that change the organisation, or another's records, and the roles that may say them of 城关镇. */
const acts: readonly (readonly [words: string, may: readonly Role[]])[] = [
  ['/名册 城关镇', ['coordinator', 'leader', 'unitHead', 'admin']],
  ['/名册 离任 王一', ['coordinator', 'admin']],
  ['/名册 合并 wang wang2', ['admin']],
  ['/任命 王一 督查', ['admin']],
  ['/任命 someone 管理员', ['admin']],
  ['/绑定 改 白石镇', ['admin']],
  ['/请假 @王一 11-25', ['coordinator']],
];
const actCells = acts.flatMap(([words, may]) => [...roles, null].map((role) => [words, role, may] as const));
test.each(actCells)('%s said by %s is done exactly when that role may', async (words, role, may) => {
  const { say, namespace, member } = await somebody(role);
  await member({ id: 'wang2', name: '王二' }, null);
  await member({ id: 'second', name: '管' }, null, [{ role: 'admin', unit: null }]);
  const before = await stored(namespace);
  const answer = await say(words);
  const isDone = answer === '已私信发给你。' || JSON.stringify(await stored(namespace)) !== JSON.stringify(before);
  expect(isDone).toBe(role !== null && may.includes(role));
});

test.each(['coordinator', 'leader', 'unitHead'] as const)(
  'a %s of another unit has no right in this one',
  async (role) => {
    const { town, unit, member, ask, namespace } = house();
    await town();
    const elsewhere = await unit('上水乡');
    const sender = { id: 'someone' };
    await member(sender, elsewhere, [{ role, unit: elsewhere.id }]);
    const before = await stored(namespace);
    expect(await ask(say('/名册 城关镇', { sender }))).toContain('只有它的联络员、领导和管理员能看');
    for (const words of ['/名册 离任 王一', '/设置 截止 18:30 城关镇', '/请假 王一 11-25', '/值班 王一 11-28']) {
      await ask(say(words, { sender }));
    }
    expect(await stored(namespace)).toEqual(before);
  },
);

test('rights given and taken on one copy of the bot hold on another within five seconds', async () => {
  const first = house();
  let now = Date.now();
  const second = house({ namespace: first.namespace, realNow: () => now });
  const unit = await first.town();
  const boss = { id: 'boss', name: '管' };
  await first.member(boss, null, [{ role: 'admin', unit: null }]);
  const allowed = async (words: string) => !refused.test((await second.ask(say(words))) ?? '');
  const afterwards = async (words: string) => {
    now += 5_000;
    return allowed(words);
  };

  expect(await allowed('/设置')).toBe(false);
  await first.ask(say('/任命 王一 联络员', { sender: boss }));
  expect(await afterwards('/设置')).toBe(true);
  await first.ask(say('/任命 王一 免去 联络员', { sender: boss }));
  expect(await afterwards('/设置')).toBe(false);

  expect(await second.directory.membersOf(unit.id)).toHaveLength(1);
  await first.ask(say('/名册 离任 王一', { sender: boss }));
  expect(await afterwards('/我的')).toBe(false);
  await first.ask(say('/绑定 改 白石镇', { sender: boss }));
  now += 5_000;
  expect((await second.directory.unitOfChat(group))?.name).toBe('白石镇');
});
