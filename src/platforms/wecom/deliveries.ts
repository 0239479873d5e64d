import { Unconfirmed } from '../../errors.ts';
import { chatKey, type Message } from '../../message.ts';
import type { Log } from '../../ports.ts';
import { inHand } from './in-hand.ts';
import { recent } from './recent.ts';

/**
 * WeCom hangs up after 5 s and delivers again. What takes longer than this is refused, in time to be heard; it goes on,
 * and the next delivery finds it done.
 */
const SAFE_MS = 4_000;
/** Answers that are remembered, to be given again as they were. */
const MOST_ANSWERS = 200;
/** For what is being answered when the bot is stopped. */
const DRAIN_MS = 5_000;

/**
 * Messages that come again until they are acknowledged: each is answered once here, and alike however often it comes.
 * Another copy of the bot, or this one after a while, asks the house again, which knows the message.
 */
export const deliveries = <Body>(log: Log) => {
  const made = recent<Promise<Body>>(MOST_ANSWERS);
  const { keep, drain } = inHand();

  /** Null for what fails or comes too late; what fails is forgotten. One look at each message, by a plain timer. */
  const inTime = (id: string, work: Promise<Body>): Promise<Safe<Body> | null> =>
    new Promise((resolve) => {
      const late = setTimeout(() => {
        keep(work.then(ignore, ignore));
        resolve(null);
      }, SAFE_MS);
      work.then(
        (body) => {
          clearTimeout(late);
          resolve({ body });
        },
        (error: unknown) => {
          clearTimeout(late);
          if (made.get(id) === work) {
            made.forget(id);
            if (!(error instanceof Unconfirmed)) log.error({ err: error, id }, 'message not answered');
          }
          resolve(null);
        },
      );
    });

  return {
    keep,
    drain: () => drain(DRAIN_MS),
    /** What was answered under `id`; null for nothing that is remembered. */
    given: async (id: string): Promise<Body | null> => (await made.get(id)?.catch(() => null)) ?? null,

    /** What `make` gives; null when the work is not safe in time. What failed is made anew the next time. */
    once(id: string, make: () => Promise<Body>): Promise<Safe<Body> | null> {
      const before = made.get(id);
      if (before) return inTime(id, before);
      const begun = make();
      made.keep(id, begun);
      return inTime(id, begun);
    },
  };
};
type Safe<Body> = { readonly body: Body };
const ignore = () => {};

/** One name for the answer to a message: in the leases, in the outbox, here. */
export const replyIdOf = ({ chat, id }: Message): string => `reply/${chatKey(chat)}/${id}`;
