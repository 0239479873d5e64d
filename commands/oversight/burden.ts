import { z } from 'zod';
import { defineCommand, MOST_TYPED } from '../../src/command.ts';
import type { Day } from '../../src/domain/calendar.ts';
import { periodOf } from '../../src/domain/dates.ts';
import { cleanName, echoed } from '../../src/domain/names.ts';
import { plain } from '../../src/domain/spoken.ts';
import { UserError } from '../../src/errors.ts';
import { burdenReply } from '../../src/wording/burden.ts';
import { readBurden } from '../../src/wording/read-burden.ts';

const LAST = new Set(['', '上月', '上个月', 'last', 'last month']);
const THIS = new Set(['本月', '这个月', '当月', 'this', 'this month']);

/** `/减负` is the bot's account of itself for the last month, `/减负 本月` so far for this one. */
export const burden = defineCommand({
  name: '减负',
  aliases: ['burden'],
  help: { line: 'help.burden', examples: 'help.burden.examples' },
  args: z.string().max(MOST_TYPED, 'command.too-long').transform(cleanName),

  async run(typed, { burden, directory, reports, calendar, now, today, t }) {
    const said = plain(typed);
    const named = periodOf(typed, today);
    const isNamed = (day: Day) =>
      named?.from.equals(day.with({ day: 1 })) && named.to.equals(day.with({ day: day.daysInMonth }));
    const last = today.with({ day: 1 }).subtract({ days: 1 });
    const month = THIS.has(said) || isNamed(today) ? today : LAST.has(said) || isNamed(last) ? last : null;
    // Older ones are not kept.
    if (!month) throw new UserError('burden.unknown', { word: echoed(typed) });
    const found = await readBurden(month, { burden, directory, reports, calendar, now });
    const units = await directory.units();
    return { privately: burdenReply(found, { month, units, now: now.epochMilliseconds }, t) };
  },
});
