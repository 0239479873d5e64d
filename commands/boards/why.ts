import { z } from 'zod';
import { type Answer, atHome, type CommandContext, defineCommand, MOST_TYPED } from '../../src/command.ts';
import { comparedWith, ruleFor, topOf } from '../../src/domain/board.ts';
import { cleanName, echoed, sameName } from '../../src/domain/names.ts';
import { labelled, readPath, type Unit, unitLabel, unitsNamed } from '../../src/domain/organisation.ts';
import { factsOf, reckoningOf } from '../../src/domain/owing.ts';
import { plain } from '../../src/domain/spoken.ts';
import { readWeekWord } from '../../src/domain/week-words.ts';
import { weekBefore, weekOf } from '../../src/domain/weeks.ts';
import { UserError } from '../../src/errors.ts';
import type { Translate } from '../../src/i18n.ts';
import { readBoard, type WhichWeek } from '../../src/wording/read-board.ts';
import { memberExplained } from '../../src/wording/why-member.ts';
import { unitExplained } from '../../src/wording/why-unit.ts';

/** `/为什么` explains one's own figures, privately; `/为什么 城关镇` the row of a unit, without names. */
export const why = defineCommand({
  name: '为什么',
  aliases: ['why'],
  help: { line: 'help.why', examples: 'help.why.examples' },
  args: z.string().max(MOST_TYPED, 'command.too-long').transform(cleanName),

  run(words, context) {
    const { which, rest } = readWeekWord(words);
    if (isMe(rest, context)) return explainMine(which ?? 'running', context);
    return explainUnit(rest, which ?? 'either', context);
  },
});

const isMe = (words: string, { member }: CommandContext): boolean =>
  ['', '我', '我的', '本人', 'me'].includes(plain(words)) || (member?.name != null && sameName(member.name, words));

const explainUnit = async (words: string, which: WhichWeek, context: CommandContext): Promise<Answer> => {
  const { directory, message, chatUnit } = context;
  const units = await directory.units();
  const unit = onlyUnit(words, units, context.t);
  const compared = comparedWith(units, unit);
  const board = await readBoard(labelled(units, compared), which, ruleFor(units, compared), context);
  const reply = unitExplained(unit, board, context);

  // A group is shown the top of a board; whose place is further down need not read it there.
  const inSight = [...topOf(board.rows, board.rule).rows, ...board.rows.filter(({ rank }) => rank === null)];
  const isForAll = chatUnit?.id === unit.id || inSight.some(({ figures }) => figures.unit === unit.id);
  return message.chat.kind === 'direct' || isForAll ? reply : { privately: reply };
};

const onlyUnit = (words: string, units: readonly Unit[], t: Translate): Unit => {
  const found = unitsNamed(units, readPath(words));
  const [unit, second] = found;
  const text = echoed(words);
  if (!unit) throw new UserError('why.unknown', { text });
  if (second) {
    const labels = found.map((one) => unitLabel(units, one));
    throw new UserError('why.which', { text, units: labels.join(t('list.and')) });
  }
  return unit;
};

const explainMine = async (which: WhichWeek, context: CommandContext): Promise<Answer> => {
  const { reports, calendar, now, today } = context;
  const { member, unit } = atHome(context);
  const week = which === 'last' ? weekBefore(weekOf(today), calendar) : weekOf(today);
  const facts = factsOf(member, await reports.period(unit.id, week.from, week.to));
  const reckoning = reckoningOf(unit, calendar, now.toPlainDateTime());
  return { privately: memberExplained(unit, week, facts, reckoning, context.t) };
};
