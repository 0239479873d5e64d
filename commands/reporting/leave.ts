import { z } from 'zod';
import { type CommandContext, defineCommand, MOST_TYPED } from '../../src/command.ts';
import { compareDays, type Day } from '../../src/domain/calendar.ts';
import { leadingSpan, MAX_LEAVE_DAYS } from '../../src/domain/dates.ts';
import { isPartOfDay, joinedUp, judgeLeave, LONGEST_REASON } from '../../src/domain/leaving.ts';
import { cleanName } from '../../src/domain/names.ts';
import { fullLabel } from '../../src/domain/people.ts';
import { settingsOf } from '../../src/domain/settings.ts';
import { characters } from '../../src/domain/visible.ts';
import { UserError } from '../../src/errors.ts';
import { type Reply, text } from '../../src/message.ts';
import { dayName } from '../../src/wording/day.ts';
import { unlessRefused } from '../../src/wording/refusals.ts';
import { whoseLeave } from '../../src/wording/whose-leave.ts';

/** `/请假 11-25 至 11-27 出差` for oneself; the coordinator for others: `/请假 @张三 11-25`. Nothing is owed then. */
export const leave = defineCommand({
  name: '请假',
  aliases: ['leave'],
  help: { line: 'help.leave', examples: 'help.leave.examples' },
  args: z.string().max(MOST_TYPED, 'command.too-long').transform(cleanName),

  async run(body, context) {
    const { me, reports, directory, calendar, cause, today, t } = context;
    if (body === '') return { privately: await shown(context) };
    const { person, said } = await whoseLeave(body, context);
    const unit = person.unit ? await directory.unit(person.unit) : null;
    if (!unit) throw new UserError(person.id === me ? 'unit.none' : 'leave.not-yours');

    const { from, to, reason } = spanIn(said, today);
    const rules = { today, calendar, reach: settingsOf(unit).lateWorkdays };
    const { workdays, provisional } = unlessRefused(judgeLeave({ from, to }, rules), (rule) => `leave.${rule}`, t);
    const { added } = await reports.leave(unit.id, person.id, { from, to, reason }, cause);

    const isSelf = person.id === me;
    const values = { self: isSelf ? 'yes' : 'no', who: isSelf ? '' : (person.name ?? fullLabel(person)), workdays };
    const line = t(added ? 'leave.added' : 'leave.same', { ...values, span: spanName(from, to, context) });
    return text(provisional === null ? line : line + t('leave.provisional', { year: provisional }));
  },
});

/** The days and the reason, or the sentence that says how to write them. */
const spanIn = (said: string, today: Day) => {
  const span = leadingSpan(said, today, 'future');
  if (isPartOfDay('problem' in span ? said : span.rest)) throw new UserError('leave.part-of-day');
  if ('problem' in span) throw new UserError(`leave.${span.problem}`, { maximum: MAX_LEAVE_DAYS });
  const reason = cleanName(span.rest);
  if (characters(reason) > LONGEST_REASON) throw new UserError('leave.reason-too-long', { maximum: LONGEST_REASON });
  return { from: span.from, to: span.to, reason };
};

const spanName = (from: Day, to: Day, { today, t }: CommandContext): string => {
  const first = dayName(from, today, t);
  return compareDays(from, to) === 0 ? first : t('leave.span', { from: first, to: dayName(to, today, t) });
};

/** One's own leave that is not over yet, and how to take some. */
const shown = async (context: CommandContext): Promise<Reply> => {
  const { me, unit, reports, today, t } = context;
  const all = unit ? ((await reports.period(unit.id, today, today)).leave.get(me) ?? []) : [];
  const ahead = joinedUp(all).filter(({ to }) => compareDays(to, today) >= 0);
  if (ahead.length === 0) return text(t('leave.none'));
  const items = ahead.map(({ from, to, reason }) => `${spanName(from, to, context)} ${reason}`.trim());
  return [
    { kind: 'text', text: t('leave.ahead') },
    { kind: 'list', items },
    { kind: 'text', text: t('leave.examples') },
  ];
};
