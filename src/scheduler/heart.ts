import { type ScheduledTask, schedule } from 'node-cron';
import type { Log } from '../ports.ts';

/** After a beat that left something undone, or a store that did not answer. */
const AGAIN_MS = 5_000;

/**
 * Calls `beat` at the start and then every minute; soon again when it fails or says that something is left. Never while
 * it is still at it.
 */
export const heart = (beat: () => Promise<{ readonly isAllDone: boolean }>, log: Log) => {
  let task: ScheduledTask | null = null;
  let again: NodeJS.Timeout | undefined;
  let isBeating = false;
  let isDown = false;

  const once = async (): Promise<void> => {
    if (isBeating) return;
    isBeating = true;
    clearTimeout(again);
    try {
      const { isAllDone } = await beat();
      isDown = false;
      if (!isAllDone) soon();
    } catch (error) {
      // One line a trouble, not one an attempt.
      if (!isDown) log.error({ err: error }, 'tick failed');
      isDown = true;
      soon();
    } finally {
      isBeating = false;
    }
  };

  const soon = () => {
    if (task) again = setTimeout(once, AGAIN_MS);
  };

  return {
    start(): void {
      // UTC: a minute that the process's own clocks repeat or jump over is a minute like any other.
      task = schedule('* * * * *', once, { timezone: 'UTC', suppressMissedWarning: true });
      // A minute at which the process slept or was busy is made up for as soon as it can.
      task.on('execution:missed', once);
      void once();
    },

    async stop(): Promise<void> {
      clearTimeout(again);
      const stopped = task;
      task = null;
      await stopped?.destroy();
    },
  };
};
