/** A real bot, killed with SIGKILL after each entry that indicators write: said once, counted once. */
import { expect, test } from 'vitest';
import { keysIn } from '../../src/store/keys.ts';
import { openRedisBeside } from '../../src/store/open.ts';
import { verifyLog, verifyProjections } from '../../src/store/verify.ts';
import { ledger } from '../values.ts';
import { bots, call } from './bot.ts';
import { killing } from './killing.ts';

const keys = keysIn('rqp');

test('killed after each entry, sheets and values are there once, and each answer is that of the first time', async () => {
  const { dir, start } = await bots();
  const first = await start();
  const { body } = await call(first.url, 'reset', { seed: 'empty' });
  const { redis, stop } = await openRedisBeside({ url: null, dir: `${dir}/playground`, log: ledger().log });
  const meant = { redis, keys, start, isMeant: (action: string) => action.startsWith('indicator') };
  const { say, watch, entries, killed } = killing(meant, first);

  await say('管', `/认领 ${body.claimCode}`);
  await say('管', '/绑定 云岭县', 'g0');
  await say('管', '/绑定 云岭县/城关镇', 'g1');
  for (const who of ['联', '领']) await say(who, `/报到 ${who}某`, 'g1');
  await say('管', '/任命 联某 联络员 城关镇');
  await say('管', '/任命 领某 领导 城关镇');

  watch();
  const approved = '批准：李书记 依据：县委办5号';
  expect(await say('管', `/指标 新建 亩均税收 单位：万元 目标：12 权重：20 ${approved}`)).toContain('亩均税收 20');
  expect(await say('管', '/指标 新建 签约 单位：个 目标：4 权重：10')).toContain('基础 70');
  expect(await say('管', '/指标 权重 基础 60 亩均税收 30 签约 10')).toContain('亩均税收 30');
  expect(await say('管', '/指标 目标 城关镇 亩均税收 9')).toContain('单独定目标 9');
  const told = await say('联', '/指标 报 亩均税收 6 依据：税务局月报');
  expect(told).toContain('完成 66.7%');
  // Said again by hand it would be a second one.
  expect(told).not.toContain('第 2 次报');
  expect(await say('领', '/指标 退回 城关镇 亩均 理由：口径不对')).toContain('已退回');
  expect(await say('联', '/指标 报 亩均税收 6.3 依据：税务局月报')).toContain('第 2 次报');
  expect(await say('领', '/指标 核 城关镇 亩均')).toContain('已核实');
  expect(await say('管', '/指标 停 签约')).toContain('已停用“签约”');

  expect(await entries()).toEqual([
    ...['indicators', 'indicators', 'indicators', 'indicators', 'indicator-value', 'indicator-returned'],
    ...['indicator-value', 'indicator-verified', 'indicators'],
  ]);
  expect(killed()).toBe(9);
  const shown = await say('联', '/指标');
  expect(shown).toContain('6.3万元，目标 9，完成 70.0%');
  expect(shown).toContain('基础 70、亩均税收 30');
  expect(await verifyLog(redis, keys, 'org')).toBeNull();
  expect(await verifyProjections(redis, keys, 'org')).toEqual([]);
  await stop();
}, 120_000);
