import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { bots, call } from './bot.ts';

const texts = {
  'a word of a megabyte': '字'.repeat(340_000),
  'a hundred thousand lines': '甲\n'.repeat(100_000),
  'fifty thousand letters': 'a'.repeat(50_000),
  'fifty thousand items': '甲；'.repeat(50_000),
  'brackets that nobody closes': '（'.repeat(300_000),
  'mentions of everybody': '@日清 @wang '.repeat(60_000),
};
/** Between 25 and 60 when the collector has had its turn; texts that are kept would make it hundreds. */
const MOST_MORE_MB = 80;

test('long texts are answered in words, and the memory that they take is given back', async () => {
  const { start } = await bots();
  const { url, process } = await start();
  const status = `/proc/${process.pid}/status`;
  // Where the system does not tell, the answers alone are looked at.
  const used = () => (existsSync(status) ? Number(/VmRSS:\s+(\d+)/.exec(readFileSync(status, 'utf8'))?.[1]) / 1024 : 0);
  const say = (text: string) => call(url, 'messages', { chat: 'wang', sender: 'wang', text });
  for (let n = 0; n < 50; n += 1) await say('/我的');

  const before = used();
  for (const command of ['/日清', '/改', '/周结', '/请假', '/为什么']) {
    for (const text of Object.values(texts)) {
      for (let n = 0; n < 3; n += 1) {
        const answer = await say(`${command} ${text}`);
        expect(answer.status).toBe(200);
        expect(JSON.stringify(answer.body)).toMatch(/最多/);
      }
    }
  }
  expect(used() - before).toBeLessThan(MOST_MORE_MB);
}, 120_000);
