import { z } from 'zod';
import { PlatformError, within } from '../../errors.ts';
import { chatKey, type Message } from '../../message.ts';
import type { Log, Receive } from '../../ports.ts';
import type { CallApp } from './token.ts';

type Deps = {
  readonly call: CallApp;
  readonly agentId: number;
  readonly log: Log;
  /** Milliseconds that only go forward. */
  readonly now?: () => number;
};

/** What the contacts say of somebody; `name` null: nothing. */
type Contact = { readonly user: string; readonly name: string | null };

const HOUR_MS = 3_600_000;
/** Names change rarely; what the app may not ask is not asked again so long. */
const KNOWN_MS = 24 * HOUR_MS;
/** After an answer that did not come. */
const AGAIN_MS = 60_000;
/** So long a message waits for it: WeCom wants its own answer in five seconds. */
const PATIENCE_MS = 1_500;
const MOST_KNOWN = 20_000;
/** The app has no right to the contacts. */
const FORBIDDEN: readonly (string | number)[] = [48_002, 48_009, 50_002, 60_011];
/** How an id looks that stands for somebody towards those who may not know the real one [unverified]. */
const ENCRYPTED = /^wo[\w-]{20,}$/u;

const User = z.looseObject({ name: z.string().min(1) });
const Users = z.looseObject({
  userid_list: z.array(z.looseObject({ open_userid: z.string(), userid: z.string().min(1) })).catch([]),
});

/**
 * Who people are, as far as the app may know: the name that the bot is not told, and the id behind an encrypted one, so
 * that whoever speaks to the bot and to the app is one member. https://developer.work.weixin.qq.com/document/path/90196
 */
export const contacts = ({ call, agentId, log, now = () => performance.now() }: Deps) => {
  const known = new Map<string, { readonly contact: Promise<Contact>; until: number }>();
  const forbidden = new Map<'names' | 'ids', number>();

  /** What `work` gives, or null where the app may not ask it, or nobody answers. */
  const asking = async <Value>(what: 'names' | 'ids', work: () => Promise<Value>): Promise<Value | 'late' | null> => {
    if (now() < (forbidden.get(what) ?? 0)) return null;
    try {
      return await work();
    } catch (error) {
      const code = error instanceof PlatformError ? error.code : '';
      if (error instanceof PlatformError && error.outcome !== 'refused') return 'late';
      if (!FORBIDDEN.includes(code)) return null;
      forbidden.set(what, now() + KNOWN_MS);
      log.info({ code, what }, 'the app may not look people up: they give their names themselves');
      return null;
    }
  };

  const plainId = (id: string) =>
    asking('ids', async () => {
      const body = { open_userid_list: [id], source_agentid: agentId };
      const answer = await call({ path: '/cgi-bin/batch/openuserid_to_userid', body, isRepeatable: true });
      return Users.parse(answer).userid_list.find(({ open_userid }) => open_userid === id)?.userid ?? null;
    });
  const nameOf = (userid: string) =>
    asking(
      'names',
      async () => User.parse(await call({ path: '/cgi-bin/user/get', query: { userid }, isRepeatable: true })).name,
    );

  const lookUp = async (id: string): Promise<Contact> => {
    const found = ENCRYPTED.test(id) ? await plainId(id) : id;
    const user = found === null || found === 'late' ? id : found;
    const name = await nameOf(user);
    const isSettled = found !== 'late' && name !== 'late';
    const one = known.get(id);
    if (one && !isSettled) one.until = now() + AGAIN_MS;
    return { user, name: name === 'late' ? null : name };
  };

  const contactOf = (id: string): Promise<Contact> => {
    const found = known.get(id);
    if (found && now() < found.until) return found.contact;
    const contact = Promise.withResolvers<Contact>();
    known.delete(id);
    known.set(id, { contact: contact.promise, until: now() + KNOWN_MS });
    for (const oldest of known.keys()) if (known.size > MOST_KNOWN) known.delete(oldest);
    lookUp(id).then(contact.resolve, () => contact.resolve({ user: id, name: null }));
    return contact.promise;
  };

  /** Never rejects. */
  const identified = async (message: Message): Promise<Message> => {
    const { id, name: told } = message.sender;
    const stranger = { user: id, name: null };
    const { user, name } = await within(contactOf(id), PATIENCE_MS).catch(() => stranger);
    const isOwnChat = message.chat.kind === 'direct' && message.chat.id === id;
    return {
      ...message,
      chat: isOwnChat ? { ...message.chat, id: user } : message.chat,
      sender: { id: user, ...((told ?? name) !== null && { name: told ?? name ?? '' }) },
    };
  };

  /** Takes messages in under the names and ids of the contacts; what is said in a chat stays with how it came. */
  return (receive: Receive): Receive =>
    async (message) => {
      const said = await identified(message);
      const answers = await receive(said);
      return answers.map((answered) =>
        chatKey(answered.chat) === chatKey(said.chat) ? { ...answered, chat: message.chat } : answered,
      );
    };
};
