import { randomUUID } from 'node:crypto';
import { afterAll, inject } from 'vitest';
import { commands } from '../commands/index.ts';
import { contextOf } from '../src/context.ts';
import { calendarFrom } from '../src/domain/calendar.ts';
import type { Member, Unit } from '../src/domain/organisation.ts';
import { type Locale, translator } from '../src/i18n.ts';
import { inbox } from '../src/inbox.ts';
import { type Chat, chatKey, type Message, memberId, type Person, plain } from '../src/message.ts';
import type { ReportStore } from '../src/ports.ts';
import { router } from '../src/router.ts';
import { storedBoards } from '../src/store/boards.ts';
import { redisDirectory } from '../src/store/directory.ts';
import { keysIn } from '../src/store/keys.ts';
import { connect } from '../src/store/redis.ts';
import { redisReports } from '../src/store/reports.ts';
import { at, cause, day, group, ledger, monday, say, wang, zone } from './values.ts';

const { log, errors } = ledger();
export const redis = connect(inject('redis'), log);
afterAll(() => redis.disconnect());

export const calendar = calendarFrom();

/**
 * An organisation of its own with real stores behind it. `ask` says something to the bot as a person would type it and
 * gives the answers as plain text, chat by chat.
 */
export const house = (over: { locale?: Locale; reports?: (real: ReportStore) => ReportStore; code?: string } = {}) => {
  const namespace = `t-${randomUUID().slice(0, 8)}`;
  const keys = keysIn(namespace);
  const realNow = () => Date.now();
  const directory = redisDirectory(redis, keys, realNow);
  const stored = redisReports(redis, keys, realNow);
  const reports = over.reports ? over.reports(stored) : stored;
  const boards = storedBoards({ reports, directory, calendar });
  const t = translator(over.locale ?? 'zh-CN');
  const contextFor = contextOf({
    commands,
    reports,
    directory,
    boards,
    calendar,
    zone,
    t,
    claimCode: async () => over.code ?? null,
  });
  const { receive, drain } = inbox({
    contextFor,
    route: router(commands, log),
    realNow,
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  });

  /** What is answered where. */
  const hear = async (line: string | Message) =>
    (await receive(typeof line === 'string' ? say(line) : line)).map(({ chat, reply }) => ({
      chat: chat.id,
      text: plain(reply),
    }));
  /** The first answer's words, or null when the bot stays silent. */
  const ask = async (line: string | Message) => (await hear(line))[0]?.text ?? null;

  /** Makes a unit by hand, without a command; its group is `chats`. */
  const unit = async (name: string, more: Partial<Unit> = {}): Promise<Unit> =>
    directory
      .change(
        'bind',
        [],
        ({ units }) => {
          const made: Unit = { id: `u${units.length + 1}`, name, parent: null, settings: {}, chats: [], ...more };
          return { units: [made], facts: made.id };
        },
        cause('playground:setup'),
      )
      .then(async (id) => (await directory.unit(id)) ?? Promise.reject(new Error('no unit')));

  /** Makes a person a member of `unit` since the Friday before, with roles. */
  const member = (person: Person, of: Unit | null, roles: Member['roles'] = []): Promise<string> => {
    const id = memberId('playground', person);
    const made: Member = {
      id,
      name: person.name ?? null,
      unit: of?.id ?? null,
      since: of ? day('2026-11-20') : null,
      roles,
      unreachable: false,
    };
    return directory.change('join', [id], () => ({ members: [made], facts: id }), cause('playground:setup'));
  };

  /** The usual beginning: 城关镇 with its group `g1` and Wang in it. */
  const town = async (chat: Chat = group) => {
    const made = await unit('城关镇', { chats: [chatKey(chat)] });
    await member(wang, made);
    return made;
  };

  return {
    namespace,
    keys,
    redis,
    log,
    errors,
    directory,
    reports,
    boards,
    receive,
    drain,
    contextFor,
    hear,
    ask,
    unit,
    member,
    town,
    t,
  };
};

export { at, monday };
