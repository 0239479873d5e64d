import { randomUUID } from 'node:crypto';
import { Temporal } from 'temporal-polyfill';
import type { Chat, Message, Person } from '../src/message.ts';
import type { Cause, Log } from '../src/ports.ts';

export const day = (iso: string) => Temporal.PlainDate.from(iso);
export const zone = 'Asia/Shanghai';

/** A moment of Shanghai's day: `at('2026-11-23 09:00')`. */
export const at = (local: string) =>
  Temporal.PlainDateTime.from(local.replace(' ', 'T')).toZonedDateTime(zone).toInstant();

export const group: Chat = { platform: 'playground', id: 'g1', kind: 'group' };
export const direct = (person: Person): Chat => ({ platform: 'playground', id: person.id, kind: 'direct' });
export const wang: Person = { id: 'wang', name: '王一' };
export const li: Person = { id: 'li', name: '李二' };

/** Monday 23 November 2026, 09:00: an ordinary workday. */
export const monday = '2026-11-23 09:00';

/** Something Wang says in the group, each time under a new id. */
export const say = (text: string, over: Partial<Message> = {}): Message => ({
  id: randomUUID(),
  platform: 'playground',
  chat: group,
  sender: wang,
  text,
  addressed: over.chat?.kind === 'direct',
  mentions: [],
  files: [],
  at: at(monday),
  ...over,
});

export const cause = (by = 'playground:wang', over: Partial<Cause> = {}): Cause => ({
  message: randomUUID(),
  by,
  at: at(monday),
  ...over,
});

/** A log that keeps its errors, so that a test can ask for them. */
export const ledger = () => {
  const errors: object[] = [];
  const log: Log = {
    debug() {},
    info() {},
    warn() {},
    error: (fields) => void errors.push(fields),
    child: () => log,
  };
  return { log, errors };
};
