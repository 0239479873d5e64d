import { PlatformError } from '../errors.ts';
import type { Translate } from '../i18n.ts';
import { type Chat, chatKey, type Reply, text } from '../message.ts';
import type { Log } from '../ports.ts';

/** Says one thing in one chat; `id` names the post whoever makes it. Throws PlatformError. */
type Say = (chat: Chat, reply: Reply, id: string) => Promise<void>;

/** What could not be said for now: that the report under `id` is saved. */
export type Receipt = { readonly chat: Chat; readonly reply: Reply; readonly id: string; readonly say: Say };

/** Runs `run`, which never rejects, after `ms`, unless what it answers is called before. */
export type Later = (ms: number, run: () => Promise<void>) => () => void;

type Deps = {
  /** Takes what the platform did not take. */
  keep(chat: Chat, reply: Reply, id: string): Promise<void>;
  /** These are said, or will be by somebody else. */
  settled(ids: readonly string[]): Promise<void>;
  readonly t: Translate;
  readonly log: Log;
  readonly later: Later;
};

type Waiting = { readonly chat: Chat; readonly held: Map<string, Receipt>; cancel: () => void };

/** No chat is asked more often, whatever it says of itself. */
const SHORTEST_WAIT_MS = 100;

/**
 * Receipts that a full chat could not take one by one. They wait until there is room and become one line with a count
 * and no names, so that a rush of reports neither fills the group nor takes the window from everything else. While some
 * wait, those after them join at once. Only what is saved comes here, so the line is true.
 *
 * They wait in memory: a crash loses a courtesy, not a report, and a message that is delivered again is answered again.
 * `stop` hands what waits to the outbox.
 */
export const receipts = ({ keep, settled, t, log, later }: Deps) => {
  const waiting = new Map<string, Waiting>();

  /** One receipt alone is said in its own words. */
  const lineOf = (held: readonly Receipt[]): Receipt | null => {
    const [first] = held;
    const newest = held.at(-1);
    if (!first || !newest || held.length === 1) return first ?? null;
    const reply = text(t('reply.merged', { count: held.length }));
    return { ...newest, reply, id: `merged/${first.id}` };
  };

  const take = (chat: Waiting, held: readonly Receipt[]) => {
    for (const { id } of held) chat.held.delete(id);
    return settled(held.map(({ id }) => id));
  };

  const after = (key: string, ms: number) => {
    const chat = waiting.get(key);
    if (chat) chat.cancel = later(Math.max(ms, SHORTEST_WAIT_MS), () => flush(key));
  };

  const flush = async (key: string): Promise<void> => {
    const chat = waiting.get(key);
    const held = [...(chat?.held.values() ?? [])];
    const line = lineOf(held);
    if (!chat || !line) return void waiting.delete(key);
    let nextMs = 0;
    try {
      await line.say(line.chat, line.reply, line.id);
    } catch (error) {
      const { outcome, waitMs } = error instanceof PlatformError ? error : { outcome: 'unknown', waitMs: null };
      if (outcome === 'retry' && waitMs !== null) return after(key, waitMs);
      log.warn({ err: error, id: line.id, count: held.length, outcome }, 'merged receipts not confirmed');
      if (outcome === 'retry') await handOver(line);
      nextMs = waitMs ?? 0;
    }
    await take(chat, held);
    // Those that came meanwhile wait for the next room, together.
    if (chat.held.size > 0) return after(key, nextMs);
    waiting.delete(key);
  };

  const handOver = (line: Receipt) =>
    keep(line.chat, line.reply, line.id).catch((error: unknown) =>
      log.error({ err: error, id: line.id }, 'merged receipts lost: the reports are saved, nobody is told'),
    );

  return {
    /** Whether receipts wait there already, so that another joins them. */
    isFull: (chat: Chat) => waiting.has(chatKey(chat)),

    /** Keeps a receipt until the chat has room, in `waitMs` as it seems. The same again counts once. */
    add(receipt: Receipt, waitMs: number): void {
      const key = chatKey(receipt.chat);
      const open = waiting.get(key);
      if (open) return void open.held.set(receipt.id, receipt);
      waiting.set(key, { chat: receipt.chat, held: new Map([[receipt.id, receipt]]), cancel: () => {} });
      after(key, waitMs);
    },

    /** Hands all that waits to the outbox. */
    async stop(): Promise<void> {
      const all = [...waiting.values()];
      waiting.clear();
      for (const chat of all) {
        chat.cancel();
        const held = [...chat.held.values()];
        const line = lineOf(held);
        if (line) await handOver(line);
        await take(chat, held);
      }
    },
  };
};
