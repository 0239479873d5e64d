import { z } from 'zod';
import { type Answer, atHome, type CommandContext, defineCommand, MOST_TYPED } from '../../src/command.ts';
import { comparedWith, ruleFor, topOf } from '../../src/domain/board.ts';
import { campaignPeriods, WHOLE_WORDS } from '../../src/domain/campaign.ts';
import { cleanName, echoed, sameName } from '../../src/domain/names.ts';
import { labelled, readPath, type Unit, unitLabel, unitsNamed } from '../../src/domain/organisation.ts';
import { factsOf, reckoningOf } from '../../src/domain/owing.ts';
import { weekPeriodOf } from '../../src/domain/period.ts';
import { readPeriod } from '../../src/domain/period-words.ts';
import { plain } from '../../src/domain/spoken.ts';
import { narrow } from '../../src/domain/visible.ts';
import { UserError } from '../../src/errors.ts';
import type { Translate } from '../../src/i18n.ts';
import { ROWS_A_PAGE } from '../../src/wording/board.ts';
import { closedBoard } from '../../src/wording/closed-board.ts';
import { frozenBoard } from '../../src/wording/frozen-board.ts';
import { readPersonBoard } from '../../src/wording/person-board.ts';
import { askedPeriod, readBoard, refuseEmpty, type WhichPeriod } from '../../src/wording/read-board.ts';
import { memberExplained } from '../../src/wording/why-member.ts';
import { unitExplained } from '../../src/wording/why-unit.ts';

/** `/为什么` explains one's own figures, privately; `/为什么 城关镇 10月` the row of a unit, without names. */
export const why = defineCommand({
  name: '为什么',
  aliases: ['why'],
  help: { line: 'help.why', examples: 'help.why.examples' },
  args: z.string().max(MOST_TYPED, 'command.too-long').transform(cleanName),

  async run(words, context) {
    const { campaigns, directory, today, calendar, t } = context;
    const units = await directory.units();
    // A unit may be called as a period is.
    const isUnit = unitsNamed(units, readPath(words)).length > 0;
    const read = isUnit
      ? { period: null, rest: words, odd: null }
      : readPeriod(words, today, campaignPeriods(await campaigns.campaigns()));
    const which = askedPeriod(read, { today, calendar, t });
    if (isMe(read.rest, context)) return explainMine(which, context);
    return explainUnit(read.rest, which, context);
  },
});

const isMe = (words: string, { member }: CommandContext): boolean =>
  ['', '我', '我的', '本人', 'me'].includes(plain(words)) || (member?.name != null && sameName(member.name, words));

/** The row of the board among sisters; of the whole organisation's where that is said: `城关镇 全市`. */
const explainUnit = async (words: string, which: WhichPeriod, context: CommandContext): Promise<Answer> => {
  const { directory, message, chatUnit, today, t } = context;
  const units = await directory.units();
  const { isWhole, rest } = withoutWhole(words);
  const unit = onlyUnit(rest, units, t);
  const compared = isWhole ? await withPeople(units, unit, context) : comparedWith(units, unit);
  const eyes = { view: 'group', own: unit.id, covered: null, page: 1, rowsAPage: ROWS_A_PAGE } as const;
  const frozen = isWhole && which !== 'either' ? await frozenBoard(which, eyes, context) : null;
  const [named, rule] = [labelled(units, compared), ruleFor(units, compared)];
  const closed =
    frozen || which === 'either' ? frozen : await closedBoard(which, { units, compared: named, rule }, context);
  const board = closed ?? (await readBoard(named, which, rule, context));
  refuseEmpty({ ...board, rows: board.rows.filter(({ figures }) => figures.unit === unit.id) }, { today, t });
  const reply = unitExplained(unit, board, context);

  // A group is shown the top of a board; whose place is further down need not read it there.
  const inSight = [...topOf(board.rows, board.rule).rows, ...board.rows.filter(({ rank }) => rank === null)];
  const isForAll = chatUnit?.id === unit.id || inSight.some(({ figures }) => figures.unit === unit.id);
  return message.chat.kind === 'direct' || isForAll ? reply : { privately: reply };
};

const withoutWhole = (words: string): { readonly isWhole: boolean; readonly rest: string } => {
  const [last = '', ...before] = words.split(' ').reverse();
  const isWhole = before.length > 0 && WHOLE_WORDS.has(narrow(last));
  return { isWhole, rest: isWhole ? before.reverse().join(' ') : words };
};

const withPeople = async (
  units: readonly Unit[],
  asked: Unit,
  { directory }: CommandContext,
): Promise<readonly Unit[]> => {
  const sizes = await Promise.all(units.map(async ({ id }) => (await directory.membersOf(id)).length));
  return units.filter(({ id }, i) => id === asked.id || (sizes[i] ?? 0) > 0);
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

const explainMine = async (which: WhichPeriod, context: CommandContext): Promise<Answer> => {
  const { reports, directory, calendar, now, today } = context;
  const { member, unit } = atHome(context);
  const period = which === 'either' ? weekPeriodOf(today) : which;
  const units = await directory.units();
  const [facts, people] = await Promise.all([
    reports.period(unit.id, period.from, period.to),
    readPersonBoard(unit, period, ruleFor(units, comparedWith(units, unit)), context),
  ]);
  const reckoning = reckoningOf(unit, calendar, now.toPlainDateTime());
  return {
    privately: memberExplained(
      unit,
      period,
      { facts: factsOf(member, facts), people, me: member.id },
      reckoning,
      context.t,
    ),
  };
};
