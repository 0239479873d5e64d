import { z } from 'zod';
import { type CommandContext, defineCommand, MOST_TYPED } from '../../src/command.ts';
import { echoed } from '../../src/domain/names.ts';
import type { Member, Unit } from '../../src/domain/organisation.ts';
import { fullLabel, peopleNamed, withoutMention } from '../../src/domain/people.ts';
import { visible } from '../../src/domain/visible.ts';
import { UserError } from '../../src/errors.ts';
import { memberId, text } from '../../src/message.ts';
import { onlyOne } from '../../src/wording/people.ts';
import { answersFor } from '../../src/wording/requests.ts';

/** `/点评 @张三 协议谈得细`: what a leader says to one person, privately. It stands in that person's history, in no score. */
export const comment = defineCommand({
  name: '点评',
  aliases: ['comment'],
  help: { line: 'help.comment', examples: 'help.comment.examples' },
  args: z.string().max(MOST_TYPED, 'comment.too-long').transform(visible),

  async run(typed, context) {
    const { me, member, reports, directory, cause, today, tell, t } = context;
    const units = answersFor(member, await directory.units());
    const { person, said } = await addressee(typed, units, context);
    const unit = units.find(({ id }) => id === person.unit);
    if (person.id === me) throw new UserError('comment.oneself');
    if (!unit) throw new UserError('comment.not-yours', { who: fullLabel(person) });
    if (said === '') throw new UserError('comment.empty', { who: person.name ?? fullLabel(person) });

    await reports.comment(unit.id, person.id, said, today, cause);
    const from = member?.name ?? (member ? fullLabel(member) : '');
    await tell('comment', [{ to: person, unit: unit.id, reply: text(t('comment.told', { who: from, text: said })) }]);
    const told = person.unreachable ? 'no' : 'yes';
    return { privately: text(t('comment.done', { who: fullLabel(person), told })) };
  },
});

/** Whom the comment is for, by mention, name or user id, and the words without that. */
const addressee = async (
  typed: string,
  units: readonly Unit[],
  { message, directory, t }: CommandContext,
): Promise<{ readonly person: Member; readonly said: string }> => {
  const [mentioned, another] = message.mentions;
  if (another) throw new UserError('comment.one-at-a-time');
  if (mentioned) {
    const person = await directory.member(memberId(message.platform, mentioned));
    if (!person) throw new UserError('person.unknown', { words: echoed(mentioned.name ?? mentioned.id) });
    return { person, said: withoutMention(typed, mentioned).trim() };
  }
  const [, word = '', said = ''] = /^[@＠]?(\S*?)(?:[\s:：,，]+(.*))?$/su.exec(typed) ?? [];
  if (word === '') throw new UserError('comment.whom');
  const members = (await Promise.all(units.map(({ id }) => directory.membersOf(id)))).flat();
  return { person: onlyOne(peopleNamed(word, message.platform, members), word, { units, t }), said: said.trim() };
};
