import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { type CommandContext, defineCommand, MOST_TYPED } from '../../src/command.ts';
import type { Day } from '../../src/domain/calendar.ts';
import { MAX_LEAVE_DAYS } from '../../src/domain/dates.ts';
import { endLeave } from '../../src/domain/leave-end.ts';
import { readLeave } from '../../src/domain/leave-text.ts';
import { cleanName } from '../../src/domain/names.ts';
import { isOver } from '../../src/domain/owing.ts';
import { settingsOf } from '../../src/domain/settings.ts';
import { UserError } from '../../src/errors.ts';
import { text } from '../../src/message.ts';
import { leaveDays } from '../../src/wording/leave.ts';
import { amongColleagues } from '../../src/wording/people.ts';
import { unlessRefused } from '../../src/wording/refusals.ts';
import { whoseLeave } from '../../src/wording/whose-leave.ts';

/** `/销假` ends leave from today on, `/销假 11-26` from that day on; the coordinator for others: `/销假 @张三`. */
export const back = defineCommand({
  name: '销假',
  aliases: ['cancel-leave', 'back'],
  help: { line: 'help.back', examples: 'help.back.examples' },
  args: z.string().max(MOST_TYPED, 'command.too-long').transform(cleanName),

  async run(body, context) {
    const { me, member, reports, directory, calendar, cause, now, today, t } = context;
    const { person, said } = await whoseLeave(body, context);
    const unit = person.unit ? await directory.unit(person.unit) : null;
    if (!unit)
      throw new UserError(person.id !== me ? 'leave.not-yours' : member?.roles.length ? 'back.whose' : 'unit.none');
    const { lateWorkdays: reach, deadline } = settingsOf(unit);
    const named = said.trim() === '' ? null : daysIn(said, context);

    const facts = await reports.absences(
      unit.id,
      person.id,
      'back',
      (absences) => {
        const ended = endLeave(absences, named, { today, calendar, reach, cause: cause.message });
        const { leave, requests, withdrawn, from, to } = unlessRefused(ended, (rule) => `back.${rule}`, t);
        return { to: { leave, requests }, facts: { from: from.toString(), to: to.toString(), withdrawn } };
      },
      cause,
    );
    const [from, to] = [Temporal.PlainDate.from(facts.from), Temporal.PlainDate.from(facts.to)];
    const isTodayAsked =
      from.equals(today) && calendar.isWorkday(today) && !isOver(today, deadline, now.toPlainDateTime());
    return text(
      t('back.done', {
        self: person.id === me ? 'yes' : 'no',
        who: person.id === me ? '' : await amongColleagues(person, context.directory),
        span: leaveDays({ from, to, part: null }, today, t),
        deadline,
        today: isTodayAsked ? 'yes' : 'no',
        withdrawn: facts.withdrawn,
      }),
    );
  },
});

const daysIn = (said: string, { today }: CommandContext): { readonly from: Day; readonly to: Day } => {
  const read = readLeave(said, today);
  if ('problem' in read)
    throw new UserError(own.has(read.problem) ? (`back.${read.problem}` as 'back.no-date') : `leave.${read.problem}`, {
      maximum: MAX_LEAVE_DAYS,
    });
  return read;
};

/** Said in words of this command. */
const own: ReadonlySet<string> = new Set(['no-date', 'no-such-date']);
