import { expect, test } from 'vitest';
import { house } from '../../house.ts';
import { direct, li, say, wang } from '../../values.ts';

const code = '8F3K-22QD';

test('whoever types the code of the log becomes administrator, and hears what comes next', async () => {
  const { ask, directory } = house({ claimCode: code });
  const answer = await ask('/认领 8F3K-22QD');
  expect(answer).toContain('认领成功');
  expect(answer).toContain('/绑定');
  expect(await directory.member('playground:wang')).toMatchObject({
    name: '王一',
    unit: null,
    roles: [{ role: 'admin', unit: null }],
  });
});

test('the code is forgiven its width, case, hyphen and spaces, in a direct chat too', async () => {
  const { ask } = house({ claimCode: code });
  expect(await ask(say('／认领 ８ｆ３ｋ 22qd', { chat: direct(wang) }))).toContain('认领成功');
});

test('a wrong code changes nothing', async () => {
  const { ask, directory } = house({ claimCode: code });
  expect(await ask('/认领 8F3K-22QE')).toContain('认领码不对，没有改动');
  expect(await ask('/认领')).toContain('/认领 8F3K-22QD');
  expect(await directory.officers()).toEqual([]);
});

test('the second one hears who gives roles now', async () => {
  const { ask, directory } = house({ claimCode: code });
  await ask('/认领 8F3K-22QD');
  expect(await ask(say('/认领 8F3K-22QD', { sender: li }))).toContain('现在的管理员：王一');
  expect(await directory.officers()).toHaveLength(1);
});

test('two who type it at the same moment do not both become administrator', async () => {
  const { ask, directory } = house({ claimCode: code });
  const both = await Promise.all([ask('/认领 8F3K-22QD'), ask(say('/认领 8F3K-22QD', { sender: li }))]);
  expect(both.filter((answer) => answer?.includes('认领成功'))).toHaveLength(1);
  expect(await directory.officers()).toHaveLength(1);
});

test('the same message delivered again is answered alike', async () => {
  const { ask } = house({ claimCode: code });
  const message = say('/认领 8F3K-22QD');
  const first = await ask(message);
  expect(await ask(message)).toBe(first);
  expect(await ask('/认领 8F3K-22QD')).toContain('你已经是管理员');
});
