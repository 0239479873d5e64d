import { z } from 'zod';
import { type CommandContext, defineCommand, MOST_TYPED } from '../../src/command.ts';
import { commandedBy, declareEmergency, endEmergency, unitAlone, unitIn } from '../../src/domain/emergency.ts';
import { readEmergency } from '../../src/domain/emergency-text.ts';
import { unitLabel } from '../../src/domain/organisation.ts';
import { type Reply, text } from '../../src/message.ts';
import type { Organisation } from '../../src/ports.ts';
import { emergenciesBefore, emergencyLine, emergencyTold } from '../../src/wording/emergency.ts';
import { unlessRefused } from '../../src/wording/refusals.ts';

/** So many are looked back at. */
const MOST_LISTED = 10;

/**
 * `/应急 城关镇 至 22:00 防汛`: until then the unit and all below it have no quiet hours. Nobody is written to for it.
 * `/应急 城关镇 结束` ends it before, `/应急 城关镇 记录` says what was declared by whom.
 */
export const emergency = defineCommand({
  name: '应急',
  aliases: ['emergency'],
  help: { line: 'help.emergency', examples: 'help.emergency.examples' },
  args: z.string().max(MOST_TYPED, 'command.too-long'),

  async run(typed, context) {
    const { me, directory, cause, chatUnit: here, now, t } = context;
    const order = readEmergency(typed, now.toPlainDateTime());
    if (order.kind === 'shown') return shown(context);
    if (order.kind === 'listed') return listed(order.words, context);
    const decide = ({ units, member }: Organisation) => {
      const whose = { units, person: member(me), here };
      if (order.kind === 'ended') {
        const unit = unlessRefused(unitAlone(order.words, whose), (rule) => `emergency.${rule}`, t);
        return unlessRefused(endEmergency(units, unit, now.toInstant()), (rule) => `emergency.${rule}`, t);
      }
      const { unit, rest: words } = unlessRefused(unitIn(order.words, whose), (rule) => `emergency.${rule}`, t);
      const until = order.until?.toZonedDateTime(now.timeZoneId) ?? null;
      return unlessRefused(declareEmergency(units, unit, { until, words }, now), (rule) => `emergency.${rule}`, t);
    };
    return text(emergencyTold(order.kind, await directory.change('emergency', [me], decide, cause), now, t));
  },
});

/** What is in force in the units for which one may declare it, and how to do it. */
const shown = async ({ member, directory, now, t }: CommandContext): Promise<Reply> => {
  const units = await directory.units();
  // Those of a county and of all below it are one.
  const alike = Map.groupBy(commandedBy(member, units), (unit) => emergencyLine(unit, now, t));
  const lines = [...alike].flatMap(([line, some]) => {
    const names = some.map((unit) => unitLabel(units, unit)).join(t('list.and'));
    return line === null ? [] : [t('emergency.of', { unit: names, line })];
  });
  const usage = text(t('emergency.usage'));
  return lines.length === 0 ? [...text(t('emergency.nowhere')), ...usage] : [{ kind: 'list', items: lines }, ...usage];
};

const listed = async (words: readonly string[], context: CommandContext): Promise<Reply> => {
  const { member, chatUnit: here, directory, now, t } = context;
  const units = await directory.units();
  const unit = unlessRefused(unitAlone(words, { units, person: member, here }), (rule) => `emergency.${rule}`, t);
  const found = await directory.history('emergency', unit.id, MOST_LISTED);
  const people = await Promise.all([...new Set(found.map(({ by }) => by))].map(directory.member));
  const known = people.filter((one) => one !== null);
  return emergenciesBefore(found, { label: unitLabel(units, unit), people: known, now }, t);
};
