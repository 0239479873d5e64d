import { z } from 'zod';
import { atHome, type CommandContext, defineCommand, MOST_TYPED } from '../../src/command.ts';
import { epochDay } from '../../src/domain/calendar.ts';
import { periodOf } from '../../src/domain/dates.ts';
import { figuresOf } from '../../src/domain/figures.ts';
import { lampRuleOf } from '../../src/domain/lamp.ts';
import { cleanName, echoed } from '../../src/domain/names.ts';
import { factsOf, reckoningOf } from '../../src/domain/owing.ts';
import { settingsOf } from '../../src/domain/settings.ts';
import { readWeekWord } from '../../src/domain/week-words.ts';
import { type Week, weekBefore, weekOf } from '../../src/domain/weeks.ts';
import { UserError } from '../../src/errors.ts';
import { type Block, list, text } from '../../src/message.ts';
import { ratesLine } from '../../src/wording/figures.ts';
import { openLines } from '../../src/wording/items.ts';
import { reportLines } from '../../src/wording/mine.ts';
import { weekName } from '../../src/wording/week.ts';

/** `/我的`: my week, what I have still to close, and my rates. Nobody else sees it. */
export const me = defineCommand({
  name: '我的',
  aliases: ['me'],
  help: { line: 'help.me', examples: 'help.me.examples' },
  args: z.string().max(MOST_TYPED, 'command.too-long').transform(cleanName),

  async run(words, context) {
    const { reports, calendar, now, today, t } = context;
    const { member, unit } = atHome(context);
    const span = spanMeant(words, context);
    const facts = factsOf(member, await reports.period(unit.id, span.from, span.to));
    const reckoning = reckoningOf(unit, calendar, now.toPlainDateTime());
    const figures = figuresOf(facts, span, reckoning);

    const isShort = epochDay(span.to) - epochDay(span.from) < DAYS_LISTED;
    const missing = figures.expected - figures.onTime - figures.late;
    const counts = [t('me.counts', { ...figures, missing })];
    const days = isShort ? reportLines(span, facts, reckoning, t) : counts;
    const open = openLines(facts.open, facts, { today, calendar, rule: lampRuleOf(settingsOf(unit)), t });
    const blocks: Block[] = [
      { kind: 'text', text: t('me.title', { week: weekName(span, today, t), unit: unit.name }) },
      ...(days.length > 0 ? list(days) : []),
      { kind: 'text', text: t('me.open', { count: open.length }) },
      ...(open.length > 0 ? list(open.slice(0, MOST_ITEMS)) : []),
      ...(open.length > 0 ? text(t('me.clear', { number: facts.open[0]?.number ?? 1 })) : []),
      { kind: 'text', text: `${ratesLine(figures, t)}\n${t('me.why')}` },
    ];
    return { privately: blocks };
  },
});

/** More are listed by /清. */
const MOST_ITEMS = 20;
/** A week is listed day by day; of a longer span the counts are told. */
const DAYS_LISTED = 7;
const MOST_DAYS = 92;

/** 上周 is the last week with a workday, as on the board. */
const spanMeant = (words: string, { today, calendar }: CommandContext): Week => {
  const { which, rest } = readWeekWord(words);
  if (rest === '') return which === 'last' ? weekBefore(weekOf(today), calendar) : weekOf(today);
  const period = periodOf(words, today);
  if (!period) throw new UserError('me.what', { text: echoed(words) });
  if (epochDay(period.to) - epochDay(period.from) >= MOST_DAYS)
    throw new UserError('me.too-long', { maximum: MOST_DAYS });
  return period;
};
