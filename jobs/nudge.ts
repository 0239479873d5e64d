import { Temporal } from 'temporal-polyfill';
import { cadenceOn, countsDays } from '../src/domain/cadence.ts';
import { compareDays, timesBetween } from '../src/domain/calendar.ts';
import { lampRuleOf } from '../src/domain/lamp.ts';
import type { Member } from '../src/domain/organisation.ts';
import { factsOf, type MemberFacts, reckoningOf, type Standing, standingOn } from '../src/domain/owing.ts';
import { nudgesOf, nudgeTimes } from '../src/domain/reminding.ts';
import type { Job, JobContext, UnitNow } from '../src/job.ts';
import { type Block, directChat, list, memberId, type Reply, text } from '../src/message.ts';
import { dayName } from '../src/wording/day.ts';
import { provisionalNote } from '../src/wording/figures.ts';
import { openLines } from '../src/wording/items.ts';

/** More than anybody closes at once; /清 lists the rest. */
const MOST_ITEMS = 8;
const MOST_BUTTONS = 3;

/**
 * On workdays at the unit's hour, or at one that the member has chosen: asks those who have not filed yet, each in
 * private, with what they have left open. On a day off only who is on duty is asked. The group hears nothing of it.
 */
export const nudge: Job = {
  name: 'nudge',
  readsOnly: true,
  // From 17:00 to the beginning of quiet hours; later nobody is written to, and the deadline passes in silence.
  catchUpMinutes: 90,
  catchUpEach: true,
  expiresMinutes: 90,
  delivery: 'atLeastOnce',

  due: ({ unit }, from, to) =>
    nudgeTimes(unit)
      .flatMap((time) => timesBetween(time, from, to))
      .filter((at) => countsDays(cadenceOn(unit, at.toPlainDate())))
      .sort(Temporal.PlainDateTime.compare),

  async run(context) {
    const { unit, settings, calendar, at, now, directory } = context;
    const today = now.toPlainDate();
    const time = at.toPlainTime().toString({ smallestUnit: 'minute' });
    const members = (await directory.membersOf(unit.id)).filter(
      (member) => !member.unreachable && nudgesOf(member, unit).includes(time),
    );
    // A time that nobody wants any more.
    if (members.length === 0) return [];
    const owes = await owingNow(context);
    // The deadline passes in silence.
    const until = today.toPlainDateTime(settings.deadline);
    return members.flatMap((member) => {
      const facts = owes(member);
      const post = facts && { chat: directChat(member.id), reply: reminder(facts, context), until };
      return post ? [{ ...post, ...(!calendar.isWorkday(today) && { onDuty: true as const }) }] : [];
    });
  },

  async isMoot(chat, context) {
    const member = await context.directory.member(memberId(chat.platform, chat));
    return member === null || (await owingNow(context))(member) === null;
  },
};

/** What is known of a member who owes today's report; null of one who does not, or not any more. */
const owingNow = async ({ unit, calendar, now, reports }: UnitNow) => {
  const today = now.toPlainDate();
  const period = await reports.period(unit.id, today, today);
  const reckoning = reckoningOf(unit, calendar, now.toPlainDateTime());
  return (member: Member): MemberFacts | null => {
    const facts = factsOf(member, period);
    return asked.has(standingOn(today, facts, reckoning)) ? facts : null;
  };
};

/** A provisional workday is asked about too: it counts against nobody, and what is filed on it counts. */
const asked: ReadonlySet<Standing> = new Set(['pending', 'missing', 'provisional']);

const reminder = (facts: MemberFacts, { settings, calendar, now, t }: JobContext): Reply => {
  const today = now.toPlainDate();
  const open = facts.open.filter(({ day }) => compareDays(day, today) < 0);
  const lines = openLines(open.slice(0, MOST_ITEMS), facts, { today, calendar, rule: lampRuleOf(settings), t });
  const ask = t('nudge.ask', { day: dayName(today, today, t), deadline: settings.deadline });
  const carried: Block[] = [
    { kind: 'text', text: t('nudge.carried', { count: open.length }) },
    ...list(lines),
    ...(open.length > lines.length
      ? [{ kind: 'text', text: t('nudge.more', { count: open.length - lines.length }) } as const]
      : []),
  ];
  const closing = open
    .slice(0, MOST_BUTTONS)
    .map(({ number }) => ({ text: t('nudge.clear', { number }), command: t('nudge.clear-command', { number }) }));
  return [
    { kind: 'text', text: ask },
    ...(open.length > 0 ? carried : []),
    {
      kind: 'buttons',
      buttons: [{ text: t('nudge.nothing'), command: t('nudge.nothing-command') }, ...closing],
      ...(closing.length > 0 && { stays: true }),
    },
    ...provisionalNote({ from: today, to: today }, calendar, t).flatMap(text),
  ];
};
