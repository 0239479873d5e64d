import type { Day } from '../domain/calendar.ts';
import { type LeadingSpan, leadingSpan } from '../domain/dates.ts';
import { MAX_DUTY_DAYS } from '../domain/duty.ts';
import { echoed } from '../domain/names.ts';
import { type Member, newcomer, type Unit } from '../domain/organisation.ts';
import { peopleNamed, withoutMention } from '../domain/people.ts';
import { holds } from '../domain/roles.ts';
import { UserError } from '../errors.ts';
import type { Translate } from '../i18n.ts';
import { type MemberId, type Message, memberId } from '../message.ts';
import type { Directory } from '../ports.ts';
import { onlyOne } from './people.ts';

type Asking = {
  readonly message: Message;
  readonly me: MemberId;
  readonly member: Member | null;
  readonly today: Day;
  readonly directory: Directory;
  readonly t: Translate;
};

/**
 * Whose leave `body` is about, and what it says without that person: oneself, or somebody whose unit's coordinator one
 * is.
 */
export const whoseLeave = async (
  body: string,
  asking: Asking,
): Promise<{ readonly person: Member; readonly said: string }> => {
  const { message, me, member, today } = asking;
  const self = { person: member ?? newcomer(me, null), said: body };
  const [mentioned, another] = message.mentions;
  if (another) throw new UserError('leave.one-at-a-time');
  const span = leadingSpan(body, today, 'future');
  // 周一凡 begins like a Monday: a whole word that is a colleague's name is that.
  const [named = ''] = body.trim().split(/\s+/u);
  const isNamed = !mentioned && !isDays(named, today) && (await isColleague(named, asking));
  if (!mentioned && !isNamed && !('problem' in span)) {
    await refuseNameBehind(span.rest, asking);
    return self;
  }

  const [first = '', ...rest] = body.trim().split(/\s+/u);
  const person = mentioned
    ? await known(memberId(message.platform, mentioned), asking)
    : await colleague(first, asking);
  if (!person) return self;
  const isMine = person.id === me || (person.unit !== null && holds(member, 'coordinator', person.unit));
  if (!isMine) throw new UserError('leave.not-yours');
  return { person, said: mentioned ? withoutMention(body, mentioned) : rest.join(' ') };
};

/** Whether the word is nothing but days. */
const isDays = (word: string, today: Day): boolean => {
  const span = leadingSpan(word, today, 'future');
  return !('problem' in span) && span.rest === '';
};

const isColleague = async (word: string, asking: Asking): Promise<boolean> =>
  asking.member?.roles.some(({ role }) => role === 'coordinator') === true &&
  !/^\d/u.test(word) &&
  (await colleague(word, asking)) !== null;

/** `明天 张三` from a coordinator is about Zhang; nobody gives a colleague for a reason. */
const refuseNameBehind = async (reason: string, asking: Asking): Promise<void> => {
  const words = reason.trim();
  if (words === '' || !asking.member?.roles.some(({ role }) => role === 'coordinator')) return;
  const person = await colleague(words, asking);
  if (person && person.id !== asking.me) throw new UserError('leave.name-first', { who: person.name ?? words });
};

const known = async (id: MemberId, { directory }: Asking): Promise<Member> =>
  (await directory.member(id)) ?? newcomer(id, null);

/** Somebody of one's own unit, or of one whose coordinator one is; null when the word is no name there. */
const colleague = async (word: string, { message, member, directory, t }: Asking): Promise<Member | null> => {
  const units = (await directory.units()).filter(({ id }) => id === member?.unit || holds(member, 'coordinator', id));
  const members = (await Promise.all(units.map(({ id }) => directory.membersOf(id)))).flat();
  const found = peopleNamed(word, message.platform, members);
  if (found.length === 0 && /^[@＠]/.test(word))
    throw new UserError('person.unknown', { words: echoed(word.slice(1)) });
  return found.length === 0 ? null : onlyOne(found, word, { units, t });
};

/** Why the days of a duty cannot be read. */
export const dutyProblem = (problem: Extract<LeadingSpan, { readonly problem: string }>['problem']): UserError =>
  problem === 'ends-before-start' || problem === 'not-one-span'
    ? new UserError(`leave.${problem}`)
    : new UserError(`duty.${problem}`, { maximum: MAX_DUTY_DAYS });

/** Who is to be on duty, and what `body` says of the days: `10-01 @张三`, `张三 10-1至10-3`, `10-1 张三`. */
export const whoseDuty = async (
  body: string,
  units: readonly Unit[],
  asking: Asking,
): Promise<{ readonly person: Member; readonly days: string }> => {
  const { message, directory, today, t } = asking;
  const [mentioned, another] = message.mentions;
  if (another) throw new UserError('leave.one-at-a-time');
  if (mentioned) {
    const person = await known(memberId(message.platform, mentioned), asking);
    return { person, days: withoutMention(body, mentioned) };
  }
  const members = (await Promise.all(units.map(({ id }) => directory.membersOf(id)))).flat();
  const words = body.trim().split(/\s+/u);
  const at = words.findIndex((word) => !isDays(word, today) && peopleNamed(word, message.platform, members).length > 0);
  if (at >= 0) {
    const found = peopleNamed(words[at] ?? '', message.platform, members);
    return { person: onlyOne(found, words[at] ?? '', { units, t }), days: words.toSpliced(at, 1).join(' ') };
  }
  const span = leadingSpan(body, today, 'future');
  const [first = '', ...rest] = words;
  if ('problem' in span && span.problem !== 'no-date') throw dutyProblem(span.problem);
  const named = 'problem' in span ? first : span.rest.trim();
  if (named === '') throw new UserError('duty.who');
  const found = peopleNamed(named, message.platform, members);
  return { person: onlyOne(found, named, { units, t }), days: 'problem' in span ? rest.join(' ') : body };
};
