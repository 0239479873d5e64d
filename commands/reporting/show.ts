import { z } from 'zod';
import { type Answer, atHome, type CommandContext, defineCommand, MOST_TYPED } from '../../src/command.ts';
import { compareDays, type Day, epochDay, previousWorkday } from '../../src/domain/calendar.ts';
import { leadingDay, type NamedDays, periodOf } from '../../src/domain/dates.ts';
import { digestOf } from '../../src/domain/digest.ts';
import { readItemNumbers } from '../../src/domain/item-numbers.ts';
import { lampRuleOf } from '../../src/domain/lamp.ts';
import { echoed, nameKey } from '../../src/domain/names.ts';
import { labelled, readPath, subtree, type Unit, unitsNamed } from '../../src/domain/organisation.ts';
import { firstToAnswer, readRequest, requestLabel } from '../../src/domain/requests.ts';
import { holds } from '../../src/domain/roles.ts';
import { settingsOf } from '../../src/domain/settings.ts';
import { visible } from '../../src/domain/visible.ts';
import { UserError } from '../../src/errors.ts';
import { list, type Reply, text } from '../../src/message.ts';
import { dayName } from '../../src/wording/day.ts';
import { digestReply } from '../../src/wording/digest.ts';
import { inTrouble, unitLines } from '../../src/wording/digest-lines.ts';
import { lampLines } from '../../src/wording/items.ts';
import { openLines } from '../../src/wording/open-lines.ts';
import { readDigest } from '../../src/wording/read-digest.ts';
import { answersFor, requestReply } from '../../src/wording/requests.ts';
import { shortDay, weekName } from '../../src/wording/week.ts';

/** What a phone shows without much scrolling. */
const MOST_LISTED = 15;
/** A province has no more cities, a county no more towns and bureaus. */
const MOST_UNITS = 100;

/**
 * Opens what a line of a digest names: `/看 H-07` a request, `/看 3` one's own unfinished item, `/看 城关镇` a unit's last
 * workday, `/看 单位` a row for each unit, `/看 昨天` or `/看 11月` a leader's digest of those days, `/看 城关镇 11月` a unit's.
 */
export const show = defineCommand({
  name: '看',
  aliases: ['show'],
  help: { line: 'help.show', examples: 'help.show.examples' },
  args: z
    .string()
    .max(MOST_TYPED, 'command.too-long')
    .transform((typed) => (visible(typed) === '' ? '' : typed.trim())),

  run(typed, context) {
    if (typed === '') throw new UserError('show.what');
    const request = readRequest(typed);
    if (request && request.rest === '') return showRequest(request.number, context);
    const numbers = readItemNumbers(typed);
    if (numbers !== null && numbers !== 'all' && numbers.length > 0) {
      const day = dayLike(typed, context.today);
      return day ? showItemsOrDay(numbers, day, context) : showItems(numbers, context);
    }
    if (ALL.has(nameKey(typed))) return showUnits(context);
    const { about, rest } = readSpan(typed, context);
    if (rest !== '') return showUnit(rest, about, context);
    return about ? showSpan(about, context) : showUnit(typed, null, context);
  },
});

/** `11-20` may be a day as well as numbers from 11 to 20. */
const dayLike = (typed: string, today: Day): Day | null => {
  if (!/^\d{1,2}\s*[-–—~～]\s*\d{1,2}$/u.test(typed.normalize('NFKC'))) return null;
  const day = leadingDay(typed, today, 'past');
  return 'day' in day && day.rest === '' ? day.day : null;
};

/** Numbers where one has such items, else the day; the answer tells which, and how to have the other. */
const showItemsOrDay = async (numbers: readonly number[], day: Day, context: CommandContext): Promise<Answer> => {
  const { me, member, unit, reports, directory, today, t } = context;
  const open = unit ? await reports.open(unit.id, me) : [];
  const mine = numbers.filter((number) => open.some((item) => item.number === number));
  const said = {
    numbers: `${numbers[0]}—${numbers.at(-1)}`,
    day: dayName(day, today, t),
    typed: shortDay(day, t),
  };
  if (mine.length > 0) {
    const { privately } = await showItems(mine, context);
    return { privately: [...privately, ...text(t('show.meant-items', said))] };
  }
  const leads = answersFor(member, await directory.units()).length > 0;
  if (!leads) throw new UserError('show.neither', said);
  return showSpan({ from: day, to: day, kind: 'day' }, context);
};

/** Whoever may not see it learns no more than that there is nothing to see. */
const showRequest = async (number: number, context: CommandContext): Promise<Answer> => {
  const { me, member, reports, directory } = context;
  const [request, units] = await Promise.all([reports.helpRequest(number), directory.units()]);
  const unit = units.find(({ id }) => id === request?.unit) ?? null;
  const mayLead = unit !== null && answersFor(member, units).includes(unit);
  const isTheirs = request !== null && (request.member === me || holds(member, 'coordinator', request.unit));
  if (!request || !(isTheirs || mayLead)) throw new UserError('request.unknown', { label: requestLabel(number) });
  return { privately: await requestReply(request, unit, context) };
};

const showItems = async (
  numbers: readonly number[],
  context: CommandContext,
): Promise<{ readonly privately: Reply }> => {
  const { me, reports, today, calendar, t } = context;
  const { unit } = atHome(context);
  const [open, period] = await Promise.all([reports.open(unit.id, me), reports.period(unit.id, today, today)]);
  const meant = open.filter(({ number }) => numbers.includes(number));
  if (meant.length < new Set(numbers).size) {
    const unknown = numbers.filter((number) => !open.some((item) => item.number === number));
    throw new UserError('show.no-item', { numbers: unknown.join(t('list.and')) });
  }
  const sight = { today, calendar, rule: lampRuleOf(settingsOf(unit)), t };
  return {
    privately: [
      { kind: 'list', items: lampLines(meant, { leave: period.leave.get(me) ?? [] }, sight) },
      { kind: 'text', text: t('show.clear', { numbers: meant.map(({ number }) => number).join(' ') }) },
    ],
  };
};

/** A quarter, and a year's worth of days of all units would be too much to read at once. */
const MOST_DAYS = 92;

const YESTERDAY = /^(?:昨[天日]|yesterday)$/iu;

/** The day, week, month or other days at the end of what was typed, and what stands before. */
const readSpan = (
  typed: string,
  { today, calendar }: CommandContext,
): { readonly about: NamedDays | null; readonly rest: string } => {
  const words = typed.split(/\s+/u);
  // 11月1日 至 11月20日 has spaces of its own: the longest end that is days.
  for (let from = 0; from < words.length; from += 1) {
    const said = words.slice(from).join(' ');
    const day = leadingDay(said, today, 'past');
    const about =
      'day' in day && day.rest === '' ? { from: day.day, to: day.day, kind: 'day' as const } : periodOf(said, today);
    if (!about) continue;
    // On a Monday a leader means Friday, as the digest does.
    const last = YESTERDAY.test(said) ? previousWorkday(today, calendar) : null;
    return {
      about: last ? { from: last, to: last, kind: 'day' } : about,
      rest: words.slice(0, from).join(' '),
    };
  }
  return { about: null, rest: typed };
};

/** A unit and all below it: the days that were named, else the last workday and what the unit has unfinished. */
const showUnit = async (typed: string, about: NamedDays | null, context: CommandContext): Promise<Answer> => {
  const { member, directory, today, calendar, t } = context;
  const units = await directory.units();
  const found = labelled(units, unitsNamed(units, readPath(typed)));
  const [unit, second] = found;
  if (!unit) throw new UserError('show.unknown', { text: echoed(typed) });
  if (second) {
    throw new UserError('why.which', { text: echoed(typed), units: found.map(({ name }) => name).join(t('list.and')) });
  }
  const mayBeSeen = answersFor(member, units).some(({ id }) => id === unit.id);
  if (!mayBeSeen) throw new UserError('show.not-yours', { unit: unit.name });

  const day = previousWorkday(today, calendar);
  const [digest, open] = await Promise.all([
    digestOfSpan(about ?? { from: day, to: day, kind: 'day' }, unit, subtree(units, unit.id), context),
    about ? [] : openLines(unit, context),
  ]);
  const shown = open.slice(0, MOST_LISTED);
  const more = open.length > shown.length ? 'yes' : 'no';
  const reply: Reply = [
    ...withoutButton(digest ?? [], about ? null : t('digest.show-command', { unit: unit.name })),
    ...(open.length > 0 ? text(t('show.open', { count: open.length, shown: shown.length, more })) : []),
    ...(shown.length > 0 ? list(shown) : []),
  ];
  return { privately: reply.length > 0 ? reply : text(t('show.nothing', { unit: unit.name })) };
};

/** A unit's own page needs no button that opens it. */
const withoutButton = (reply: Reply, command: string | null): Reply =>
  reply.map((block) =>
    block.kind === 'buttons'
      ? { ...block, buttons: block.buttons.filter((button) => button.command !== command) }
      : block,
  );

const ALL: ReadonlySet<string> = new Set(['单位', '全部单位', '所有单位', 'units', 'all units'].map(nameKey));

/** What did not fit into a digest: a row for each unit that a leader covers, those in trouble first. */
const showUnits = async (context: CommandContext): Promise<Answer> => {
  const { member, directory, today, calendar, t } = context;
  const units = await directory.units();
  const covered = labelled(units, answersFor(member, units));
  const day = previousWorkday(today, calendar);
  const name = dayName(day, today, t);
  if (covered.length === 0) throw new UserError('show.day-not-yours', { day: name });
  const parts = await readDigest(covered, { kind: 'day', day, before: previousWorkday(day, calendar) }, context);
  if (parts.length === 0) return { privately: text(t('show.nothing', { unit: name })) };
  const title = t('show.units', { day: name, count: parts.length });
  return { privately: [...text(title), ...list(unitLines(inTrouble(parts), MOST_UNITS, t))] };
};

/** A leader's digest of an earlier day, week, month or quarter; of a running one as far as it has come. */
const showSpan = async (about: NamedDays, context: CommandContext): Promise<Answer> => {
  const { member, directory, today, t } = context;
  const units = await directory.units();
  const covered = answersFor(member, units);
  const head = covered.find(({ parent }) => !covered.some(({ id }) => id === parent));
  const name = about.kind === 'day' ? dayName(about.from, today, t) : weekName(about, today, t);
  if (!head) throw new UserError('show.day-not-yours', { day: name });
  return { privately: (await digestOfSpan(about, head, covered, context)) ?? text(t('show.nothing', { unit: name })) };
};

const digestOfSpan = async (
  about: NamedDays,
  head: Unit,
  covered: readonly Unit[],
  context: CommandContext,
): Promise<Reply | null> => {
  const { member, directory, calendar, today, t } = context;
  if (compareDays(about.from, today) > 0) {
    const name = about.kind === 'day' ? dayName(about.from, today, t) : weekName(about, today, t);
    throw new UserError('show.day-to-come', { day: name });
  }
  if (epochDay(about.to) - epochDay(about.from) >= MOST_DAYS)
    throw new UserError('me.too-long', { maximum: MOST_DAYS });
  const [units, officers] = await Promise.all([directory.units(), directory.officers()]);
  const office = { reach: labelled(units, covered), own: firstToAnswer(member, covered, units, officers) };
  return digestReply(head, office, digestOf(about, calendar), context);
};
