import { z } from 'zod';
import { type CommandContext, defineCommand, MOST_TYPED } from '../../src/command.ts';
import { type AppointingFacts, decideAppointment } from '../../src/domain/appointing.ts';
import { readAppointment } from '../../src/domain/appointment-text.ts';
import { compareDays } from '../../src/domain/calendar.ts';
import { withoutMention } from '../../src/domain/people.ts';
import { roles } from '../../src/domain/roles.ts';
import { UserError } from '../../src/errors.ts';
import type { Translate } from '../../src/i18n.ts';
import { type MemberId, text } from '../../src/message.ts';
import { appointee } from '../../src/wording/appointee.ts';
import { unlessRefused } from '../../src/wording/refusals.ts';

/** `/任命 @张三 联络员 城关镇` gives a role, `/任命 @张三 免去 联络员` takes it. */
export const appoint = defineCommand({
  name: '任命',
  aliases: ['appoint'],
  help: { line: 'help.appoint', examples: 'help.appoint.examples' },
  args: z.string().max(MOST_TYPED, 'command.too-long'),

  async run(body, context) {
    const { message, directory, cause, chatUnit: here, today, t } = context;
    const [mentioned] = message.mentions;
    const spoken = readAppointment(mentioned ? withoutMention(body, mentioned) : body, mentioned !== undefined);
    const { role, take } = spoken;
    const names = roles.map((each) => t(`appoint.role.${each}`)).join(t('list.and'));
    if (!role) throw new UserError('appoint.role-unknown', { roles: names });

    const { person, unit } = await appointee(spoken, context);
    const facts = await directory.change(
      'appoint',
      [person.id],
      (now) => {
        const known = now.member(person.id) ?? person;
        const order = { person: { ...known, name: known.name ?? person.name }, role, take, unit, here, today };
        const decided = unlessRefused(decideAppointment(now, order), (rule) => `appoint.${rule}`, t);
        const isUnseen = now.member(person.id) === null && !mentioned && person.id !== context.me;
        return { ...decided, facts: { ...decided.facts, unseen: isUnseen ? person.id : null } };
      },
      cause,
    );
    if (facts.moved) await takeLeaveAlong(person.id, facts.moved, context);
    const warning = facts.unseen === null ? '' : t('appoint.unseen', { id: facts.unseen });
    return text(worded(facts, t) + warning);
  },
});

/** Leave lies with the unit. Who moves keeps what is still ahead of it; told again, nothing is entered twice. */
const takeLeaveAlong = async (
  id: MemberId,
  { from, to }: NonNullable<AppointingFacts['moved']>,
  { reports, cause, today }: CommandContext,
): Promise<void> => {
  const { leave } = await reports.period(from, today, today);
  const ahead = (leave.get(id) ?? []).filter((span) => compareDays(span.to, today) >= 0);
  for (const span of ahead) {
    await reports.leave(to, id, span, { ...cause, message: `${cause.message}\nleave ${span.from}/${span.to}` });
  }
};

const worded = ({ outcome, who, role, unit, replaced, from }: AppointingFacts, t: Translate): string => {
  const values = { who, role: t(`appoint.role.${role}`), unit: unit ?? '', scoped: unit === null ? 'no' : 'yes' };
  const line = t(`appoint.${outcome}`, { ...values, from: from ?? '', moved: from === null ? 'no' : 'yes' });
  return replaced === null ? line : `${line}${t('appoint.replaced', { ...values, replaced })}`;
};
