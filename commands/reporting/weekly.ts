import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { atHome, type CommandContext, defineCommand } from '../../src/command.ts';
import {
  addWorkdays,
  type Calendar,
  compareDays,
  type Day,
  epochDay,
  fromEpochDay,
  mondayOf,
  workdaysOf,
} from '../../src/domain/calendar.ts';
import { type Settings, settingsOf } from '../../src/domain/settings.ts';
import { visible } from '../../src/domain/visible.ts';
import { UserError } from '../../src/errors.ts';
import { type Reply, text } from '../../src/message.ts';
import { dayName } from '../../src/wording/day.ts';
import { draftReply, weekDraft, weekItems } from '../../src/wording/week-draft.ts';

/** How long a week may be filed late, in workdays after its last one (DOMAIN §4.1). */
const LATE_WORKDAYS = 3;
/** Three pages; a week that needs more is a report of its own. */
const MAX_CHARACTERS = 4_000;

/** `/周结` shows the draft made from the days, `/周结 确认` files it, `/周结 …` files one's own words instead. */
export const weekly = defineCommand({
  name: '周结',
  aliases: ['zj', 'weekly'],
  help: { line: 'help.weekly', examples: 'help.weekly.examples' },
  args: z.string().transform(visible).pipe(z.string().max(MAX_CHARACTERS, 'weekly.too-long')),

  async run(body, context) {
    const { me, reports, cause, now, today, calendar, t } = context;
    const { unit } = atHome(context);
    const [, which = '', rest = ''] = /^(本周|这周|上周|this week|last week)?\s*([\s\S]*)$/iu.exec(body) ?? [];
    const filedBefore = async (monday: Day) => (await reports.weekText(unit.id, monday, me)) !== null;
    const monday = await weekMeant(which, context, filedBefore);
    const last = workdaysOf(monday, calendar).at(-1);
    const week = { from: dayName(monday, today, t), to: dayName(fromEpochDay(epochDay(monday) + 6), today, t) };
    if (!last) throw new UserError('weekly.no-workdays', week);

    const draft = weekDraft(await weekItems(reports, unit.id, me, monday), t);
    const confirms = /^(确认|确定|ok|confirm)$/iu.test(rest.normalize('NFKC'));
    if (rest === '') return { privately: shown(await reports.weekText(unit.id, monday, me), draft, week, t) };
    if (confirms && draft === '') throw new UserError('weekly.empty', week);
    if (isOver(last, today, calendar)) throw new UserError('weekly.over', { ...week, reach: LATE_WORKDAYS });

    const onTime = isOnTime(last, now, settingsOf(unit));
    const { first } = await reports.week({ unit: unit.id, monday, onTime, text: confirms ? draft : rest }, cause);
    return text(t('weekly.filed', { ...week, onTime: onTime ? 'yes' : 'no', first: first ? 'yes' : 'no' }));
  },
});

/** The week that was named; else the last one while it can still be filed and is not, else this one. */
const weekMeant = async (
  which: string,
  { today, calendar }: CommandContext,
  isFiled: (monday: Day) => Promise<boolean>,
): Promise<Day> => {
  const monday = mondayOf(today);
  const before = fromEpochDay(epochDay(monday) - 7);
  if (/^(上周|last)/iu.test(which)) return before;
  if (which !== '') return monday;
  const [last, lastBefore] = [workdaysOf(monday, calendar).at(-1), workdaysOf(before, calendar).at(-1)];
  // From its last workday on, a week is what people mean by 周结.
  if (last && compareDays(today, last) >= 0) return monday;
  if (!lastBefore || isOver(lastBefore, today, calendar) || (await isFiled(before))) return monday;
  return before;
};

const isOver = (last: Day, today: Day, calendar: Calendar) =>
  compareDays(today, addWorkdays(last, LATE_WORKDAYS, calendar)) > 0;

const isOnTime = (last: Day, now: Temporal.ZonedDateTime, { deadline }: Settings) => {
  const end = last.toPlainDateTime(Temporal.PlainTime.from(deadline));
  return Temporal.PlainDateTime.compare(now.toPlainDateTime(), end) <= 0;
};

const shown = (
  filed: string | null,
  draft: string,
  week: { readonly from: string; readonly to: string },
  t: CommandContext['t'],
): Reply => {
  if (filed !== null) {
    return [
      { kind: 'text', text: t('weekly.already', week) },
      { kind: 'text', text: filed },
    ];
  }
  return draftReply(draft, week, t);
};
