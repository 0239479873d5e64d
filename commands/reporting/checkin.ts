import { z } from 'zod';
import { type CommandContext, defineCommand, MOST_TYPED } from '../../src/command.ts';
import { decideCheckIn } from '../../src/domain/checking-in.ts';
import { sameName } from '../../src/domain/names.ts';
import { type Reply, text } from '../../src/message.ts';
import { unlessRefused } from '../../src/wording/refusals.ts';

/** `/报到 张三` tells the bot a name, and in the group of a unit makes the person one of its members. */
export const checkin = defineCommand({
  name: '报到',
  aliases: ['checkin'],
  help: { line: 'help.checkin', examples: 'help.checkin.examples' },
  args: z.string().max(MOST_TYPED, 'command.too-long'),

  async run(typed, context) {
    const { message, me, directory, cause, unit, chatUnit: here, today, voices, t } = context;
    const hasApp = message.platform === 'wecom' && Boolean(voices?.make);
    if (typed.trim() === '') return shown(context);
    const isDirect = message.chat.kind === 'direct';
    const { outcome, name, joined } = await directory.change(
      'checkin',
      [me],
      ({ member }) =>
        unlessRefused(
          decideCheckIn(member(me), { id: me, typed, here, isDirect, today }),
          (rule) => `checkin.${rule}`,
          t,
        ),
      cause,
    );
    const lines = [
      t(`checkin.${outcome}`, { name }),
      joined === null ? '' : t('checkin.joined', { unit: joined }),
      joined === null && unit && here && unit.id !== here.id
        ? t('checkin.elsewhere', { unit: unit.name, here: here.name, name })
        : '',
      (await hasNamesake(name, context)) ? t('checkin.namesake', { name }) : '',
      t(isDirect ? 'checkin.reachable' : hasApp ? 'checkin.by-app' : 'checkin.open-chat'),
    ];
    return text(lines.filter((line) => line !== '').join('\n'));
  },
});

const shown = async ({ message, member, unit, t }: CommandContext): Promise<Reply> => {
  const name = member?.name ?? message.sender.name;
  if (!name) return text(t('checkin.nothing'));
  return text(t(unit ? 'checkin.shown' : 'checkin.shown-without-unit', { name, unit: unit?.name ?? '' }));
};

/** Whether somebody else in the unit has the name: lists then print the end of the id too. */
const hasNamesake = async (name: string, { me, directory }: CommandContext): Promise<boolean> => {
  const unit = (await directory.member(me))?.unit;
  const others = unit ? await directory.membersOf(unit) : [];
  return others.some((other) => other.id !== me && other.name !== null && sameName(other.name, name));
};
