import { expect, test } from 'vitest';
import { county, person } from '../../town.ts';

const [admin, boss] = [person('admin', '管理员'), person('boss', '孙镇长')];
const said = (answers: Awaited<ReturnType<ReturnType<typeof county>['tell']>>) => JSON.stringify(answers);

const home = async () => {
  const home = county();
  const top = await home.unit('云岭县', [boss], { roles: { boss: ['unitHead'] } });
  await home.unit('城关镇', [person('wang', '王一')], { parent: top.id });
  await home.unit('白石镇', [person('li', '李二')], { parent: top.id });
  await home.member(admin, null, [{ role: 'admin', unit: null }]);
  return home;
};
const monday = '2026-11-23 10:00';

test('every board ends with the line, and with what the organisation adds to it', async () => {
  const { tell } = await home();
  expect(said(await tell(boss, monday, '/榜', '云岭县'))).toContain('仅供工作调度，不作为考核依据');
  await tell(admin, monday, '/设置 云岭县 声明补充 仅限本县内部使用');
  expect(said(await tell(boss, monday, '/榜', '云岭县'))).toContain('仅供工作调度，不作为考核依据；仅限本县内部使用');
  // Nobody means 关 to be printed under every board.
  for (const off of ['关', '无', '清空', 'off']) {
    await tell(admin, monday, '/设置 云岭县 声明补充 仅限本县内部使用');
    expect(said(await tell(admin, monday, `/设置 云岭县 声明补充 ${off}`))).toContain('声明补充已改为：无。');
    expect(said(await tell(boss, monday, '/榜', '云岭县'))).toMatch(/不作为考核依据(?!；)/);
  }
  await tell(admin, monday, '/设置 云岭县 声明补充 仅限本县内部使用');
  await tell(admin, monday, '/设置 云岭县 声明补充 默认');
  expect(said(await tell(boss, monday, '/榜', '云岭县'))).toMatch(/不作为考核依据(?!；)/);
});

test.each(['但可作为年度考核参考', '与绩效挂钩', 'may be used for appraisals', '', '关'.repeat(41), '。。'])(
  'the line cannot be turned round by adding “%s”',
  async (more) => {
    const { tell } = await home();
    await tell(admin, monday, `/设置 云岭县 声明补充 ${more}`);
    expect(said(await tell(boss, monday, '/榜', '云岭县'))).toMatch(/不作为考核依据(?!；)/);
  },
);

test('what holds for the organisation is set on its topmost unit alone', async () => {
  const { tell } = await home();
  expect(said(await tell(admin, monday, '/设置 城关镇 层级 县'))).toContain('/设置 云岭县 层级 县');
  expect(said(await tell(admin, monday, '/设置 云岭县 层级 县'))).toContain('云岭县的层级已改为：县');
});

test('who names no unit means the organisation, in a group and in private', async () => {
  const { tell } = await home();
  expect(said(await tell(admin, monday, '/设置 层级 县'))).toContain('云岭县的层级已改为：县');
  expect(said(await tell(admin, monday, '/设置 层级 市', '城关镇'))).toContain('云岭县的层级已改为：市');
  expect(said(await tell(admin, monday, '/设置 层级', '城关镇'))).toContain('云岭县的设置');
});

test('a township is told what the rules want of it, and has to name the platform above', async () => {
  const { tell } = await home();
  const answer = said(await tell(admin, monday, '/设置 云岭县 层级 乡镇'));
  expect(answer).toContain('国办函〔2026〕12号');
  expect(answer).toContain('/设置 上级平台');
  await tell(admin, monday, '/设置 云岭县 上级平台 云岭县政务云');
  expect(said(await tell(admin, monday, '/设置 云岭县 层级 镇'))).not.toContain('/设置 上级平台');
});

test('no list of classified words is no word: 关 may still be written', async () => {
  const { tell } = await home();
  await tell(admin, monday, '/设置 云岭县 涉密词 关');
  expect(said(await tell(person('wang', '王一'), monday, '/日清 关口检查'))).toContain('已记 1 项');
});
