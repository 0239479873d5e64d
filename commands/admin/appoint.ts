import { z } from 'zod';
import { defineCommand, MOST_TYPED } from '../../src/command.ts';
import { type AppointingFacts, decideAppointment } from '../../src/domain/appointing.ts';
import { readAppointment } from '../../src/domain/appointment-text.ts';
import { withoutMention } from '../../src/domain/people.ts';
import { roles } from '../../src/domain/roles.ts';
import { UserError } from '../../src/errors.ts';
import type { Translate } from '../../src/i18n.ts';
import { text } from '../../src/message.ts';
import { appointee } from '../../src/wording/appointee.ts';
import { unlessRefused } from '../../src/wording/refusals.ts';
import { takeAlong } from '../../src/wording/take-along.ts';

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
    if (facts.moved) {
      const { id, from, to } = facts.moved;
      await takeAlong({ unit: from, member: id }, { unit: to, member: id }, context, context);
    }
    const warning = facts.unseen === null ? '' : t('appoint.unseen', { id: facts.unseen });
    return text(worded(facts, t) + warning);
  },
});

const worded = ({ outcome, who, role, unit, replaced, from }: AppointingFacts, t: Translate): string => {
  const values = { who, role: t(`appoint.role.${role}`), unit: unit ?? '', scoped: unit === null ? 'no' : 'yes' };
  const line = t(`appoint.${outcome}`, { ...values, from: from ?? '', moved: from === null ? 'no' : 'yes' });
  return replaced === null ? line : `${line}${t('appoint.replaced', { ...values, replaced })}`;
};
