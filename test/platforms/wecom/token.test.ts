import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { expect, inject, onTestFinished, test } from 'vitest';
import { wecomApi } from '../../../src/platforms/wecom/api.ts';
import { accessToken, authorized } from '../../../src/platforms/wecom/token.ts';
import type { AccessTokens } from '../../../src/ports.ts';
import { redisAccessTokens } from '../../../src/store/access-tokens.ts';
import { keysIn } from '../../../src/store/keys.ts';
import { type ApiOptions, wecomApi as wecomFake } from '../../fakes/wecom-api.ts';
import { ledger } from '../../values.ts';

/** The server, and copies of the bot that share a Redis and nothing else. */
const house = async (options: ApiOptions = {}) => {
  const clock = { now: 1_700_000_000_000 };
  const fake = await wecomFake({ ...options, now: () => clock.now });
  onTestFinished(() => fake.close());
  const namespace = randomUUID();
  const { log, errors } = ledger();
  const copy = (over: Partial<AccessTokens> = {}, secret = fake.account.secret) => {
    const redis = new Redis(inject('redis'));
    const api = wecomApi(fake.url, { connectMs: 1_000, answerMs: 2_000 });
    onTestFinished(async () => {
      await api.close();
      redis.disconnect();
    });
    const tokens = { ...redisAccessTokens(redis, keysIn(namespace)), ...over };
    const account = { corpId: fake.account.corpId, secret };
    const token = accessToken({ api, account, tokens, log, now: () => clock.now });
    const call = authorized(api, token);
    return { token, tokens, call, ask: () => call({ path: '/cgi-bin/user/get', query: { userid: 'zhang' } }) };
  };
  return { fake, clock, copy, errors };
};
const many = <Value>(work: () => Promise<Value>, times = 25) => Promise.all(Array.from({ length: times }, work));

test('one call for all callers and all copies', async () => {
  const { fake, copy } = await house();
  const [one, other] = [copy(), copy()];
  await Promise.all([many(one.ask), many(other.ask)]);
  expect(fake.tokens.asked()).toBe(1);
  expect(fake.calls.filter(({ path }) => path.endsWith('/user/get'))).toHaveLength(50);
});

test.each([40_014, 42_001] as const)(
  'dead before its time (%i) under 50 calls: fetched once, none lost',
  async (code) => {
    const { fake, copy } = await house();
    const [one, other] = [copy(), copy()];
    await Promise.all([one.ask(), other.ask()]);
    fake.tokens.revoke(code);
    const answers = await Promise.all([many(one.ask), many(other.ask)]);
    expect(answers.flat()).toHaveLength(50);
    expect(fake.tokens.asked()).toBe(2);
    // By whoever has the old one still: it is not fetched a third time.
    await other.ask();
    expect(fake.tokens.asked()).toBe(2);
  },
);

test('a call is made a second time, not a third', async () => {
  const { fake, copy } = await house();
  const { ask } = copy();
  await ask();
  fake.fail({ path: '/user/get', errcode: 40_014, times: 9 });
  await expect(ask()).rejects.toMatchObject({ code: 40_014, outcome: 'retry' });
  expect(fake.calls.filter(({ path }) => path.endsWith('/user/get'))).toHaveLength(3);
});

test('a copy uses what it knows for 85 % of the life, then asks what the others know', async () => {
  const { fake, clock, copy } = await house({ tokenSeconds: 7_200 });
  const one = copy();
  const first = await one.token.get();
  clock.now += 0.84 * 7_200_000;
  expect(await one.token.get()).toBe(first);
  expect(fake.tokens.asked()).toBe(1);
  clock.now += 0.02 * 7_200_000;
  await one.token.get();
  // Redis counts real time: to it the first is fresh. It is asked, not WeCom.
  expect(fake.tokens.asked()).toBe(1);
});

test('Redis lets one fetch, and lends the others the old one meanwhile', async () => {
  const { copy } = await house();
  const { tokens } = copy();
  const first = await tokens.ask('a', null);
  expect(first).toMatchObject({ lease: expect.any(String) });
  expect(await tokens.ask('a', null)).toMatchObject({ waitMs: expect.any(Number) });
  if (!('lease' in first)) throw new Error('no lease');
  await tokens.keep('a', { value: 'T1', lifeMs: 60_000, freshMs: 1 }, first.lease);
  await expect.poll(() => tokens.ask('a', null)).toMatchObject({ lease: expect.any(String) });
  expect(await tokens.ask('a', null)).toEqual({ token: 'T1', freshMs: 1_000 });
  // It is of no use to whom it was refused.
  expect(await tokens.ask('a', 'T1')).toMatchObject({ waitMs: expect.any(Number) });
  // Who lost the lease keeps nothing.
  await tokens.keep('a', { value: 'T0', lifeMs: 60_000, freshMs: 60_000 }, first.lease);
  expect(await tokens.ask('a', null)).toEqual({ token: 'T1', freshMs: 1_000 });
});

test('a wrong secret is said to the operator, and not tried again for a minute', async () => {
  const { fake, clock, copy, errors } = await house();
  const { ask } = copy({}, 'a-secret-of-nobody');
  await expect(ask()).rejects.toMatchObject({ code: 40_001, outcome: 'refused' });
  await expect(many(ask)).rejects.toMatchObject({ code: 40_001 });
  expect(fake.tokens.asked()).toBe(1);
  expect(errors).toHaveLength(1);
  expect(JSON.stringify(errors)).not.toContain('a-secret-of-nobody');
  clock.now += 60_001;
  await expect(ask()).rejects.toMatchObject({ code: 40_001 });
  expect(fake.tokens.asked()).toBe(2);
});

test('Redis gone, each copy fetches for itself', async () => {
  const gone = async () => {
    throw new Error('gone');
  };
  const { fake, copy } = await house();
  const { ask } = copy({ ask: gone, keep: gone, giveUp: gone });
  await many(ask);
  expect(fake.tokens.asked()).toBe(1);
});

test('a token that is not to be had is asked for again', async () => {
  const { fake, copy } = await house();
  const { ask } = copy();
  fake.fail({ path: '/gettoken', errcode: -1 });
  await expect(ask()).rejects.toMatchObject({ outcome: 'retry' });
  fake.fail({ path: '/gettoken', answers: 'reset' });
  await expect(ask()).rejects.toMatchObject({ outcome: 'retry' });
  await ask();
  expect(fake.tokens.asked()).toBe(1);
});
