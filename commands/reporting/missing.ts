import { z } from 'zod';
import { type CommandContext, defineCommand, MOST_TYPED } from '../../src/command.ts';
import { asksAtAll, cadenceKind, cadenceOn } from '../../src/domain/cadence.ts';
import { previousWorkday } from '../../src/domain/calendar.ts';
import { cleanName, echoed } from '../../src/domain/names.ts';
import { reach, type Unit } from '../../src/domain/organisation.ts';
import {
  isAskedOfAll,
  type MemberFacts,
  type Reckoning,
  reckoningOf,
  type Standing,
  standingOn,
  weekStanding,
} from '../../src/domain/owing.ts';
import { settingsOf } from '../../src/domain/settings.ts';
import { plain } from '../../src/domain/spoken.ts';
import { type Week, weekBefore, weekOf } from '../../src/domain/weeks.ts';
import { UserError } from '../../src/errors.ts';
import { type Reply, text } from '../../src/message.ts';
import { dayName } from '../../src/wording/day.ts';
import { rollOf, rollReply } from '../../src/wording/missing.ts';
import { weekName } from '../../src/wording/week.ts';

/** `/未报`: who in the coordinator's own unit still owes a report, and who is on leave. In private, always. */
export const missing = defineCommand({
  name: '未报',
  aliases: ['missing'],
  help: { line: 'help.missing', examples: 'help.missing.examples' },
  args: z
    .string()
    .max(MOST_TYPED, 'command.too-long')
    .transform((when) => plain(cleanName(when))),

  async run(when, context) {
    const { chatUnit, directory, member } = context;
    const isEarlier = earlier.has(when);
    if (!isEarlier && !now.has(when)) throw new UserError('missing.when', { text: echoed(when) });
    const own = reach(member, 'coordinator', await directory.units());
    // In the group of one of several units that is the unit meant; elsewhere all of them are.
    const here = own.filter(({ id }) => id === chatUnit?.id);
    const units = here.length > 0 ? here : own;
    const parts = await Promise.all(units.map((unit) => rollIn(unit, isEarlier, context)));
    return { privately: parts.flat() };
  },
});

const now = new Set(['', '今天', '今日', '本周', 'today', 'this week']);
const earlier = new Set(['昨天', '昨日', '上一工作日', '上个工作日', '上周', 'yesterday', 'last week']);

const rollIn = async (unit: Unit, isEarlier: boolean, context: CommandContext): Promise<Reply> => {
  const { today, calendar, t } = context;
  const day = isEarlier ? previousWorkday(today, calendar) : today;
  const cadence = cadenceOn(unit, day);
  if (!asksAtAll(cadence)) return text(t('missing.off', { unit: unit.name, cadence: cadenceKind(cadence) }));
  if (cadence === 'weekly') {
    const week = isEarlier ? weekBefore(weekOf(today), calendar) : weekOf(today);
    const standing = (...of: Parameters<Judge>) => weekStanding(week.from, ...of);
    return (await rollFor(unit, week, weekName(week, today, t), standing, context)) ?? [];
  }
  const when = dayName(day, today, t);
  const standing = (...of: Parameters<Judge>) => standingOn(day, ...of);
  const reply = await rollFor(unit, { from: day, to: day }, when, standing, context);
  return (
    reply ?? text(t('missing.day-off', { unit: unit.name, when, workday: calendar.isWorkday(day) ? 'yes' : 'no' }))
  );
};

type Judge = (member: MemberFacts, reckoning: Reckoning) => Standing;

const rollFor = async (
  unit: Unit,
  { from, to }: Week,
  when: string,
  standing: Judge,
  { now, calendar, directory, reports, t }: CommandContext,
): Promise<Reply | null> => {
  const { deadline } = settingsOf(unit);
  const reckoning = reckoningOf(unit, calendar, now.toPlainDateTime());
  const [members, period] = await Promise.all([directory.membersOf(unit.id), reports.period(unit.id, from, to)]);
  const roll = rollOf(members, period, (facts) => standing(facts, reckoning));
  const isFree = from === to && !isAskedOfAll(from, reckoning);
  if (isFree && roll.every((one) => one.standing === 'off')) return null;
  return rollReply(roll, { unit: unit.name, when, deadline }, t);
};
