import type { Redis } from 'ioredis';
import { z } from 'zod';
import { minuteOf, slotId } from '../domain/slot.ts';
import type { SlotStore } from '../ports.ts';
import type { Keys } from './keys.ts';
import { confirmed, script } from './redis.ts';

const Numbers = z.array(z.number());
const SettledSlots = z.tuple([z.coerce.number()], z.string());
const Counts = z.record(z.string(), z.coerce.number());

/**
 * What is settled of the slots, and who runs which. A lease ends by real time; settled stays settled whatever the time.
 */
export const redisSlots = (redis: Redis, keys: Keys): SlotStore => {
  const settledSlots = script(redis, 'settled-slots');
  const leaseSlots = script(redis, 'lease-slots');
  const settleSlots = script(redis, 'settle-slots');
  const settleUntil = script(redis, 'settle-until');

  return {
    async settled(now) {
      const answer = await settledSlots([keys.slotsUntil(), keys.slotsDone()], [now]);
      const [until, ...done] = SettledSlots.parse(answer);
      return { until, done: new Set(done) };
    },

    async lease(slots, holder, forMs) {
      const leases = slots.map((slot) => keys.slotLease(slotId(slot)));
      const answers = await leaseSlots(
        [keys.slotsUntil(), keys.slotsDone(), keys.slotToken(), ...leases],
        [holder, forMs, ...slots.flatMap((slot) => [slotId(slot), minuteOf(slot.at)])],
      );
      return Numbers.parse(answers).map((answer) => (answer === 0 ? 'settled' : answer < 0 ? 'held' : answer));
    },

    async settle(runs) {
      const answers = await settleSlots(
        [keys.slotsDone(), keys.slotCounts(), ...runs.map(({ slot }) => keys.slotLease(slotId(slot)))],
        runs.flatMap(({ slot, token, outcome }) => [slotId(slot), minuteOf(slot.at), token, slot.job, outcome]),
      );
      return Numbers.parse(answers).map((answer) => answer === 1);
    },

    async settleUntil(until) {
      await settleUntil([keys.slotsUntil(), keys.slotsDone()], [until]);
    },

    async counts() {
      const counts = Counts.parse(await confirmed(redis.hgetall(keys.slotCounts())));
      return new Map(Object.entries(counts));
    },
  };
};
