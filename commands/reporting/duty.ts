import { z } from 'zod';
import { type CommandContext, defineCommand, MOST_TYPED } from '../../src/command.ts';
import { countsDays } from '../../src/domain/cadence.ts';
import { compareDays, type Day, daysOf } from '../../src/domain/calendar.ts';
import { leadingSpan } from '../../src/domain/dates.ts';
import { decideDuty, readDuty } from '../../src/domain/duty.ts';
import { unitsDecided } from '../../src/domain/leave-request.ts';
import { cleanName } from '../../src/domain/names.ts';
import type { Member, Unit } from '../../src/domain/organisation.ts';
import { reckoningOf } from '../../src/domain/owing.ts';
import { labels } from '../../src/domain/people.ts';
import { UserError } from '../../src/errors.ts';
import { list, type Reply, text } from '../../src/message.ts';
import { dayName } from '../../src/wording/day.ts';
import { leaveDays } from '../../src/wording/leave.ts';
import { amongColleagues } from '../../src/wording/people.ts';
import { unlessRefused } from '../../src/wording/refusals.ts';
import { dutyProblem, whoseDuty } from '../../src/wording/whose-leave.ts';

/** `/值班 10-01 @张三`: on duty on a day off, and so expected to report; `/值班 取消 10-01 @张三` takes it back. */
export const duty = defineCommand({
  name: '值班',
  aliases: ['duty'],
  help: { line: 'help.duty', examples: 'help.duty.examples' },
  args: z.string().max(MOST_TYPED, 'command.too-long').transform(cleanName),

  async run(body, context) {
    if (body === '') return { privately: await shown(context) };
    const { me, member, reports, directory, calendar, cause, now, today, t } = context;
    const { cancel, said } = readDuty(body);
    const units = unitsDecided(member, await directory.units());
    if (units.length === 0) throw new UserError('duty.not-yours');
    const { person, days } = await whoseDuty(said, units, context);
    const unit = units.find(({ id }) => id === person.unit);
    if (!unit) throw new UserError('duty.not-yours');

    const { from, to } = daysIn(days, today);
    const rules = { ...reckoningOf(unit, calendar, now.toPlainDateTime()), today };
    const facts = await reports.absences(
      unit.id,
      person.id,
      cancel ? 'off-duty' : 'duty',
      (absences) => {
        const decided = decideDuty(absences, { from, to, cancel }, rules);
        const { duty, changed } = unlessRefused(decided, (rule) => `duty.${rule}`, t);
        const count = changed.length;
        return count === 0 ? { facts: { count } } : { to: { duty }, facts: { count } };
      },
      cause,
    );
    const values = {
      who: await amongColleagues(person, context.directory),
      days: leaveDays({ from, to, part: null }, today, t),
      counted: countsDays(rules.cadenceOn(from)) ? 'yes' : 'no',
    };
    if (facts.count === 0) return text(t('duty.same', values));
    const told = text(t(cancel ? 'duty.told-cancelled' : 'duty.told', values));
    if (person.id !== me) await context.tell('duty', [{ to: person, unit: unit.id, reply: told }]);
    return text(t(cancel ? 'duty.cancelled' : 'duty.set', values));
  },
});

const daysIn = (said: string, today: Day) => {
  const span = leadingSpan(said, today, 'future');
  if (!('problem' in span)) return span;
  throw dutyProblem(span.problem);
};

/** A page on a phone. */
const MOST_LINES = 20;

/** Who is on duty from today on: in the units one keeps, else oneself. */
const shown = async (context: CommandContext): Promise<Reply> => {
  const { me, member, unit, directory, today, t } = context;
  const kept = unitsDecided(member, await directory.units());
  const units = kept.length > 0 ? kept : unit ? [unit] : [];
  const lines = (await Promise.all(units.map((each) => linesOf(each, kept.length > 0 ? null : me, context)))).flat();
  if (lines.length === 0) return text(t('duty.none', { keeps: kept.length > 0 ? 'yes' : 'no' }));
  const sorted = lines.toSorted((a, b) => compareDays(a.day, b.day)).slice(0, MOST_LINES);
  const items = sorted.map(({ day, who, of }) => t('duty.line', { day: dayName(day, today, t), who, unit: of }));
  return [{ kind: 'text', text: t('duty.ahead') }, ...list(items)];
};

const linesOf = async (unit: Unit, only: string | null, { directory, reports, today }: CommandContext) => {
  const [people, period] = await Promise.all([directory.membersOf(unit.id), reports.period(unit.id, today, today)]);
  const names = labels(people);
  const ahead = daysOf(today, today.add({ days: 366 }));
  return people
    .filter(({ id }: Member) => only === null || id === only)
    .flatMap(({ id }) =>
      ahead
        .filter((day) => period.duty.get(id)?.has(day.toString()))
        .map((day) => ({ day, who: names.get(id) ?? id, of: unit.name })),
    );
};
