import { z } from 'zod';
import { defineCommand, MOST_TYPED } from '../../src/command.ts';
import { decideClaim } from '../../src/domain/claiming.ts';
import { text } from '../../src/message.ts';
import { unlessRefused } from '../../src/wording/refusals.ts';

/** `/认领 8F3K-22QD` makes the sender the first administrator, with the one-time code that stands in the log. */
export const claim = defineCommand({
  name: '认领',
  aliases: ['claim'],
  help: { line: 'help.claim', examples: 'help.claim.examples' },
  args: z.string().max(MOST_TYPED, 'command.too-long'),

  async run(typed, { message, me, directory, cause, claimCode, t }) {
    const person = { id: me, name: message.sender.name ?? null };
    const code = await claimCode();
    const { outcome } = await directory.change(
      'claim',
      [me],
      ({ officers, member }) =>
        unlessRefused(decideClaim(officers, member(me), { typed, code, person }), (rule) => `claim.${rule}`, t),
      cause,
    );
    return text(t(`claim.${outcome}`));
  },
});
