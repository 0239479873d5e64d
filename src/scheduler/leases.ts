import type { Slot } from '../domain/slot.ts';
import type { SlotStore } from '../ports.ts';

/** A slot whose holder died is taken over after this. */
const LEASE_MS = 60_000;

type Answer = Awaited<ReturnType<SlotStore['lease']>>[number];

/** Leases slots and renews that until `end`. `realNow` in ms: leases know no moved clock. */
export const leaseAll = async (store: SlotStore, wanted: readonly Slot[], holder: string, realNow: () => number) => {
  let answers: ReadonlyMap<Slot, Answer> = new Map();
  let since = 0;
  const ask = async () => {
    const asked = realNow();
    const given = await store.lease(wanted, holder, LEASE_MS);
    answers = new Map(wanted.map((slot, i) => [slot, given[i] ?? 'held']));
    since = asked;
  };

  await ask();
  // One that fails is made up for below.
  const renewal = setInterval(() => ask().catch(() => {}), LEASE_MS / 3);
  return {
    /** For each slot its token, or why it has none; asked anew when this process may have slept through its lease. */
    async current(): Promise<ReadonlyMap<Slot, Answer>> {
      if (realNow() - since > LEASE_MS / 2) await ask();
      return answers;
    },
    end: () => clearInterval(renewal),
  };
};
