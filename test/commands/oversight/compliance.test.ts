import { expect, test } from 'vitest';
import { ruleNumbers } from '../../../src/domain/compliance-rules.ts';
import { county, person } from '../../town.ts';

const [admin, wang, boss, inspector] = [
  person('admin', '管理员'),
  person('wang', '王一'),
  person('boss', '孙镇长'),
  person('du', '督查员'),
];
const monday = '2026-11-23 10:00';

const home = async (locale: 'zh-CN' | 'en' = 'zh-CN') => {
  const home = county(locale);
  const top = await home.unit('云岭县', [boss], { roles: { boss: ['unitHead'] } });
  await home.unit('城关镇', [wang], { parent: top.id, roles: { wang: ['coordinator'] } });
  await home.member(admin, null, [{ role: 'admin', unit: null }]);
  await home.member(inspector, null, [{ role: 'inspector', unit: null }]);
  const say = async (text: string, who = admin, when = monday, where?: string) => {
    const answers = await home.tell(who, when, text, where);
    return answers.map(({ text }) => text).join('\n');
  };
  return { ...home, say };
};

test('what is broken stands first, with the line that mends it', async () => {
  const { say } = await home();
  const answer = await say('/合规');
  const lines = answer.split('\n');
  expect(lines[1]).toContain('✗ 不合规 C13 县级以下不自建：云岭县还没填层级。请发：/设置 云岭县 层级 县');
  await say('/设置 云岭县 层级 县');
  await say('/设置 云岭县 频次 每日');
  await say('/设置 城关镇 频次 每周');
  await say('/任命 boss 云岭县联络员');
  expect(await say('/合规 自检')).toMatch(/^合规自检（2 个单位）：没有不合规的，0 条是经批准的例外，16 条合规。/);
});

test('an exception is shown with approver, basis and end, and is gone after it', async () => {
  const { say } = await home();
  await say('/设置 云岭县 按时权重 30 批准：李书记 依据：县委办〔2026〕5号 至：11-30');
  const said = '◐ 例外 C04 不作考核依据：云岭县的按时权重 30：李书记批准，依据县委办〔2026〕5号，到 2026-11-30 为止';
  expect(await say('/合规')).toContain(said);
  await say('/设置 云岭县 公布单位 开 批准：李书记 依据：县委办〔2026〕5号 至：11-30');
  expect(await say('/合规')).toMatch(
    /例外 C04.*公布单位 开：李书记批准.*；.*按时权重 30：|例外 C04.*按时权重 30：.*；.*公布单位 开：/,
  );
  expect(await say('/合规', admin, '2026-12-01 09:00')).not.toContain('例外 C04');
});

test.each(ruleNumbers)(
  '%s is explained: source, state, what decides it, what would break it; in both languages',
  async (rule) => {
    const { say } = await home();
    const answer = await say(`/合规 ${rule}`);
    for (const part of ['要求：', '出处：（', '机器人怎么做：', '怎样会违反：']) expect(answer).toContain(part);
    expect(answer).toMatch(/由设置|程序自带/);
    const { say: english } = await home('en');
    expect(await english(`/compliance ${rule}`)).toMatch(/Source: \(/);
  },
);

test('C13 names its paper as it is filed, and the setting that decides it', async () => {
  const { say } = await home();
  const answer = await say('/合规 c13', inspector);
  expect(answer).toContain('国办函〔2026〕12号');
  expect(answer).toContain('由设置“层级”决定，现在：未填');
});

test('administrators, inspectors and unit heads may ask, in private; nobody else', async () => {
  const { say } = await home();
  for (const who of [admin, inspector, boss]) expect(await say('/合规', who)).toContain('合规自检');
  expect(await say('/合规', wang)).toContain('可以用');
  const [inGroup] = await (await home()).tell(boss, monday, '/合规', '云岭县');
  expect(inGroup?.text).not.toContain('C13');
});

test('a rule that does not exist is answered with those that do', async () => {
  const { say } = await home();
  expect(await say('/合规 C20')).toBe('没有“C20”这一条，有 C01 到 C19。例如：/合规 C03');
});
