import { expect, test } from 'vitest';
import { newcomer } from '../../src/domain/organisation.ts';
import { organisation } from '../organisation.ts';
import { cause } from '../values.ts';

test('everybody is found, with or without a unit and a role, in order of id', async () => {
  const { directory, member, unit } = organisation();
  expect(await directory.everybody()).toEqual([]);
  await member({ id: 'c' }, await unit('城关镇'));
  await member({ id: 'a', name: '张三' }, null);
  await member({ id: 'b' }, null, [{ role: 'admin', unit: null }]);
  expect((await directory.everybody()).map(({ id }) => id)).toEqual(['a', 'b', 'c'].map((id) => `playground:${id}`));
});

test('more people than one batch holds are all found, each once', async () => {
  const { directory } = organisation();
  const crowd = Array.from({ length: 2_500 }, (_, n) => newcomer(`wecom:${n}`, null));
  await directory.change('join', [], () => ({ members: crowd, facts: null }), cause());
  const found = (await directory.everybody()).map(({ id }) => id);
  expect(found).toHaveLength(2_500);
  expect(new Set(found).size).toBe(2_500);
});
