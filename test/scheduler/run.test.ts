import { expect, test } from 'vitest';
import { settingsOf } from '../../src/domain/settings.ts';
import { minuteOf, momentOf } from '../../src/domain/slot.ts';
import type { JobContext } from '../../src/job.ts';
import { type Run, slotRunner } from '../../src/scheduler/run.ts';
import { calendar, diary, jobAt, minute, place, realNow, slot, unitOf } from '../engine.ts';
import { at, zone } from '../values.ts';

test('what still runs when the bot stops is given back, and another copy can run it at once', async () => {
  const where = place();
  await where.slots.settled(minuteOf(minute('2026-11-23 09:00')));
  const runner = (run: () => Promise<never[]>) =>
    slotRunner({
      jobs: [jobAt('17:00', { run })],
      slots: where.slots,
      outbox: { enqueue: async () => {} },
      zone,
      realNow,
      contextFor: (run) => run as JobContext,
      log: diary().log,
    });
  const five = slot('2026-11-23 17:00');
  const unit = unitOf('u1');
  const runs: Run[] = [
    {
      slot: { ...five, moment: momentOf(five.at, zone).epochMilliseconds },
      plan: { unit, settings: settingsOf(unit), calendar },
      verdict: 'run',
    },
  ];
  const now = at('2026-11-23 17:00');

  const begun = Promise.withResolvers<void>();
  const end = Promise.withResolvers<never[]>();
  const stopping = runner(() => {
    begun.resolve();
    return end.promise;
  });
  const ended = stopping.run(runs, now);
  await begun.promise;
  const other = runner(async () => []);
  expect(await other.run(runs, now)).toEqual(['held']);
  await stopping.handBack();
  expect(await other.run(runs, now)).toEqual(['done']);

  end.resolve([]);
  expect(await ended).toEqual(['held']);
  expect(await where.slots.counts()).toEqual(
    new Map([
      ['nudge/failed', 1],
      ['nudge/done', 1],
    ]),
  );
});
