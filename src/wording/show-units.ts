/** What `/看` opens of units: the last workday or other days of one, a row for each, a leader's digest of days gone by. */
import { compareDays, type Day, epochDay, previousWorkday } from '../domain/calendar.ts';
import type { NamedDays } from '../domain/dates.ts';
import { digestOf } from '../domain/digest.ts';
import { echoed } from '../domain/names.ts';
import { labelled, type Member, readPath, subtree, type Unit, unitsNamed } from '../domain/organisation.ts';
import { firstToAnswer } from '../domain/requests.ts';
import { UserError } from '../errors.ts';
import { list, type MemberId, type Reply, text } from '../message.ts';
import { dayName } from './day.ts';
import { digestReply } from './digest.ts';
import { inTrouble, unitLines } from './digest-lines.ts';
import { openLines } from './open-lines.ts';
import { type DigestSources, readDigest } from './read-digest.ts';
import { answersFor } from './requests.ts';
import { weekName } from './week.ts';

export type ShowTalk = DigestSources & {
  readonly me: MemberId;
  readonly member: Member | null;
  readonly today: Day;
};

/** What a phone shows without much scrolling. */
const MOST_LISTED = 15;
/** A province has no more cities, a county no more towns and bureaus. */
const MOST_UNITS = 100;
/** A quarter, and a year's worth of days of all units would be too much to read at once. */
const MOST_DAYS = 92;

type Shown = { readonly privately: Reply };

/** A unit and all below it: the days that were named, else the last workday and what the unit has unfinished. */
export const showUnit = async (typed: string, about: NamedDays | null, context: ShowTalk): Promise<Shown> => {
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

/** What did not fit into a digest: a row for each unit that a leader covers, those in trouble first. */
export const showUnits = async (context: ShowTalk): Promise<Shown> => {
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
export const showSpan = async (about: NamedDays, context: ShowTalk): Promise<Shown> => {
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
  context: ShowTalk,
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
