import { expect, test } from 'vitest';
import { head, procedure, reviewer } from '../../procedure.ts';

test('a unit that the reviewer took off is told that it is not on the list, whatever it appeals', async () => {
  const { until, said } = await procedure();
  await until('2026-12-01 09:00');
  await said(reviewer, '/红黑榜 L-01 去掉 柳塘镇 理由：台账当天已补');
  await said(reviewer, '/红黑榜 L-01 确认');
  await until('2026-12-02 10:00');
  expect(await said(head('柳塘镇'), '/申诉 L-01 理由：不公平')).toBe('柳塘镇不在 L-01 上，不用申诉。');
});
