import { z } from 'zod';
import { type CommandContext, defineCommand, MOST_TYPED } from '../../src/command.ts';
import { asksCadence, type BindingFacts, decideBinding, isSmall, readBinding } from '../../src/domain/binding.ts';
import { readVoiceOrder } from '../../src/domain/group-voice.ts';
import { pathOf } from '../../src/domain/organisation.ts';
import { UserError } from '../../src/errors.ts';
import type { Translate } from '../../src/i18n.ts';
import { type Block, chatKey, type Reply, text } from '../../src/message.ts';
import { orderVoice } from '../../src/wording/group-voices.ts';
import { unlessRefused } from '../../src/wording/refusals.ts';

/**
 * `/绑定 城关镇 上级 云岭县` binds the group in which it is said to a unit, and makes what is missing. With the address of a
 * group robot, which only goes into a direct chat, that robot speaks in the unit's group from then on.
 */
export const bind = defineCommand({
  name: '绑定',
  aliases: ['bind'],
  help: { line: 'help.bind', examples: 'help.bind.examples' },
  args: z
    .string()
    .max(MOST_TYPED, 'command.too-long')
    .transform((said) => readVoiceOrder(said) ?? readBinding(said)),

  async run(order, context) {
    const { message, directory, voices, cause, t } = context;
    if (order && 'kind' in order) return orderVoice(order, context);
    if (message.chat.kind !== 'group') throw new UserError('bind.direct', { app: voices?.make ? 'yes' : 'no' });
    if (!order) return shown(context);
    const facts = await directory.change(
      'bind',
      [],
      ({ units }) => unlessRefused(decideBinding(units, order, chatKey(message.chat)), (rule) => `bind.${rule}`, t),
      cause,
    );
    return told(facts, t);
  },
});

const shown = async ({ chatUnit, directory, t }: CommandContext): Promise<Reply> => {
  if (!chatUnit) return text(t('bind.unbound'));
  const said = t('bind.shown', { unit: pathOf(await directory.units(), chatUnit).join('/') });
  if (!asksCadence(chatUnit)) return text(said);
  const question = t('bind.cadence', { unit: chatUnit.name, small: isSmall(chatUnit) ? 'yes' : 'no' });
  return [...text(`${said}\n${question}`), cadenceButtons(isSmall(chatUnit), t)];
};

const told = (facts: BindingFacts, t: Translate): Reply => {
  const { outcome, unit, isNew, from, parent, newParents, groups, isTop } = facts;
  const lines = [
    outcome === 'same' && parent !== null
      ? ''
      : t(isNew && outcome === 'bound' ? 'bind.made' : `bind.${outcome}`, { unit, from: from ?? '', groups }),
    parent === null ? '' : parent === '' ? t('bind.top', { unit }) : t('bind.parent', { unit, parent }),
    newParents.length > 0 ? t('bind.new-parents', { units: newParents.join(t('list.and')) }) : '',
    outcome === 'bound' ? t('bind.joining', { unit }) : '',
    facts.isSmall && isTop ? t('bind.below-county') : '',
    isNew && isTop && !facts.isSmall ? t('bind.level', { unit }) : '',
    facts.asksCadence ? t('bind.cadence', { unit, small: facts.isSmall ? 'yes' : 'no' }) : '',
  ].filter((line) => line !== '');
  const said = text(lines.join('\n'));
  return facts.asksCadence ? [...said, cadenceButtons(facts.isSmall, t)] : said;
};

/** The recommended answer first. */
const cadenceButtons = (isSmall: boolean, t: Translate): Block => {
  const weekly = { text: t('bind.weekly'), command: t('bind.weekly-command') };
  const daily = { text: t('bind.daily'), command: t('bind.daily-command') };
  const exception = { text: t('bind.exception'), command: t('bind.exception-command') };
  return { kind: 'buttons', buttons: [...(isSmall ? [weekly, daily] : [daily, weekly]), exception] };
};
