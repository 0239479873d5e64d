import { z } from 'zod';
import { type Command, calledIn, defineCommand, MOST_TYPED } from '../../src/command.ts';
import { cleanName, echoed } from '../../src/domain/names.ts';
import { nearest } from '../../src/domain/nearest.ts';
import { isAllowed, mayRun } from '../../src/domain/roles.ts';
import { plain } from '../../src/domain/spoken.ts';
import { UserError } from '../../src/errors.ts';
import { text } from '../../src/message.ts';

/** `/帮助` lists what this person may run, `/帮助 日清` shows how. */
export const help = defineCommand({
  name: '帮助',
  aliases: ['help'],
  help: { line: 'help.help', examples: 'help.help.examples' },
  args: z
    .string()
    .max(MOST_TYPED, 'command.too-long')
    .transform((name) => plain(cleanName(name).replace(/^[/／] ?/, ''))),

  async run(asked, { commands, member, claimCode, t }) {
    const mayRunIt = ({ name }: Command) => isAllowed(mayRun[name] ?? [], member);
    if (asked === '') {
      // Once somebody has claimed the bot, nobody needs to read about it.
      const isClaimed = (await claimCode()) === null;
      const items = commands
        .filter((command) => mayRunIt(command) && (command.name !== '认领' || !isClaimed))
        .map((command) => t('help.entry', { name: calledIn(command, t), line: t(command.help.line) }));
      return [
        { kind: 'text', text: t('help.title') },
        { kind: 'list', items },
        { kind: 'text', text: t('help.more') },
      ];
    }
    const command = commands.find(({ name, aliases }) => name === asked || aliases.includes(asked));
    if (!command) {
      const name = echoed(asked);
      const close = nearest(
        asked,
        commands.filter(mayRunIt).flatMap((each) => [each.name, ...each.aliases]),
      );
      throw close ? new UserError('help.nearest', { name, nearest: close }) : new UserError('help.unknown', { name });
    }
    const name = calledIn(command, t);
    if (!mayRunIt(command)) {
      const roles = (mayRun[command.name] ?? []).filter((role) => role !== 'anyone').map((role) => t(`role.${role}`));
      throw new UserError('command.not-allowed', { name, roles: roles.join(t('list.or')) });
    }
    const others = [command.name, ...command.aliases].filter((other) => other !== name).join(t('list.and'));
    return text(
      t('help.of', { name, aliases: others, line: t(command.help.line), examples: t(command.help.examples) }),
    );
  },
});
