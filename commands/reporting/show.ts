import { z } from 'zod';
import { type Answer, atHome, type CommandContext, defineCommand, MOST_TYPED } from '../../src/command.ts';
import type { Day } from '../../src/domain/calendar.ts';
import { readItemNumbers } from '../../src/domain/item-numbers.ts';
import { nameKey } from '../../src/domain/names.ts';
import { readRequest } from '../../src/domain/requests.ts';
import { dayLike, readSpan } from '../../src/domain/show-text.ts';
import { visible } from '../../src/domain/visible.ts';
import { UserError } from '../../src/errors.ts';
import { text } from '../../src/message.ts';
import { dayName } from '../../src/wording/day.ts';
import { answersFor } from '../../src/wording/requests.ts';
import { showItems, showRequest } from '../../src/wording/show-items.ts';
import { showSpan, showUnit, showUnits } from '../../src/wording/show-units.ts';
import { shortDay } from '../../src/wording/week.ts';

/**
 * Opens what a line of a digest names: `/看 H-07` a request, `/看 3` one's own unfinished item, `/看 城关镇` a unit's last
 * workday, `/看 单位` a row for each unit, `/看 昨天` or `/看 11月` a leader's digest of those days, `/看 城关镇 11月` a unit's.
 */
export const show = defineCommand({
  name: '看',
  aliases: ['show'],
  help: { line: 'help.show', examples: 'help.show.examples' },
  args: z
    .string()
    .max(MOST_TYPED, 'command.too-long')
    .transform((typed) => (visible(typed) === '' ? '' : typed.trim())),

  async run(typed, context) {
    if (typed === '') throw new UserError('show.what');
    const request = readRequest(typed);
    if (request && request.rest === '') return showRequest(request.number, context);
    const numbers = readItemNumbers(typed);
    if (numbers !== null && numbers !== 'all' && numbers.length > 0) {
      const day = dayLike(typed, context.today);
      return day ? showItemsOrDay(numbers, day, context) : showItems(atHome(context).unit, numbers, context);
    }
    if (ALL.has(nameKey(typed))) return showUnits(context);
    const { about, rest } = readSpan(typed, context);
    if (rest !== '') return showUnit(rest, about, context);
    return about ? showSpan(about, context) : showUnit(typed, null, context);
  },
});

const ALL: ReadonlySet<string> = new Set(['单位', '全部单位', '所有单位', 'units', 'all units'].map(nameKey));

/** Numbers where one has such items, else the day; the answer tells which, and how to have the other. */
const showItemsOrDay = async (numbers: readonly number[], day: Day, context: CommandContext): Promise<Answer> => {
  const { me, member, unit, reports, directory, today, t } = context;
  const open = unit ? await reports.open(unit.id, me) : [];
  const mine = numbers.filter((number) => open.some((item) => item.number === number));
  const said = {
    numbers: `${numbers[0]}—${numbers.at(-1)}`,
    day: dayName(day, today, t),
    typed: shortDay(day, t),
  };
  if (mine.length > 0) {
    const { privately } = await showItems(atHome(context).unit, mine, context);
    return { privately: [...privately, ...text(t('show.meant-items', said))] };
  }
  const leads = answersFor(member, await directory.units()).length > 0;
  if (!leads) throw new UserError('show.neither', said);
  return showSpan({ from: day, to: day, kind: 'day' }, context);
};
