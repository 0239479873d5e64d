/** The people of a unit as its coordinator, its leaders and an administrator see them. */
import type { Day } from '../domain/calendar.ts';
import { echoed } from '../domain/names.ts';
import { type Member, readPath, type Unit, unitLabel, unitsNamed } from '../domain/organisation.ts';
import { labels } from '../domain/people.ts';
import { readPage, rostersOpenTo } from '../domain/roster.ts';
import { UserError } from '../errors.ts';
import type { Translate } from '../i18n.ts';
import { list, type Reply, text } from '../message.ts';
import type { Directory } from '../ports.ts';
import { dayName } from './day.ts';

type Asking = {
  readonly member: Member | null;
  readonly chatUnit: Unit | null;
  readonly today: Day;
  readonly directory: Directory;
  readonly t: Translate;
};

/** So many people fit on a phone's screen or two; more would be split by some platforms. */
const A_PAGE = 30;
/** Units that are named to somebody who has to choose. */
const MOST_UNITS = 12;

/** The roster of the unit that `words` name, one page of it; without words that of the group, else one's own. */
export const rosterOf = async (words: string, asking: Asking): Promise<Reply> => {
  const { directory, t } = asking;
  const units = await directory.units();
  const named = unitsNamed(units, readPath(words)).length > 0 ? null : readPage(words);
  const unit = unitMeant(named ? named.unit : words, units, asking);
  const [members, officers] = await Promise.all([directory.membersOf(unit.id), directory.officers()]);
  const guests = officers.filter((one) => one.unit !== unit.id && one.roles.some((grant) => grant.unit === unit.id));
  const people = [...members, ...guests];
  const label = unitLabel(units, unit);
  if (people.length === 0) return text(t('roster.empty', { unit: label }));

  const names = labels(people);
  const lines = people.map((one) => line(names.get(one.id) ?? one.id, one, { ...asking, unit, units }));
  const pages = Math.ceil(lines.length / A_PAGE);
  const page = named?.page ?? 1;
  if (page < 1 || page > pages) throw new UserError('roster.no-page', { unit: label, pages });
  const title = t('roster.title', { unit: label, count: members.length, guests: guests.length, page, pages });
  const isNameless = members.some(({ name }) => name === null);
  return [
    { kind: 'text', text: title, as: 'heading' },
    ...list(lines.slice((page - 1) * A_PAGE, page * A_PAGE)),
    ...(isNameless ? text(t('roster.nameless')) : []),
    ...(page < pages ? [nextPage(label, page + 1, t)] : []),
  ];
};

const nextPage = (unit: string, page: number, t: Translate): Reply[number] => ({
  kind: 'buttons',
  buttons: [{ text: t('roster.next'), command: t('roster.next-command', { unit, page }) }],
  stays: true,
});

const line = (
  who: string,
  { roles, since, unit: home, unreachable }: Member,
  { unit, units, today, t }: Asking & { readonly unit: Unit; readonly units: readonly Unit[] },
): string => {
  const held = roles.filter((grant) => grant.unit === unit.id || grant.unit === null);
  const elsewhere = home === unit.id ? null : (units.find(({ id }) => id === home) ?? null);
  return [
    who,
    ...held.map(({ role }) => t(`appoint.role.${role}`)),
    home !== unit.id
      ? t('roster.guest', { home: elsewhere ? 'yes' : 'no', unit: elsewhere ? unitLabel(units, elsewhere) : '' })
      : since
        ? t('roster.since', { day: dayName(since, today, t) })
        : '',
    unreachable ? t('roster.unreachable') : '',
  ]
    .filter((part) => part !== '')
    .join(t('roster.comma'));
};

/** The one unit whose roster is asked for; only those that the asker may see are named to him. */
const unitMeant = (words: string, units: readonly Unit[], { member, chatUnit, t }: Asking): Unit => {
  const open = rostersOpenTo(member, units);
  if (words === '') {
    const held = open.filter(({ id }) => member?.roles.some((grant) => grant.unit === id));
    const near = [chatUnit?.id, member?.unit].flatMap((id) => open.filter((unit) => unit.id === id))[0];
    const only = near ?? (held.length === 1 ? held[0] : open.length === 1 ? open[0] : undefined);
    if (only) return only;
    throw which(held.length > 0 ? held : open, units, t);
  }
  const found = unitsNamed(units, readPath(words));
  const mine = found.filter((unit) => open.includes(unit));
  const [unit, second] = mine;
  if (unit && !second) return unit;
  if (second) throw which(mine, units, t);
  const key = found.length > 0 ? 'roster.not-yours' : 'roster.unit-unknown';
  throw new UserError(key, { unit: echoed(words) });
};

const which = (some: readonly Unit[], units: readonly Unit[], t: Translate): UserError => {
  const [first] = some;
  if (!first) return new UserError('roster.no-units');
  const names = some.slice(0, MOST_UNITS).map((unit) => unitLabel(units, unit));
  const more = some.length > MOST_UNITS ? '…' : '';
  return new UserError('roster.which', { units: names.join(t('list.and')) + more, example: unitLabel(units, first) });
};
