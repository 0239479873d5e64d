import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Unconfirmed } from '../../../src/errors.ts';
import { ownCount } from '../../../src/platforms/wecom/own-count.ts';
import { within } from '../../../src/platforms/wecom/voice.ts';
import type { Window } from '../../../src/ports.ts';

const windows: readonly Window[] = [
  { key: 'group/g1', ms: 60_000, most: 3 },
  { key: 'group/g1', ms: 3_600_000, most: 10 },
];

test('no window is ever exceeded, and whoever waits as long as he is told finds room', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 90_000 }), { maxLength: 60 }), (pauses) => {
      let now = 0;
      const count = ownCount(() => now);
      const taken: number[] = [];
      for (const pause of pauses) {
        now += pause;
        const waitMs = count.take(windows);
        if (waitMs > 0) {
          now += waitMs;
          expect(count.take(windows)).toBe(0);
        }
        taken.push(now);
        for (const { ms, most } of windows) {
          expect(taken.filter((at) => at > now - ms).length).toBeLessThanOrEqual(most);
        }
      }
    }),
  );
});

test('while the shared count is away an answer goes, as often as there is room; a post waits', async () => {
  const state = { isDown: false };
  const take = within({
    take: async () => {
      if (state.isDown) throw new Unconfirmed('away');
      return 0;
    },
  });
  await take(windows, { isPost: true });
  state.isDown = true;
  await expect(take(windows, { isPost: true })).rejects.toMatchObject({ code: 'unconfirmed', outcome: 'retry' });
  await take(windows, { isPost: false });
  await take(windows, { isPost: false });
  await expect(take(windows, { isPost: false })).rejects.toMatchObject({ code: 'window-full', outcome: 'retry' });
});
