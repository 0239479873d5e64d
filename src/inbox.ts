import type { CommandContext } from './command.ts';
import { Unconfirmed } from './errors.ts';
import { type Message, memberId } from './message.ts';
import type { Answered, Receive } from './ports.ts';

/** So long a message is tried again under its id; the platforms' own deadlines begin at 3 s. */
const PATIENCE_MS = 2_500;
/** Between two tries: a private Redis is back in about a second. */
const PAUSE_MS = 150;

type Deps = {
  contextFor(message: Message): Promise<CommandContext>;
  route(context: CommandContext): Promise<readonly Answered[]>;
  /** What is answered instead where it is one message too many; null, at once or later, where it is not. */
  crowded?(message: Message): Promise<readonly Answered[] | null> | null;
  /** Real time in ms, whatever the product's clock says. */
  realNow(): number;
  wait(ms: number): Promise<void>;
};

/**
 * Takes one message in: messages of one person in order, those of different people side by side. The command's own
 * script is the durable write, keyed by the message id, so an unknown outcome is simply tried again. Resolves with what
 * is to be said once that is done; rejects with Unconfirmed when it could not be confirmed in time: do not acknowledge.
 */
export const inbox = ({ contextFor, route, crowded = () => null, realNow, wait }: Deps) => {
  const turns = new Map<string, Promise<unknown>>();

  const attempt = async (message: Message, giveUpAt: number): Promise<readonly Answered[]> => {
    for (;;) {
      try {
        return await route(await contextFor(message));
      } catch (error) {
        if (!(error instanceof Unconfirmed) || realNow() + PAUSE_MS >= giveUpAt) throw error;
        await wait(PAUSE_MS);
      }
    }
  };

  const receive: Receive = (message) => {
    const who = memberId(message.platform, message.sender);
    const before = turns.get(who);
    const giveUpAt = realNow() + PATIENCE_MS;
    const refusal = crowded(message);
    const take = async () => (refusal && (await refusal)) ?? attempt(message, giveUpAt);
    const mine = before ? before.then(take) : take();
    const leave = () => {
      if (turns.get(who) === settled) turns.delete(who);
    };
    const settled: Promise<void> = mine.then(leave, leave);
    turns.set(who, settled);
    return mine;
  };

  return {
    receive,
    /** Resolves when every message in hand is answered. */
    async drain(): Promise<void> {
      await Promise.all(turns.values());
    },
  };
};
