import { z } from 'zod';
import { atHome, type CommandContext, defineCommand } from '../../src/command.ts';
import {
  addWorkdays,
  compareDays,
  type Day,
  epochDay,
  fromEpochDay,
  mondayOf,
  workdaysOf,
} from '../../src/domain/calendar.ts';
import { periodOf } from '../../src/domain/dates.ts';
import { isWeekOver } from '../../src/domain/owing.ts';
import { settingsOf } from '../../src/domain/settings.ts';
import { plain } from '../../src/domain/spoken.ts';
import { visible } from '../../src/domain/visible.ts';
import { UserError } from '../../src/errors.ts';
import { type Reply, text } from '../../src/message.ts';
import type { WeekToFile } from '../../src/ports.ts';
import { dayName } from '../../src/wording/day.ts';
import { ownWeek } from '../../src/wording/history.ts';
import { weekItems } from '../../src/wording/read-week.ts';
import { draftReply, type Which, weekDraft } from '../../src/wording/week-draft.ts';

/** Three pages; a week that needs more is a report of its own. */
const MAX_CHARACTERS = 4_000;
/** Invisible characters do not count, up to here. */
const MOST_LOOKED_AT = 5 * MAX_CHARACTERS;

/** `/周结` shows the draft made from the days, `/周结 确认` files it, `/周结 …` files one's own words instead. */
export const weekly = defineCommand({
  name: '周结',
  aliases: ['zj', 'weekly'],
  help: { line: 'help.weekly', examples: 'help.weekly.examples' },
  args: z
    .string()
    .transform((body) => (body.length > MOST_LOOKED_AT ? body : visible(body)))
    .pipe(z.string().max(MAX_CHARACTERS, 'weekly.too-long'))
    .transform((body) => {
      const [, week = '', rest = ''] = /^(本周|这周|上周|this week|last week)?\s*([\s\S]*)$/iu.exec(body) ?? [];
      const which: Which = week === '' ? null : /^(上|last)/iu.test(week) ? 'last' : 'this';
      const word = plain(rest).replace(/[。.!！吧了]+$/u, '');
      return { which, body, shows: word === '' || showing.has(word), confirms: confirming.has(word) };
    }),

  async run(said, context) {
    const { reports, cause, t } = context;
    const { unit } = atHome(context);
    if (said.shows) return { privately: await shown(said.which, context) };
    const filed = await reports.week(unit.id, () => toFile(said, context), cause);
    const outcome = { onTime: filed.onTime ? 'yes' : 'no', first: filed.first ? 'yes' : 'no' };
    return { receipt: text(t('weekly.filed', { ...endsOf(filed.monday, context), ...outcome })) };
  },
});

// What nobody means as the report of a week.
const confirming = new Set(
  '确认 确定 提交 确认提交 确认无误 没问题 无误 可以 好 好的 对 是 是的 行 同意 ok yes confirm submit'.split(' '),
);
const showing = new Set('草稿 看 看看 查看 看草稿 预览 draft show'.split(' '));
const otherWeek = /^(?:上上|下下?)个?(?:周|星期)$|^next week$/u;

type Said = { readonly which: Which; readonly body: string; readonly confirms: boolean };

const toFile = async ({ which, body, confirms }: Said, context: CommandContext): Promise<WeekToFile> => {
  const { reports, calendar, now, today } = context;
  const { member, unit } = atHome(context);
  if (!confirms && (otherWeek.test(plain(body)) || periodOf(body, today))) throw new UserError('weekly.which');
  const { monday, last } = await weekMeant(which, context);
  const week = endsOf(monday, context);
  // An old draft's button, tapped again, must not put the draft in place of one's own words.
  if (confirms && (await ownWeek(member, monday, reports)) !== null) throw new UserError('weekly.confirmed', week);
  if (isClosed(last, context)) throw new UserError('weekly.over', { ...week, reach: settingsOf(unit).lateWorkdays });
  const words = confirms ? await draftOf(monday, context) : body;
  if (words === '') throw new UserError('weekly.empty', week);
  const rules = { ...settingsOf(unit), calendar, now: now.toPlainDateTime() };
  return { monday, onTime: !isWeekOver(last, rules), text: words };
};

/** The week that was named; else the last one while it is owed, can still be filed and is not; else this one. */
const weekMeant = async (
  which: Which,
  context: CommandContext,
): Promise<{ readonly monday: Day; readonly last: Day }> => {
  const { reports, today, calendar } = context;
  const { member } = atHome(context);
  const lastOf = (monday: Day) => workdaysOf(monday, calendar).at(-1);
  const monday = mondayOf(today);
  const before = fromEpochDay(epochDay(monday) - 7);
  const [last, lastBefore] = [lastOf(monday), lastOf(before)];

  const isStillDue = async (due: Day) => {
    if (isClosed(due, context) || member.since === null || compareDays(due, member.since) <= 0) return false;
    return (await ownWeek(member, before, reports)) === null;
  };
  // From its last workday on, a week is what people mean by 周结.
  const isRunningMeant = which === 'this' || (which === null && last && compareDays(today, last) >= 0);
  const isBefore = which === 'last' || (!isRunningMeant && lastBefore !== undefined && (await isStillDue(lastBefore)));
  const meant = isBefore ? { monday: before, last: lastBefore } : { monday, last };
  if (!meant.last) throw new UserError('weekly.no-workdays', endsOf(meant.monday, context));
  return { monday: meant.monday, last: meant.last };
};

/**
 * Whether the week that ended with workday `last` can no longer be filed: a week has the same grace as a day, and on the
 * day on which it is due it can be filed in any case.
 */
const isClosed = (last: Day, context: CommandContext): boolean => {
  const { lateWorkdays, weekDueAt } = settingsOf(atHome(context).unit);
  const grace = weekDueAt === 'last' ? lateWorkdays : Math.max(1, lateWorkdays);
  return compareDays(context.today, addWorkdays(last, grace, context.calendar)) > 0;
};

const endsOf = (monday: Day, { today, t }: CommandContext) => ({
  from: dayName(monday, today, t),
  to: dayName(fromEpochDay(epochDay(monday) + 6), today, t),
});

const draftOf = async (monday: Day, context: CommandContext): Promise<string> =>
  weekDraft(await weekItems(context.reports, atHome(context), monday), context.t);

const shown = async (which: Which, context: CommandContext): Promise<Reply> => {
  const { reports, t } = context;
  const { monday } = await weekMeant(which, context);
  const week = endsOf(monday, context);
  const filed = await ownWeek(atHome(context).member, monday, reports);
  if (filed !== null) {
    return [
      { kind: 'text', text: t('weekly.already', week) },
      { kind: 'text', text: filed },
    ];
  }
  // Tapped twice, a button for 上周 must not go on to file the running week.
  const isLast = compareDays(monday, mondayOf(context.today)) < 0;
  return draftReply(await draftOf(monday, context), week, t, isLast ? 'last' : which);
};
