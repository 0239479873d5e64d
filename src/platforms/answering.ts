import { PlatformError, Unconfirmed, within } from '../errors.ts';
import type { Translate } from '../i18n.ts';
import { type Chat, chatKey, type Message, memberId, type Reply, text } from '../message.ts';
import type { Answered, Clock, Log, Outbox, Post, ReplyLeases } from '../ports.ts';
import { type Later, receipts } from './receipts.ts';

export type AnsweringDeps = {
  readonly leases: ReplyLeases;
  readonly outbox: Outbox;
  /** Told of each reply that the platform refused for good. */
  readonly onRefused: (post: Post, code: string) => Promise<void>;
  readonly now: Clock;
  readonly t: Translate;
  readonly log: Log;
  /**
   * Where the platform delivers nothing again once it is acknowledged: waits so many ms for a lease that another holds,
   * since who holds it may have died.
   */
  readonly wait?: (ms: number) => Promise<void>;
  readonly later?: Later;
  /** An app writes to people, who then need not have opened a chat. */
  readonly hasApp?: boolean;
};

/** Posts into the message's own chat or another; `id` names the post whoever makes it. Throws PlatformError. */
export type PostReply = (chat: Chat, reply: Reply, id: string) => Promise<void>;

const timer: Later = (ms, run) => {
  const set = setTimeout(run, ms);
  return () => clearTimeout(set);
};

/** After this nobody waits for the answer any more. */
const KEEP = { hours: 24 };
/** So long the lease is waited for before the command runs: a store that is away keeps nobody waiting twice. */
const CLAIM_MS = 500;
/** How often, and how many times, a lease is asked for that another holds: longer than the 10 s that one lasts. */
const BUSY_MS = 1_000;
const MOST_CLAIMS = 12;

/**
 * For platforms where an answer is a post of its own: posts what `ask` answers, each part once, however often the
 * message is delivered; null is answered where nothing is confirmed and the platform will deliver again. What was
 * answered is not asked again: a refusal is remembered nowhere else, and who was refused then may be allowed by now.
 * What the platform certainly did not take goes to the outbox, but the receipts of a full group, which become one line;
 * what it may have taken is not posted again. Never rejects.
 */
export const answering = (deps: AnsweringDeps) => {
  const { leases, outbox, onRefused, now, t, log, wait, later = timer, hasApp = false } = deps;
  /** Redis gone: better said twice than not at all. */
  const claim = (id: string) =>
    leases.claim(id).catch((error: unknown) => {
      log.warn({ err: error, id }, 'reply lease not confirmed');
      return 'go' as const;
    });

  /** Whether it is ours to post, given the first claim of it. */
  const isOurs = async (id: string, first: ReturnType<typeof claim>): Promise<boolean> => {
    let right = await first;
    for (let claims = 1; wait && right === 'busy' && claims < MOST_CLAIMS; claims += 1) {
      await wait(BUSY_MS);
      right = await claim(id);
    }
    return right === 'go';
  };

  const giveBack = (id: string) =>
    leases.giveBack(id).catch((error: unknown) => log.warn({ err: error, id }, 'reply lease not given back'));

  const sent = (id: string) =>
    leases.sent(id).catch((error: unknown) => log.warn({ err: error, id }, 'sent reply not recorded'));

  const asPost = ({ chat, reply }: Answered, id: string): Post => {
    const notBefore = now();
    return { id, chat, reply, delivery: 'atMostOnce', notBefore, expiresAt: notBefore.add(KEEP), source: null };
  };

  const merged = receipts({
    ...{ t, log, later },
    keep: (chat, reply, id) => outbox.enqueue([asPost({ chat, reply }, id)]),
    settled: async (ids) => void (await Promise.all(ids.map(sent))),
  });

  /** Hands one reply over, and says what became of it. */
  const deliver = async (post: PostReply, answer: Answered, id: string): Promise<'done' | 'refused'> => {
    const receipt = answer.isReceipt && answer.chat.kind === 'group' ? { ...answer, id, say: post } : null;
    // Those that wait are said first, and take whatever room there is.
    if (receipt && merged.isFull(answer.chat)) {
      merged.add(receipt, 0);
      return 'done';
    }
    let outcome: PlatformError['outcome'] | 'taken' = 'taken';
    let code = '';
    try {
      await post(answer.chat, answer.reply, id);
    } catch (error) {
      const said = error instanceof PlatformError ? error : null;
      outcome = said?.outcome ?? 'unknown';
      code = String(said?.code ?? '');
      // No failure: there will be room.
      const waitMs = outcome === 'retry' ? (said?.waitMs ?? null) : null;
      if (receipt && waitMs !== null) {
        merged.add(receipt, waitMs);
        return 'done';
      }
      // That a person cannot be written to is ordinary; the group is told.
      const level = outcome === 'refused' && answer.chat.kind === 'group' ? 'error' : 'warn';
      if (waitMs !== null) log.info({ id, waitMs, code }, 'reply waits for room');
      else log[level]({ err: error, id, outcome }, 'reply not confirmed by the platform');
    }
    if (outcome === 'retry') await outbox.enqueue([asPost(answer, id)]);
    await sent(id);
    if (outcome !== 'refused') return 'done';
    await onRefused(asPost(answer, id), code).catch((error: unknown) =>
      log.warn({ err: error, id }, 'refusal not noted'),
    );
    return 'refused';
  };

  const turns = new Map<string, Promise<unknown>>();

  /** What `mine` gives, after the earlier messages of the same person have come so far: they are asked in order. */
  const inTurn = async <Value>(message: Message, mine: Promise<Value>): Promise<Value> => {
    const who = memberId(message.platform, message.sender);
    const turn = Promise.all([turns.get(who), mine]);
    turns.set(who, turn);
    await turn;
    if (turns.get(who) === turn) turns.delete(who);
    return mine;
  };

  const answerOne = async (
    message: Message,
    ask: () => Promise<readonly Answered[] | null>,
    post: PostReply,
  ): Promise<void> => {
    const id = replyId(message);
    const here = message.chat;
    const mayPost = claim(id);
    if (
      (await inTurn(
        message,
        within(mayPost, CLAIM_MS).catch(() => null),
      )) === 'sent'
    )
      return;
    try {
      const answers = await ask();
      if (answers === null) {
        if ((await mayPost) === 'go') await giveBack(id);
        return;
      }
      const own = answers.filter(({ chat }) => chatKey(chat) === chatKey(here));
      const elsewhere = answers.filter(({ chat }) => chatKey(chat) !== chatKey(here));

      // First the private part: the line in the group says that it was sent.
      let isReached = true;
      for (const answer of elsewhere) {
        const theirs = `${id}/${chatKey(answer.chat)}`;
        if (await isOurs(theirs, claim(theirs)))
          isReached = (await deliver(post, answer, theirs)) === 'done' && isReached;
      }
      if (!(await isOurs(id, mayPost))) return;
      const reply = isReached
        ? own.flatMap(({ reply }) => reply)
        : text(t(hasApp ? 'reply.cannot-write-app' : 'reply.cannot-write-privately'));
      const isReceipt = isReached && own.every((answer) => answer.isReceipt);
      if (reply.length > 0) await deliver(post, { chat: here, reply, ...(isReceipt && { isReceipt }) }, id);
    } catch (error) {
      if (!(error instanceof Unconfirmed)) log.error({ err: error, id }, 'message not answered');
      if ((await mayPost) !== 'go') return;
      // Not recorded as sent: a later delivery of the same message may still bring the true answer.
      await post(here, text(t('error.unconfirmed')), `${id}/unconfirmed`).catch((error: unknown) => {
        log.error({ err: error, id }, 'could not even say that nothing is confirmed');
      });
    }
  };

  /** What waits for room in its chat goes to the outbox. */
  return Object.assign(answerOne, { stop: merged.stop });
};

/** One name for the answer to a message, in the leases and in the outbox. */
const replyId = ({ chat, id }: Message) => `reply/${chatKey(chat)}/${id}`;
