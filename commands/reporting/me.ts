import { z } from 'zod';
import { atHome, defineCommand } from '../../src/command.ts';
import { figuresOf } from '../../src/domain/figures.ts';
import { factsOf } from '../../src/domain/owing.ts';
import { settingsOf } from '../../src/domain/settings.ts';
import { readWeekWord } from '../../src/domain/week-words.ts';
import { weekBefore, weekOf } from '../../src/domain/weeks.ts';
import { UserError } from '../../src/errors.ts';
import type { Block } from '../../src/message.ts';
import { ratesLine } from '../../src/wording/figures.ts';
import { openLines } from '../../src/wording/items.ts';
import { reportLines } from '../../src/wording/mine.ts';
import { weekName } from '../../src/wording/week.ts';

/** `/我的`: my week, what I have still to close, and my rates. Nobody else sees it. */
export const me = defineCommand({
  name: '我的',
  aliases: ['me'],
  help: { line: 'help.me', examples: 'help.me.examples' },
  args: z.string().transform(readWeekWord),

  async run({ which, rest }, context) {
    const { reports, calendar, now, today, t } = context;
    if (rest !== '') throw new UserError('me.what', { text: rest.slice(0, MOST_ECHOED) });
    const { member, unit } = atHome(context);
    const { cadence, deadline } = settingsOf(unit);
    const running = weekOf(today);
    const week = which === 'last' ? weekBefore(running, calendar) : running;

    const facts = factsOf(member, await reports.period(unit.id, week.from, week.to));
    const reckoning = { calendar, deadline, now: now.toPlainDateTime() };
    const days = reportLines(week, facts, cadence, reckoning, t);
    const open = openLines(facts.open, facts, { today, calendar, t });
    const blocks: Block[] = [
      { kind: 'text', text: t('me.title', { week: weekName(week, today, t), unit: unit.name }) },
      ...(days.length > 0 ? [{ kind: 'list', items: days } as const] : []),
      { kind: 'text', text: t('me.open', { count: open.length }) },
      ...(open.length > 0 ? [{ kind: 'list', items: open.slice(0, MOST_ITEMS) } as const] : []),
      ...(open.length > 0
        ? [{ kind: 'text', text: t('me.clear', { number: facts.open[0]?.number ?? 1 }) } as const]
        : []),
      { kind: 'text', text: `${ratesLine(figuresOf(facts, week, cadence, reckoning), t)}\n${t('me.why')}` },
    ];
    return { privately: blocks };
  },
});

const MOST_ECHOED = 40;
/** More are listed by /清. */
const MOST_ITEMS = 20;
