import { randomUUID } from 'node:crypto';
import { createServer, connect as dial } from 'node:net';
import { expect, inject, onTestFinished, test } from 'vitest';
import type { Item } from '../../src/domain/report.ts';
import { Unconfirmed } from '../../src/errors.ts';
import { connect, ready } from '../../src/store/redis.ts';
import { redisReports } from '../../src/store/reports.ts';
import { organisation, realNow, redis } from '../organisation.ts';
import { cause, day, ledger } from '../values.ts';

/** A line to Redis that breaks once, right after a script ran and before its reply got through. */
const brokenLine = async () => {
  let armed = true;
  const path = `${inject('redis')}-${randomUUID().slice(0, 8)}`;
  const server = createServer((client) => {
    const upstream = dial(inject('redis'));
    let swallow = false;
    client.on('data', (sent) => {
      swallow = armed && /eval/i.test(sent.toString());
      upstream.write(sent);
    });
    upstream.on('data', (reply) => {
      if (!swallow) return client.write(reply);
      armed = false;
      return client.destroy();
    });
    client.on('error', () => {}).on('close', () => upstream.destroy());
    upstream.on('error', () => {}).on('close', () => client.destroy());
  });
  await new Promise<void>((listening) => server.listen(path, listening));
  const line = connect(path, ledger().log);
  onTestFinished(() => {
    line.disconnect();
    server.close();
  });
  await ready(line, 2_000);
  return line;
};

test('a report whose reply was lost is unconfirmed; sent again under its id it is there once', async () => {
  const { keys, reports, unit } = organisation();
  const { id } = await unit('城关镇');
  const items: Item[] = [{ kind: 'done', text: '走访3户企业' }];
  const report = { unit: id, day: day('2026-11-23'), onTime: true, items, listCarried: false };
  await reports.file({ ...report, unit: 'warm' }, cause()); // so that the script is known

  const line = await brokenLine();
  const fragile = redisReports(line, keys, realNow);
  const same = cause();
  await expect(fragile.file(report, same)).rejects.toBeInstanceOf(Unconfirmed);
  await ready(line, 2_000);
  expect(await fragile.file(report, same)).toMatchObject({ done: 1, first: true });
  expect(await redis.xlen(keys.log({ unit: id }))).toBe(1);
});
