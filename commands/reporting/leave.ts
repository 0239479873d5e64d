import { z } from 'zod';
import { type CommandContext, defineCommand, MOST_TYPED } from '../../src/command.ts';
import { compareDays, type Day } from '../../src/domain/calendar.ts';
import { leadingSpan, MAX_LEAVE_DAYS } from '../../src/domain/dates.ts';
import { type Absences, decidersOf, waitingFor, withRequest } from '../../src/domain/leave-request.ts';
import { asksForRequests, readAnswer, readLeave } from '../../src/domain/leave-text.ts';
import { isTaken, joinedUp, judgeLeave, type Leave, LONGEST_REASON, withLeave } from '../../src/domain/leaving.ts';
import { cleanName } from '../../src/domain/names.ts';
import type { Member, Unit } from '../../src/domain/organisation.ts';
import { labels } from '../../src/domain/people.ts';
import { settingsOf } from '../../src/domain/settings.ts';
import { characters } from '../../src/domain/visible.ts';
import { UserError } from '../../src/errors.ts';
import { type Reply, text } from '../../src/message.ts';
import { leaveDays, leaveLine } from '../../src/wording/leave.ts';
import { answerRequest, requestReply, requestsReply, waitingNote } from '../../src/wording/leave-requests.ts';
import { amongColleagues } from '../../src/wording/people.ts';
import { unlessRefused } from '../../src/wording/refusals.ts';
import { whoseLeave } from '../../src/wording/whose-leave.ts';

/**
 * `/请假 11-25 至 11-27 出差` for oneself; the coordinator for others: `/请假 @张三 11-25`. Nothing is owed then. Where the
 * unit wants leave approved, one's own waits for the coordinator's `/请假 批准 3`.
 */
export const leave = defineCommand({
  name: '请假',
  aliases: ['leave'],
  help: { line: 'help.leave', examples: 'help.leave.examples' },
  args: z.string().max(MOST_TYPED, 'command.too-long').transform(cleanName),

  async run(body, context) {
    if (body === '') return { privately: await shown(context) };
    if (asksForRequests(body)) return { privately: await requestsReply(context) };
    const answer = readAnswer(body);
    // Whose leave is granted, and why not, is not for the group.
    if (answer) return { privately: text(await answerRequest(answer, context)) };
    const { person, said } = await whoseLeave(body, context);
    const unit = person.unit ? await context.directory.unit(person.unit) : null;
    if (!unit) throw new UserError(person.id === context.me ? 'unit.none' : 'leave.not-yours');
    return take(leaveIn(said, context.today), person, unit, context);
  },
});

/** The days and the reason, or the sentence that says how to write them. */
const leaveIn = (said: string, today: Day): Leave => {
  const read = readLeave(said, today);
  if ('problem' in read) throw new UserError(`leave.${read.problem}`, { maximum: MAX_LEAVE_DAYS });
  const reason = cleanName(read.reason);
  const more = leadingSpan(reason, today, 'future');
  if (!('problem' in more) && more.rest === '') throw new UserError('leave.one-span', { text: reason });
  if (characters(reason) > LONGEST_REASON) throw new UserError('leave.reason-too-long', { maximum: LONGEST_REASON });
  return { ...read, reason };
};

type Taken = {
  readonly outcome: keyof typeof outcomeKeys;
  readonly number: number;
  readonly names: string;
  /** How many of those who decide can be written to. */
  readonly told: number;
  readonly overlaps: number;
};

const take = async (asked: Leave, person: Member, unit: Unit, context: CommandContext): Promise<Reply> => {
  const { me, reports, directory, calendar, cause, today, t } = context;
  const { lateWorkdays: reach, leaveApproval } = settingsOf(unit);
  const judged = unlessRefused(judgeLeave(asked, { today, calendar, reach }), (rule) => `leave.${rule}`, t);
  const isSelf = person.id === me;
  const who = await amongColleagues(person, directory);
  const deciders = isSelf && leaveApproval === 'on' ? decidersOf(await directory.officers(), unit, me) : [];

  const facts = await reports.absences(
    unit.id,
    person.id,
    deciders.length > 0 ? 'ask-leave' : 'leave',
    ({ leave, requests, next }): { readonly to?: Partial<Absences>; readonly facts: Taken } => {
      const said = { number: 0, names: '', told: 0, overlaps: overlapOf(asked, leave, calendar.isWorkday) };
      if (isTaken(asked, leave)) return { facts: { ...said, outcome: 'same' } };
      if (deciders.length === 0)
        return { to: { leave: withLeave(leave, asked) }, facts: { ...said, outcome: 'added' } };
      const waiting = waitingFor(asked, requests);
      if (waiting) return { facts: { ...said, outcome: 'waiting', number: waiting.number } };
      const request = { ...asked, number: next, state: 'asked' as const, why: '', settledBy: '' };
      const told = deciders.filter(({ unreachable }) => !unreachable).length;
      const names = [...labels(deciders).values()].join(t('list.and'));
      return {
        to: { requests: withRequest(requests, request) },
        facts: { ...said, outcome: 'asked', number: next, names, told },
      };
    },
    cause,
  );
  if (facts.outcome === 'asked') {
    const told = deciders.map((to) => ({
      to,
      unit: unit.id,
      reply: requestReply(who, unit, asked, facts.number, context),
    }));
    await context.tell('leave-request', told);
  }
  const half = asked.part === null ? 'no' : 'yes';
  const values = { ...facts, self: isSelf ? 'yes' : 'no', who: isSelf ? '' : who, workdays: judged.workdays, half };
  return text(
    t(outcomeKeys[facts.outcome], { ...values, span: leaveDays(asked, today, t) }) +
      (facts.outcome !== 'same' && facts.overlaps > 0 ? t('leave.overlaps', values) : '') +
      (judged.provisional === null ? '' : t('leave.provisional', { year: judged.provisional })),
  );
};

const outcomeKeys = {
  added: 'leave.added',
  same: 'leave.same',
  asked: 'leave.asked',
  waiting: 'leave.waiting',
} as const;

/** How many workdays of the span were on leave before. */
const overlapOf = (span: Leave, leave: readonly Leave[], isWorkday: (day: Day) => boolean): number => {
  let count = 0;
  for (let day = span.from; compareDays(day, span.to) <= 0; day = day.add({ days: 1 })) {
    if (isWorkday(day) && isTaken({ ...span, from: day, to: day }, leave)) count += 1;
  }
  return count;
};

/** One's own leave that is not over yet, what waits for an answer, and how to take some. */
const shown = async (context: CommandContext): Promise<Reply> => {
  const { me, unit, reports, today, t } = context;
  const others = await waitingNote(context);
  const [all = [], requests = []] = unit
    ? [(await reports.period(unit.id, today, today)).leave.get(me), (await reports.leaveRequests(unit.id)).get(me)]
    : [];
  const ahead = joinedUp(all).filter(({ to }) => compareDays(to, today) >= 0);
  const waiting = requests.filter(({ state }) => state === 'asked');
  if (ahead.length + waiting.length === 0) return [...text(t('leave.none')), ...others];
  const items = [
    ...ahead.map((one) => leaveLine(one, today, t)),
    ...waiting.map((one) => t('leave.waits', { number: one.number, leave: leaveLine(one, today, t) })),
  ];
  return [
    { kind: 'text', text: t('leave.ahead') },
    { kind: 'list', items },
    { kind: 'text', text: t('leave.examples') },
    ...others,
  ];
};
