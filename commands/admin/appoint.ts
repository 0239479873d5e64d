import { z } from 'zod';
import { type CommandContext, defineCommand } from '../../src/command.ts';
import { type AppointingFacts, decideAppointment } from '../../src/domain/appointing.ts';
import { type AppointmentText, readAppointment } from '../../src/domain/appointment-text.ts';
import { type Member, newcomer, readPath } from '../../src/domain/organisation.ts';
import { peopleNamed, withoutMention } from '../../src/domain/people.ts';
import { roles } from '../../src/domain/roles.ts';
import { UserError } from '../../src/errors.ts';
import type { Translate } from '../../src/i18n.ts';
import { memberId, platformNames, text } from '../../src/message.ts';
import { onlyOne } from '../../src/wording/people.ts';
import { unlessRefused } from '../../src/wording/refusals.ts';

/** `/任命 @张三 联络员 城关镇` gives a role, `/任命 @张三 免去 联络员` takes it. */
export const appoint = defineCommand({
  name: '任命',
  aliases: ['appoint'],
  help: { line: 'help.appoint', examples: 'help.appoint.examples' },
  args: z.string(),

  async run(body, context) {
    const { message, directory, cause, chatUnit: here, today, t } = context;
    const [mentioned] = message.mentions;
    const spoken = readAppointment(mentioned ? withoutMention(body, mentioned) : body, mentioned !== undefined);
    const { role, take } = spoken;
    if (!role)
      throw new UserError('appoint.role-unknown', {
        roles: roles.map((r) => t(`appoint.role.${r}`)).join(t('list.and')),
      });

    const { person, unit } = await whoAndWhere(spoken, context);
    const facts = await directory.change(
      'appoint',
      [person.id],
      (now) => {
        const known = now.member(person.id) ?? person;
        const order = { person: { ...known, name: known.name ?? person.name }, role, take, unit, here, today };
        return unlessRefused(decideAppointment(now, order), (rule) => `appoint.${rule}`, t);
      },
      cause,
    );
    return text(worded(facts, t));
  },
});

type Meant = { readonly person: Member; readonly unit: readonly string[] };

/** By mention, else by user id, else by a name that one person alone has; somebody who was mentioned may be new to the bot. */
const whoAndWhere = async ({ person, unit }: AppointmentText, context: CommandContext): Promise<Meant> => {
  const { message, me, directory, t } = context;
  const [mentioned, another] = message.mentions;
  if (another) throw new UserError('appoint.one-at-a-time');
  if (mentioned) return { person: newcomer(memberId(message.platform, mentioned), mentioned.name ?? null), unit };
  if (['我', 'me'].includes(person)) return { person: newcomer(me, message.sender.name ?? null), unit };
  if (person === '') throw new UserError('appoint.nobody');

  const [units, everybody] = await Promise.all([directory.units(), directory.everybody()]);
  const words = person.split(' ');
  // `张三 城关镇 联络员`: the longest beginning that is somebody; the rest is a unit.
  for (let count = words.length; count > 0; count -= 1) {
    const who = words.slice(0, count).join(' ');
    const found = peopleNamed(who, message.platform, everybody);
    const where = count < words.length ? readPath(words.slice(count).join(' ')) : unit;
    if (found.length > 0) return { person: onlyOne(found, who, { units, t }), unit: where };
  }
  // The id spelt out with its platform cannot be a slip of a name.
  if (platformNames.some((name) => person.startsWith(`${name}:`))) return { person: newcomer(person, null), unit };
  throw new UserError('appoint.unknown', { words: person, example: `${message.platform}:userid` });
};

const worded = ({ outcome, who, role, unit, replaced, from }: AppointingFacts, t: Translate): string => {
  const values = { who, role: t(`appoint.role.${role}`), unit: unit ?? '', scoped: unit === null ? 'no' : 'yes' };
  const line = t(`appoint.${outcome}`, { ...values, from: from ?? '', moved: from === null ? 'no' : 'yes' });
  return replaced === null ? line : `${line}${t('appoint.replaced', { ...values, replaced })}`;
};
