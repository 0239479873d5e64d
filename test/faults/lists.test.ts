/** A real bot, killed with SIGKILL after each entry that the list procedure writes; its county begins in September. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { keysIn } from '../../src/store/keys.ts';
import { openRedisBeside } from '../../src/store/open.ts';
import { redisPosts } from '../../src/store/posts.ts';
import { verifyLog, verifyProjections } from '../../src/store/verify.ts';
import { ledger } from '../values.ts';
import { bots, call } from './bot.ts';
import { killing } from './killing.ts';

const keys = keysIn('rqp');
const units = ['城关镇', '白石镇', '柳塘镇'];

test('killed after each entry of the procedure, the bot publishes once; October begins on its eighth', async () => {
  const { dir, start } = await bots();
  const preload = join(import.meta.dirname, '../quarter/september.ts');
  const begin = () => start({ NODE_OPTIONS: `--import=${preload}` });
  const first = await begin();
  const { body } = await call(first.url, 'reset', { seed: 'empty' });
  const { redis, stop } = await openRedisBeside({ url: null, dir: `${dir}/playground`, log: ledger().log });
  const meant = { redis, keys, start: begin, isMeant: (action: string) => action.startsWith('list-') };
  const { say, clock, watch, entries, killed, url } = killing(meant, first);

  const posted = async () => {
    const answer = await fetch(`${url()}/playground/api/posts?after=0`);
    return ((await answer.json()) as { posts: { job: string; chat: string; at: string; text: string }[] }).posts;
  };
  const told = async (job: string) =>
    (await posted())
      .filter((post) => post.job === job)
      .map(({ chat, at }) => `${chat} ${at.slice(0, 16).replace('T', ' ')}`);

  await say('管', `/认领 ${body.claimCode}`);
  await say('管', '/绑定 云岭县', 'g0');
  await say('管', '/设置 频次 关', 'g0');
  for (const [i, name] of units.entries()) {
    await say('管', `/绑定 云岭县/${name}`, `g${i + 1}`);
    for (const who of ['甲', '乙', '丙']) await say(`${name}${who}`, `/报到 ${name}${who}`, `g${i + 1}`);
    await say('管', `/任命 ${name}甲 单位负责人 ${name}`);
  }
  for (const [who, role] of [
    ['审', '审核人'],
    ['复', '复核人'],
  ]) {
    await say(`${who}`, `/报到 ${who}某`, 'g0');
    await say('管', `/任命 ${who}某 ${role}`);
  }
  for (const day of ['01', '02', '03', '04', '07', '08']) {
    await clock(`2026-09-${day} 16:00`);
    for (const [i, name] of units.entries()) {
      for (const who of ['甲', '乙', '丙']) {
        const left = day === '08' && who === '丙' && name === '柳塘镇' ? '；未清：征地协议' : '';
        await say(`${name}${who}`, `/日清 走访${day}${left}`, `g${i + 1}`);
      }
    }
  }

  // A month at once would outlast a busy machine's patience.
  for (const day of ['14', '18', '22', '26', '30']) await clock(`2026-09-${day} 20:30`);
  await clock('2026-10-07 12:00');
  watch();
  // WD1 of October is Thursday the 8th, WD6 Wednesday the 14th; Saturday the 10th is worked.
  await clock('2026-10-08 09:01');
  await say('审', '/红黑榜 L-01 确认');
  await clock('2026-10-09 09:01');
  // What the dead one was about to send is taken over in real time: nobody hears of a list only after it is out.
  const noticed = async () => (await told('list-notice')).map((post) => post.split(' ')[0]);
  await expect.poll(noticed, { timeout: 90_000, interval: 500 }).toContain('柳塘镇甲');
  await say('柳塘镇甲', '/申诉 L-01 协议已经签了');
  await say('复', '/申诉 A-01 驳回 理由：没有材料');
  await clock('2026-10-10 18:01');
  await say('审', '/红黑榜 L-01 签发');
  await clock('2026-10-14 09:59');
  await clock('2026-10-14 10:01');
  await say('审', '/红黑榜 L-01 更正 柳塘镇 理由：协议确已签订');
  for (const day of ['16', '20', '23', '28']) await clock(`2026-10-${day} 12:00`);

  const steps = await entries();
  expect(steps.filter((step) => step !== 'list-posted')).toEqual(
    ['draft', 'confirm', 'notice', 'appeal', 'decide', 'close', 'sign', 'publish', 'correct'].map(
      (one) => `list-${one}`,
    ),
  );
  // Later than the correction, where the slot that died could not be caught up.
  expect(steps.filter((step) => step === 'list-posted')).toHaveLength(1);
  expect(killed()).toBe(steps.length);
  // What may not have gone out, its reviewer hears of; what was on its way when the bot died is listed for the admin.
  const published = async () => (await told('list-publish')).filter((post) => post.startsWith('g'));
  const accounted = async () => {
    const isTold = (await posted()).some(({ chat, text }) => chat === '审' && text.includes('群里可能没有收到'));
    const all = await redisPosts(redis, keys, Date.now).list();
    const unknown = all.filter(({ id, state }) => id.startsWith('list-publish/') && state === 'unknown');
    return isTold ? 4 : (await published()).length + unknown.length;
  };
  // Taken over in real time as well.
  await expect.poll(accounted, { timeout: 90_000, interval: 500 }).toBe(4);
  const groups = await published();
  // Once or not at all.
  expect(groups).toEqual([...new Set(groups)]);
  for (const post of groups) expect(post).toMatch(/^g[0-3] 2026-10-14 10:00$/);
  const corrections = (await told('list-correction')).map((post) => post.slice(0, 2));
  expect(corrections).toEqual([...new Set(corrections)]);
  for (const job of ['list-draft', 'list-notice', 'list-close']) {
    const all = await told(job);
    expect(all).toEqual([...new Set(all)]);
  }
  expect(await say('城关镇甲', '/红黑榜 2026年9月')).toContain('柳塘镇：1 项');
  expect(await verifyLog(redis, keys, 'org')).toBeNull();
  expect(await verifyProjections(redis, keys, 'org')).toEqual([]);
  await stop();
}, 300_000);
