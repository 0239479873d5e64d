import { randomUUID } from 'node:crypto';
import { Unconfirmed, UserError } from '../../errors.ts';
import { type Block, type Chat, chatKey, type Message } from '../../message.ts';
import type { Clock, Directory, Line, Playground, Receive, Transcript } from '../../ports.ts';
import { fileUrl, type Shelf } from './files.ts';
import { readMentions } from './mentions.ts';
import { persons } from './people.ts';
import type { Gallery } from './pictures.ts';

/** After this the person is told that nothing is confirmed: within five seconds of asking. */
const DEADLINE_MS = 4_500;
/** So long the transcript is asked again; the inbox has a patience of its own. */
const PATIENCE_MS = 2_000;
const PAUSE_MS = 100;
/** Somebody waits: what is not drawn by then is said in words alone. */
const PICTURE_MS = 2_000;

type Said = Parameters<Playground['say']>[0];

type Deps = {
  receive: Receive;
  directory: Pick<Directory, 'member' | 'everybody'>;
  transcript: Pick<Transcript, 'record' | 'recall'>;
  shelf: Pick<Shelf, 'get'>;
  gallery: Pick<Gallery, 'illustrated'>;
  now: Clock;
  botName: string;
  /** Told of every line that is new. */
  publish(line: Line): void;
  realNow: Clock;
  wait(ms: number): Promise<void>;
};

/**
 * Says something in the playground and gives all lines that came of it: the person's, then the bot's. Repeats get the
 * lines of the first time, also while that one is still being answered. Throws Unconfirmed within five seconds.
 */
export const talk = (deps: Deps) => {
  const { receive, directory, transcript, shelf, gallery, now, botName, publish, realNow, wait } = deps;
  const inHand = new Map<string, Promise<readonly Line[]>>();

  const patiently = async <Value>(attempt: () => Promise<Value>): Promise<Value> => {
    const giveUpAt = realNow().epochMilliseconds + PATIENCE_MS;
    for (;;) {
      try {
        return await attempt();
      } catch (error) {
        if (!(error instanceof Unconfirmed) || realNow().epochMilliseconds >= giveUpAt) throw error;
        await wait(PAUSE_MS);
      }
    }
  };

  const read = async (said: Said, chat: Chat, id: string): Promise<Message> => {
    const typed = said.text.toWellFormed();
    const [member, people, files] = await Promise.all([
      directory.member(`playground:${said.sender}`),
      /[@＠]/u.test(typed) ? directory.everybody().then(persons) : [],
      Promise.all(said.files.map((file) => fileOf(file, shelf))),
    ]);
    const { text, addressed, mentions } = readMentions(typed, botName, people);
    return {
      id,
      platform: 'playground',
      chat,
      sender: member?.name ? { id: said.sender, name: member.name } : { id: said.sender },
      text,
      addressed: addressed || chat.kind === 'direct',
      mentions,
      files,
      at: now(),
    };
  };

  const answer = async (said: Said, chat: Chat, id: string): Promise<readonly Line[]> => {
    const kept = keptUnder(chat, id);
    const before = said.id === null ? null : await patiently(() => transcript.recall(kept));
    if (before) return before;

    const message = await patiently(() => read(said, chat, id));
    const answers = await Promise.all(
      (await receive(message)).map(async ({ chat, reply }) => ({
        chat,
        reply: await gallery.illustrated(reply, PICTURE_MS),
      })),
    );
    const lines = [
      { id, at: message.at, chat, from: message.sender, said: spoken(said, message), source: null },
      ...answers.map(({ chat, reply }) => ({ id, at: message.at, chat, from: null, said: reply, source: null })),
    ];
    const { fresh, lines: recorded } = await patiently(() => transcript.record(kept, lines));
    if (fresh) for (const line of recorded) publish(line);
    return recorded;
  };

  return async (said: Said): Promise<readonly Line[]> => {
    const id = said.id ?? randomUUID();
    const chat = await patiently(() => chatOf(said, directory));
    const turn = keptUnder(chat, id);
    const answered = inHand.get(turn) ?? answer(said, chat, id).finally(() => inHand.delete(turn));
    inHand.set(turn, answered);
    return withDeadline(answered);
  };
};

const keptUnder = (chat: Chat, id: string): string => `m\n${chatKey(chat)}\n${id}`;

/** A person's own id names the direct chat; anything that is nobody's id names a group, bound or not. */
const chatOf = async ({ chat, sender }: Said, directory: Pick<Directory, 'member'>): Promise<Chat> => {
  if (chat === sender) return { platform: 'playground', id: chat, kind: 'direct' };
  if (await directory.member(`playground:${chat}`)) throw new UserError('playground.not-your-chat');
  return { platform: 'playground', id: chat, kind: 'group' };
};

const fileOf = async (file: string, shelf: Pick<Shelf, 'get'>) => {
  const found = await shelf.get(file);
  if (!found) throw new UserError('playground.file-unknown', { file });
  return found;
};

/** The conversation need not show more of a text than anybody reads; the bot itself was given all of it. */
const MOST_SHOWN = 4_000;

const spoken = ({ text, files }: Said, message: Message): readonly Block[] => [
  { kind: 'text', text: (text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text).toWellFormed() },
  ...message.files.map(({ name }, i) => ({ kind: 'file' as const, name, url: fileUrl(files[i] ?? '') })),
];

const withDeadline = async <Value>(work: Promise<Value>): Promise<Value> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Unconfirmed('no answer in time')), DEADLINE_MS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
};
