import { expect, test } from 'vitest';
import { redisOffers } from '../../src/store/offers.ts';
import { organisation, redis } from '../organisation.ts';
import { at, cause, day } from '../values.ts';

const today = day('2026-11-23');
const said = (when: string) => cause('playground:wang', { at: at(`2026-11-23 ${when}`) });
const begun = () => {
  const { keys } = organisation();
  return { keys, offers: redisOffers(redis, keys), copy: redisOffers(redis, keys) };
};

test('of many who say yes at once, on two copies, one gets the offer', async () => {
  const { offers, copy } = begun();
  await offers.keep({ day: today, entries: 0, text: '走访' }, said('09:00'));
  const taken = await Promise.all(
    Array.from({ length: 10 }, (_, n) => (n % 2 ? offers : copy).take({ day: today, entries: 0 }, said('09:01'))),
  );
  expect(taken.filter((text) => text !== null)).toEqual(['走访']);
});

test('an offer stands for ten minutes to the millisecond, and never for somebody else', async () => {
  const { offers } = begun();
  await offers.keep({ day: today, entries: 0, text: '走访' }, said('09:00'));
  const later = (ms: number) => cause('playground:wang', { at: at('2026-11-23 09:10').add({ milliseconds: ms }) });
  expect(
    await offers.take({ day: today, entries: 0 }, cause('playground:li', { at: at('2026-11-23 09:01') })),
  ).toBeNull();
  expect(await offers.take({ day: today, entries: 0 }, later(1))).toBeNull();
  expect(await offers.take({ day: today, entries: 0 }, later(0))).toBe('走访');
});

test('what was said is gone again by itself', async () => {
  const { offers, keys } = begun();
  await offers.keep({ day: today, entries: 0, text: '走访' }, said('09:00'));
  expect(await redis.ttl(keys.offer('playground:wang'))).toBeGreaterThan(0);
  await offers.take({ day: today, entries: 0 }, said('09:01'));
  expect(await redis.exists(keys.offer('playground:wang'))).toBe(0);
  expect(await redis.ttl(keys.takenOffers('playground:wang'))).toBeGreaterThan(48 * 3600);
});
