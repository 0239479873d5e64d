/** A bot that dies by SIGKILL as soon as the organisation's log has one more entry of some kind; whoever asks, asks again. */
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import type { Keys } from '../../src/store/keys.ts';
import { entriesOf } from '../../src/store/replay.ts';
import { type Bot, call } from './bot.ts';

type Killing = {
  readonly redis: Redis;
  readonly keys: Keys;
  readonly start: () => Promise<Bot>;
  /** After which entries it dies. */
  readonly isMeant: (action: string) => boolean;
};

export const killing = ({ redis, keys, start, isMeant }: Killing, first: Bot) => {
  let bot = first;
  let [killed, sent] = [0, 0];
  let isWatched = false;

  /** The entries so far, in order. */
  const entries = async (): Promise<readonly string[]> => {
    const found: string[] = [];
    for await (const some of entriesOf(redis, keys, 'org')) {
      for (const { action } of some) if (isMeant(action)) found.push(action);
    }
    return found;
  };

  const restart = async () => {
    if (bot.process.exitCode === null && bot.process.signalCode === null) await once(bot.process, 'exit');
    bot = await start();
  };

  /** Asks until it is answered. */
  const surely = async (path: string, asked: object): Promise<string> => {
    for (;;) {
      const isAnswered = new AbortController();
      const watch = (async () => {
        while (isWatched && !isAnswered.signal.aborted) {
          const { length } = await entries();
          if (length > killed) {
            killed = length;
            bot.process.kill('SIGKILL');
            return;
          }
          await wait(2);
        }
      })();
      const { status, body } = await call(bot.url, path, asked);
      isAnswered.abort();
      await watch;
      if (bot.process.killed) await restart();
      if (status === 200) return (body.replies ?? []).map(({ text }) => text).join('\n');
    }
  };

  return {
    entries,
    killed: () => killed,
    url: () => bot.url,
    /** From here on it dies. */
    watch: () => {
      isWatched = true;
    },
    say: (sender: string, text: string, chat = sender): Promise<string> => {
      sent += 1;
      return surely('messages', { sender, chat, text, id: `m${sent}` });
    },
    clock: (now: string): Promise<string> => surely('clock', { now: `${now.replace(' ', 'T')}:00+08:00` }),
  };
};
