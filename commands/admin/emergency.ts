import type { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { type CommandContext, defineCommand, MOST_TYPED } from '../../src/command.ts';
import { groupRange, privateRange } from '../../src/domain/budget.ts';
import {
  commandedBy,
  declareEmergency,
  type EmergencyFacts,
  endEmergency,
  unitIn,
} from '../../src/domain/emergency.ts';
import { readEmergency } from '../../src/domain/emergency-text.ts';
import { unitLabel } from '../../src/domain/organisation.ts';
import { type Reply, text } from '../../src/message.ts';
import type { Organisation } from '../../src/ports.ts';
import { emergencyLine, momentName } from '../../src/wording/emergency.ts';
import { unlessRefused } from '../../src/wording/refusals.ts';

/**
 * `/应急 城关镇 至 22:00 防汛`: until then the unit and all below it have no quiet hours. Nobody is written to for it.
 * `/应急 城关镇 结束` ends it before.
 */
export const emergency = defineCommand({
  name: '应急',
  aliases: ['emergency'],
  help: { line: 'help.emergency', examples: 'help.emergency.examples' },
  args: z.string().max(MOST_TYPED, 'command.too-long'),

  async run(typed, context) {
    const { me, directory, cause, now, t } = context;
    const order = readEmergency(typed, now.toPlainDateTime());
    if (order.kind === 'shown') return shown(context);
    const until = order.kind === 'begun' ? (order.until?.toZonedDateTime(now.timeZoneId) ?? null) : null;
    const decide = ({ units, member }: Organisation) => {
      const whose = { units, person: member(me), here: context.chatUnit };
      const { unit, rest } = unlessRefused(unitIn(order.words, whose), (rule) => `emergency.${rule}`, t);
      const decided =
        order.kind === 'ended'
          ? endEmergency(units, unit, rest, now.toInstant())
          : declareEmergency(units, unit, { until, words: rest }, now);
      return unlessRefused(decided, (rule) => `emergency.${rule}`, t);
    };
    const facts = await directory.change(order.kind === 'ended' ? 'emergency-end' : 'emergency', [me], decide, cause);
    return told(order.kind, facts, now, t);
  },
});

const told = (
  kind: 'begun' | 'ended',
  { unit, below, until, reason }: EmergencyFacts,
  now: Temporal.ZonedDateTime,
  t: CommandContext['t'],
): Reply => {
  if (kind === 'ended') return text(t('emergency.ended', { unit, below }));
  const limits = { private: privateRange.to, group: groupRange.to };
  return text(t('emergency.begun', { unit, below, reason, until: momentName(until, now, t), ...limits }));
};

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
