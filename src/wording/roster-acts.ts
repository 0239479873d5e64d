/** What is done with the people of a roster: taken off it, or made one person of two identities. */

import type { Calendar, Day } from '../domain/calendar.ts';
import { decideDeparture } from '../domain/departing.ts';
import { decideMerger, decideSplit } from '../domain/merging.ts';
import type { Member, UnitId } from '../domain/organisation.ts';
import { fullLabel, idSpelt } from '../domain/people.ts';
import { holds } from '../domain/roles.ts';
import { UserError } from '../errors.ts';
import type { Translate } from '../i18n.ts';
import { type MemberId, type Message, memberId, platformNames, type Reply, text } from '../message.ts';
import type { Cause, Directory, ReportStore } from '../ports.ts';
import { peopleMeant } from './people-meant.ts';
import { unlessRefused } from './refusals.ts';
import { takeAlong } from './take-along.ts';

type Asking = {
  readonly message: Message;
  readonly me: MemberId;
  readonly member: Member | null;
  readonly today: Day;
  readonly cause: Cause;
  readonly directory: Directory;
  readonly reports: ReportStore;
  readonly calendar: Calendar;
  readonly t: Translate;
  tell(
    kind: string,
    told: readonly { readonly to: Member; readonly unit: UnitId; readonly reply: Reply }[],
  ): Promise<void>;
};

/** `/名册 离任 @张三`: by an administrator, or by the coordinator of the person's unit. */
export const depart = async (words: string, asking: Asking): Promise<Reply> => {
  const { directory, me, member, cause, today, t } = asking;
  if (words === '') throw new UserError('roster.depart-whom');
  const isMine = ({ unit }: Member) => unit !== null && holds(member, 'coordinator', unit);
  const [person] = await peopleMeant(words, 1, holds(member, 'admin', null) ? asking : { ...asking, among: isMine });
  if (!person) throw new UserError('roster.depart-whom');
  const { outcome, who, unit, ended } = await directory.change(
    'depart',
    [person.id, me],
    (now) => {
      const order = { person: now.member(person.id) ?? person, by: now.member(me), today };
      return unlessRefused(
        decideDeparture(now, order),
        (rule) => (rule === 'not-yours' ? 'roster.not-yours-to-change' : `roster.${rule}`),
        t,
      );
    },
    cause,
  );
  const roles = ended.map(({ role: held, unit: of }) => {
    const role = t(`appoint.role.${held}`);
    return of === null ? role : t('roster.role-of', { unit: of, role });
  });
  const values = { who, unit: unit ?? '', home: unit === null ? 'no' : 'yes', roles: roles.join(t('list.and')) };
  return text(t(`roster.${outcome}`, { ...values, count: roles.length }));
};

/** `/名册 合并 甲 乙`: an administrator says that 乙 is another account of 甲. */
export const merge = async (words: string, asking: Asking): Promise<Reply> => {
  const { directory, member, cause, today, t } = asking;
  if (!holds(member, 'admin', null)) throw new UserError('roster.admin-only');
  if (words === '') throw new UserError('roster.merge-whom');
  // Told again, the second is no longer found by name; the first answer stands all the same.
  const meant = await peopleMeant(words, 2, asking).catch((error: unknown) => {
    if (error instanceof UserError) return error;
    throw error;
  });
  const people = meant instanceof UserError ? [] : meant;
  const facts = await directory.change(
    'merge',
    people.map(({ id }) => id),
    (now) => {
      const [main, other] = people.map((one) => now.member(one.id) ?? one);
      if (!main || !other) throw meant;
      return unlessRefused(decideMerger(now.officers, { main, other, today }), (rule) => `roster.merge-${rule}`, t);
    },
    cause,
  );
  const { from, to, ids } = facts;
  if (from && to) await takeAlong({ unit: from, member: ids.other }, { unit: to, member: ids.main }, asking, asking);
  const command = t('roster.split-command', { id: ids.other });
  return text(t('roster.merged', { main: facts.main, other: facts.other, command }));
};

/** `/名册 拆分 乙`: the merger was wrong. */
export const split = async (words: string, asking: Asking): Promise<Reply> => {
  const { directory, member, message, cause, today, t } = asking;
  if (!holds(member, 'admin', null)) throw new UserError('roster.admin-only');
  const [mentioned] = message.mentions;
  const id = mentioned ? memberId(message.platform, mentioned) : idSpelt(words, message.platform, platformNames);
  if (id === null) throw new UserError('roster.split-whom');
  const { main } = await directory.change(
    'split',
    [id],
    (now) => unlessRefused(decideSplit(now.member(id), id, today), (rule) => `roster.${rule}`, t),
    cause,
  );
  return text(t('roster.split', { main, other: fullLabel({ id, name: null }) }));
};

/** `/名册 抹除 @张三 确认`: an administrator erases, at somebody's request, all that the person wrote. */
export const erase = async (words: string, isConfirmed: boolean, asking: Asking): Promise<Reply> => {
  const { directory, member, cause, t } = asking;
  if (!holds(member, 'admin', null)) throw new UserError('roster.admin-only');
  if (words === '') throw new UserError('roster.erase-whom');
  if (!isConfirmed) return areYouSure(words, asking);
  const { id } = await directory.erase(async () => {
    const [person] = await peopleMeant(words, 1, asking);
    if (!person) throw new UserError('roster.erase-whom');
    return { ids: [person.id, ...(person.merged ?? [])], facts: { id: person.id } };
  }, cause);
  return text(t('roster.erased', { who: fullLabel({ id, name: null }) }));
};

const areYouSure = async (words: string, asking: Asking): Promise<Reply> => {
  const { t } = asking;
  const [person] = await peopleMeant(words, 1, asking);
  if (!person) throw new UserError('roster.erase-whom');
  const command = t('roster.erase-command', { id: person.id });
  return [
    ...text(t('roster.erase-sure', { who: fullLabel(person), command })),
    { kind: 'buttons', buttons: [{ text: t('roster.erase-button'), command }] },
  ];
};
