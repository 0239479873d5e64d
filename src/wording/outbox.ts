/** What is said about posts that failed for good, and about those that wait: never their contents. */
import type { Temporal } from 'temporal-polyfill';
import { unitLabel } from '../domain/organisation.ts';
import { codeMeaning, isPlatformCode } from '../domain/send-codes.ts';
import { UserError } from '../errors.ts';
import { isMessageKey, type Translate } from '../i18n.ts';
import { type Chat, chatKey, memberId } from '../message.ts';
import type { DeadLetter, Directory, WaitingChat } from '../ports.ts';
import { dayName } from './day.ts';
import { amongColleagues } from './people.ts';

/** As people read the clock: in the organisation's time zone. */
type Seen = { readonly now: Temporal.ZonedDateTime; readonly nameOf: (chat: Chat) => string };

/** How the chats are called: a group by the unit bound to it, a direct chat by its person, else by their ids. */
export const chatNames = async (
  chats: readonly Chat[],
  directory: Pick<Directory, 'unitOfChat' | 'units' | 'member' | 'membersOf'>,
  t: Translate,
): Promise<Seen['nameOf']> => {
  const units = await directory.units();
  const known = [...new Map(chats.map((chat) => [chatKey(chat), chat]))];
  const names = await Promise.all(
    known.map(async ([key, chat]) => {
      if (chat.kind === 'group') {
        const unit = await directory.unitOfChat(chat);
        return [key, t('outbox.group', { name: unit ? unitLabel(units, unit) : chat.id })] as const;
      }
      const person = await directory.member(memberId(chat.platform, chat));
      return [key, person ? await amongColleagues(person, directory) : chat.id] as const;
    }),
  );
  const byKey = new Map(names);
  return (chat) => byKey.get(chatKey(chat)) ?? chat.id;
};

/** Sent again it may stand in its chat twice, and posts of its kind must not. */
export const mayStand = ({ state, delivery }: DeadLetter): boolean => state === 'unknown' && delivery === 'atMostOnce';

/** `3. 11月23日（周一）17:00 提醒还没报的人 → 王一：…`. */
export const letterLine = (letter: DeadLetter, { now, nameOf }: Seen, t: Translate): string =>
  t('outbox.line', {
    number: letter.number,
    when: momentName(letter.due, now, t),
    kind: kindName(letter.source?.job, t),
    chat: nameOf(letter.chat),
    why: t('outbox.why', { state: letter.state, why: reason(letter, t) }),
  });

export const waitingLine = ({ chat, posts, due, attempts, code }: WaitingChat, { now, nameOf }: Seen, t: Translate) => {
  const said = { chat: nameOf(chat), posts };
  if (code === '') return t('outbox.waits', { ...said, when: momentName(due, now, t) });
  // What only waits for room was not attempted.
  return t(attempts === 0 ? 'outbox.waits-room' : 'outbox.waits-again', {
    ...said,
    attempts,
    why: reason({ chat, code }, t),
  });
};

/** In plain words; a platform's own code beside them, so that its manual can be searched for it. */
const reason = ({ chat, code }: Pick<DeadLetter, 'chat' | 'code'>, t: Translate): string => {
  const meaning = codeMeaning(code);
  const key = `outbox.code.${meaning === 'no-chat' && chat.kind === 'direct' ? 'never-opened' : meaning}`;
  const words = isMessageKey(key) ? t(key) : code;
  return isPlatformCode(code) ? t('outbox.with-code', { words, code }) : words;
};

const kindName = (job: string | undefined, t: Translate): string => {
  if (job === undefined) return t('outbox.reply');
  const key = `playground.job.${job}`;
  return isMessageKey(key) ? t(key) : job;
};

const momentName = (at: Temporal.Instant, now: Temporal.ZonedDateTime, t: Translate): string => {
  const local = at.toZonedDateTimeISO(now.timeZoneId);
  const time = local.toPlainTime().toString({ smallestUnit: 'minute' });
  return t('outbox.when', { day: dayName(local.toPlainDate(), now.toPlainDate(), t), time });
};

/** Which of `letters` are sent again when somebody says so; throws the UserError that says what to say instead. */
export const chosen = (
  letters: readonly DeadLetter[],
  { which, isConfirmed }: { readonly which: 'all' | readonly number[]; readonly isConfirmed: boolean },
  t: Translate,
): { readonly again: readonly DeadLetter[]; readonly doubtful: number } => {
  if (letters.length === 0) throw new UserError('outbox.nothing');
  const meant = which === 'all' ? letters : letters.filter(({ number }) => which.includes(number));
  const doubtful = isConfirmed ? [] : meant.filter(mayStand);
  if (which !== 'all') {
    const missing = which.filter((number) => !letters.some((letter) => letter.number === number));
    if (missing.length > 0) throw new UserError('outbox.no-such', { numbers: numbersOf(missing, t) });
    if (which.length === 0) throw new UserError('outbox.which');
    const said = numbersOf(
      doubtful.map(({ number }) => number),
      t,
    );
    if (doubtful.length > 0) throw new UserError('outbox.may-stand', { numbers: said, which: numbersOf(which, t) });
  }
  const again = meant.filter((letter) => !doubtful.includes(letter));
  if (again.length === 0) throw new UserError('outbox.all-may-stand', { count: doubtful.length });
  return { again, doubtful: doubtful.length };
};

export const numbersOf = (numbers: readonly number[], t: Translate): string => numbers.join(t('list.and'));
