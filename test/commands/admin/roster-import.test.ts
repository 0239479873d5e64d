import { expect, test } from 'vitest';
import { type Chat, chatKey, type Person } from '../../../src/message.ts';
import { rebuild, scopesOf, verifyLog, verifyProjections } from '../../../src/store/verify.ts';
import { house, redis } from '../../house.ts';
import { xlsx } from '../../tables/xlsx.ts';
import { at, day, direct, group, li, say, wang } from '../../values.ts';

const boss: Person = { id: 'boss', name: '管' };
const other: Chat = { ...group, id: 'g2' };

const file = (content: Uint8Array | string, name = '名册.xlsx') => {
  const blob = new Blob([content as BlobPart]);
  return { name, size: blob.size, open: () => blob.stream() as ReadableStream };
};

/** 城关镇 with Wang; 上水乡; Boss is administrator. */
const county = async (namespace?: string) => {
  const home = house(namespace === undefined ? {} : { namespace });
  const asked = async (sender: Person, words: string, over: Parameters<typeof say>[1] = {}) =>
    (await home.ask(say(words, { sender, chat: direct(sender), addressed: true, ...over }))) ?? '';
  const send = (content: Uint8Array | string, over: Parameters<typeof say>[1] = {}) =>
    asked(boss, '/名册', { files: [file(content)], ...over });
  const known = (id: string) => home.directory.member(`playground:${id}`);
  const units = async () => (await home.directory.units()).map(({ id, name, parent }) => [id, name, parent]);
  return { ...home, asked, send, known, units };
};
const settled = async () => {
  const home = await county();
  const townUnit = await home.town();
  const village = await home.unit('上水乡', { chats: [chatKey(other)] });
  await home.member(boss, null, [{ role: 'admin', unit: null }]);
  return { ...home, townUnit, village };
};

const people = [
  ['云岭县干部名册'],
  ['姓名', '所在单位', '上级单位', '账号', '角色'],
  ['王一', '城关镇', '云岭县', 'wang', ''],
  ['李二', '东门社区', '城关镇', 'li', '联络员'],
  ['张三', '上水乡', '云岭县', 'zhang', '领导、督查'],
];

test('a roster is shown first, and enters what was shown when it is confirmed', async () => {
  const { send, asked, known, units, redis: _, keys, directory } = { redis, ...(await settled()) };
  const shown = await send(xlsx(people));
  expect(shown).toContain('名册读到 3 行，都没有问题。');
  expect(shown).toContain('新建单位 2 个：云岭县、东门社区');
  expect(shown).toContain('归到上级之下的单位 2 个：城关镇、上水乡');
  expect(shown).toContain('新增 2 人');
  expect(shown).toContain('任命 3 项：李二（li）任东门社区联络员、张三（zhang）任上水乡领导、张三（zhang）任督查');
  expect(shown).toContain('还没有导入');
  expect(await units()).toHaveLength(2);
  expect(await known('li')).toBeNull();

  expect(await asked(boss, '/名册 确认')).toContain('名册已导入：新建单位 2 个，2 个单位归到上级之下，新增 2 人');
  expect(await units()).toEqual([
    ['u1', '城关镇', 'u3'],
    ['u2', '上水乡', 'u3'],
    ['u3', '云岭县', null],
    ['u4', '东门社区', 'u1'],
  ]);
  expect(await known('li')).toMatchObject({
    name: '李二',
    unit: 'u4',
    since: day('2026-11-23'),
    roles: [{ role: 'coordinator', unit: 'u4' }],
  });
  expect((await directory.membersOf('u4')).map(({ id }) => id)).toEqual(['playground:li']);

  expect(await asked(boss, '/名册 确认')).toContain('没有等待确认的名册');
  expect(await send(xlsx(people))).toBe('名册读到 3 行，都没有问题。\n和现在一样，没有要改的。');
  for (const scope of await scopesOf(redis, keys)) {
    expect(await verifyLog(redis, keys, scope)).toBeNull();
    expect(await verifyProjections(redis, keys, scope)).toEqual([]);
    await rebuild(redis, keys, scope);
  }
  expect(await units()).toHaveLength(4);
});

test('faulty rows are named with their reason and left out; the others are entered', async () => {
  const { send, asked, known, units, unit, townUnit } = await settled();
  await unit('办公室', { parent: townUnit.id });
  await unit('办公室', { parent: (await unit('县委')).id });
  const shown = await send(
    [
      'userid;name;unit;parent unit;platform;role;since',
      ';无号;城关镇;;;;',
      'a1;甲;城关镇;;;;2026-12-01',
      'a2;乙;城关镇;;;主任;',
      'a3;丙;城关镇;;;;',
      'a3;丁;上水乡;;;;',
      '1.38E+10;戊;城关镇;;;;',
      'a5;己;;;;;',
      'a6;庚;东村;东村;;;',
      'a7;辛;南村;北村;;;',
      'a8;壬;北村;南村;;;',
      'a9;癸;办公室;;;;',
      'b1;子;城关镇;;微博;;',
      'b2;丑;城关镇;;;;明年',
      'b3;寅;城关镇;;;管理员、受理人;',
      '坏 号;卯;城关镇;;;;',
    ].join('\r\n'),
  );
  expect(shown).toContain('名册读到 15 行，其中 14 行有误。');
  expect(shown).toContain('· 新增 1 人');
  for (const line of [
    '第 2 行：没有写账号',
    '第 4 行：不认识角色“主任”',
    '第 5–6 行：账号“a3”重复了',
    '第 7 行：账号变成了“1.38E+10”',
    '第 8 行：没有写单位',
    '第 9 行：“东村/东村”绕了一圈',
    '第 10 行：“北村/南村”绕了一圈',
    '第 11 行：“南村/北村”绕了一圈',
    '第 12 行：不止一个单位叫“办公室”',
    '第 13 行：不认识平台“微博”',
    '第 14 行：“明年”不是日期',
    '第 15 行：寅（b3）不能既当管理员又当受理人',
  ])
    expect(shown).toContain(line);
  expect(shown).toContain('第 16 行：“坏 号”不是账号');
  const before = await units();
  expect(await asked(boss, '/名册 确认')).toContain('新增 1 人');
  expect(await units()).toEqual(before);
  expect(await known('a1')).toMatchObject({ name: '甲', since: day('2026-12-01') });
  for (const id of ['a2', 'a3', 'a5', 'a6', 'a7', 'b3']) expect(await known(id)).toBeNull();
});

test('names decide nothing: who is meant is the account, and a new name is a new name of the same person', async () => {
  const { send, asked, known, townUnit } = await settled();
  const shown = await send('账号,姓名,单位\nwang,王大,城关镇\nwang9,王一,城关镇');
  expect(shown).toContain('改姓名 1 人，改后是：王大（wang）');
  expect(shown).toContain('新增 1 人');
  await asked(boss, '/名册 确认');
  expect(await known('wang')).toMatchObject({ name: '王大', unit: townUnit.id, since: day('2026-11-20') });
  expect(await known('wang9')).toMatchObject({ name: '王一' });
});

test('who moves keeps what is open; who is not in the file stays as is', async () => {
  const { send, asked, ask, known, reports, member, townUnit, village } = await settled();
  await member(li, townUnit);
  await ask(say('/日清 未清：协议', { at: at('2026-11-23 08:00') }));
  const shown = await send('账号,单位\nwang,上水乡');
  expect(shown).toContain('换单位 1 人：王一（wang）从城关镇到上水乡');
  expect(shown).toContain('另有 1 人不在表里，不会动');
  await asked(boss, '/名册 确认');
  expect((await reports.open(village.id, 'playground:wang')).map(({ text }) => text)).toEqual(['协议']);
  expect(await known('li')).toMatchObject({ unit: townUnit.id });
});

test('when the organisation has changed meanwhile, that is shown, and nothing is entered', async () => {
  const { send, asked, ask, known } = await settled();
  await send('账号,单位\nwang,城关镇\nli,城关镇');
  await ask(say('/任命 王一 成员 上水乡', { sender: boss }));
  const again = say('/名册 确认', { sender: boss, chat: direct(boss), addressed: true });
  const shown = await ask(again);
  expect(shown).toContain('预览之后组织有了变化，先不导入');
  expect(shown).toContain('换单位 1 人');
  // The same message again confirms nothing that was not shown before it.
  await ask(again);
  expect(await known('li')).toBeNull();
  expect(await asked(boss, '/名册 确认')).toContain('名册已导入');
  expect(await known('li')).not.toBeNull();
});

test('cut off in the middle, the same message goes on and leaves nothing out; once more, it changes nothing', async () => {
  const { send, namespace } = await settled();
  const rows = Array.from({ length: 1_300 }, (_, i) => `p${i},人${i},单位${i % 7},城关镇`);
  await send(`账号,姓名,单位,上级单位\n${rows.join('\n')}`);
  const confirm = say('/名册 确认', { sender: boss, chat: direct(boss), addressed: true });

  const first = house({ namespace });
  let changes = 0;
  const { change } = first.directory;
  const broken = first.directory as { change: typeof change };
  broken.change = async (...order) => {
    changes += 1;
    if (changes === 3) throw new Error('killed');
    return change(...order);
  };
  await first.ask(confirm);
  expect((await first.directory.everybody()).length).toBe(502);

  const second = await county(namespace);
  expect(await second.ask(confirm)).toContain('新建单位 7 个，新增 1,300 人');
  expect((await second.directory.everybody()).length).toBe(1_302);
  const entries = await redis.xlen(second.keys.log('org'));
  expect(await second.ask(confirm)).toContain('新增 1,300 人');
  expect(await redis.xlen(second.keys.log('org'))).toBe(entries);
  expect(await second.units()).toHaveLength(9);
});

test('no import takes the last administrator away, nor a coordinator’s place', async () => {
  const { send, asked, known, member, townUnit } = await settled();
  await member(li, townUnit, [{ role: 'coordinator', unit: townUnit.id }]);
  const shown = await send('账号,单位,角色\nboss,城关镇,成员\nwang,城关镇,联络员');
  expect(shown).toContain('第 3 行：单位已有联络员李二（li）');
  await asked(boss, '/名册 确认');
  expect(await known('boss')).toMatchObject({ unit: townUnit.id, roles: [{ role: 'admin', unit: null }] });
  expect((await known('wang'))?.roles).toEqual([]);
});

test('headings of two rows and merged ones are found; a merged unit is asked to be filled in', async () => {
  const { send } = await settled();
  const shown = await send(
    xlsx([
      ['账号', '单位', '个人'],
      ['', '', '姓名（必填）'],
      ['a1', '城关镇', '甲'],
      ['a2', '', '乙'],
    ]),
  );
  expect(shown).toContain('名册读到 2 行，其中 1 行有误');
  expect(shown).toContain('第 4 行：没有写单位（合并过的单元格请先取消合并');
});

test.each([
  ['a file without headings', '张三,李四\n王五,赵六', '没找到表头'],
  ['a file with headings alone', '账号,单位\n', '表头下面没有人'],
  ['two columns of one heading', '账号,单位,部门\na,b,c', '有两列都是“单位”'],
  ['a program', Buffer.from('MZ\0\0program'), '这不是表格文件'],
])('%s is answered, and nothing waits', async (_, content, words) => {
  const { send, asked } = await settled();
  expect(await send(content)).toContain(words);
  expect(await asked(boss, '/名册 确认')).toContain('没有等待确认的名册');
});

test('only an administrator imports, one file at a time', async () => {
  const { asked, send, member, townUnit } = await settled();
  await member(li, townUnit, [{ role: 'coordinator', unit: townUnit.id }]);
  expect(await asked(li, '/名册', { files: [file(xlsx(people))] })).toBe('这一步只有管理员能办，没有改动。');
  expect(await asked(li, '/名册 确认')).toBe('这一步只有管理员能办，没有改动。');
  expect(await asked(wang, '/名册', { files: [file(xlsx(people))] })).toContain('只有');
  expect(await send('', { files: [file('a'), file('b')] })).toContain('一次只能导入一个文件');
  expect(await asked(boss, '/名册 导入')).toContain('请把名册文件');
});

test('a city’s roster is too long for a chat, which says what to do instead', async () => {
  const { send, asked, known } = await settled();
  const rows = Array.from({ length: 5_001 }, (_, i) => `p${i},城关镇`).join('\n');
  expect(await send(`账号,单位\n${rows}`)).toContain('npm run import');
  expect(await asked(boss, '/名册 确认')).toContain('没有等待确认的名册');
  expect(await known('p0')).toBeNull();
});
