import { z } from 'zod';
import { defineCommand, MOST_TYPED } from '../../src/command.ts';
import { cleanName, echoed } from '../../src/domain/names.ts';
import { mayRun } from '../../src/domain/roles.ts';
import { nearest, plain } from '../../src/domain/spoken.ts';
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

  async run(asked, { commands, claimCode, t }) {
    if (asked === '') {
      // Once somebody has claimed the bot, nobody needs to read about it.
      const isClaimed = (await claimCode()) === null;
      const items = commands
        .filter(({ name }) => name !== '认领' || !isClaimed)
        .map(({ name, help }) => t('help.entry', { name, line: t(help.line) }));
      return [
        { kind: 'text', text: t('help.title') },
        { kind: 'list', items },
        { kind: 'text', text: t('help.more') },
      ];
    }
    const byName = new Map(
      commands.flatMap((each) => [each.name, ...each.aliases].map((name) => [name, each] as const)),
    );
    const command = byName.get(asked);
    if (command) {
      const { name, aliases, help } = command;
      return text(
        t('help.of', { name, aliases: aliases.join(t('list.and')), line: t(help.line), examples: t(help.examples) }),
      );
    }
    const allowed = Object.hasOwn(mayRun, asked) ? mayRun[asked] : undefined;
    if (allowed) {
      const names = allowed.filter((role) => role !== 'anyone').map((role) => t(`role.${role}`));
      throw new UserError('command.not-allowed', { name: asked, roles: names.join(t('list.or')) });
    }
    const name = echoed(asked);
    const close = nearest(asked, [...byName.keys()]);
    throw close ? new UserError('help.nearest', { name, nearest: close }) : new UserError('help.unknown', { name });
  },
});
