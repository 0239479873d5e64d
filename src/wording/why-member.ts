import { compareDays } from '../domain/calendar.ts';
import { figuresOf } from '../domain/figures.ts';
import { lampRuleOf } from '../domain/lamp.ts';
import type { Unit } from '../domain/organisation.ts';
import type { MemberFacts, Reckoning } from '../domain/owing.ts';
import { settingsOf } from '../domain/settings.ts';
import type { Week } from '../domain/weeks.ts';
import type { Translate } from '../i18n.ts';
import { list, type Reply, text } from '../message.ts';
import { daysExplained, footer, ratesExplained, turnOf } from './figures.ts';
import { lampLines, lampRuleWords } from './items.ts';
import { reportLines, unclearedLines } from './mine.ts';
import { weekName } from './week.ts';

/** A page on a phone; the rest is in /清. */
const MOST_ITEMS = 10;

/**
 * How one member's week is counted: each day, the arithmetic, the items that did not count, the lamps of what is open.
 * For that member alone.
 */
export const memberExplained = (
  unit: Unit,
  week: Week,
  member: MemberFacts,
  reckoning: Reckoning,
  t: Translate,
): Reply => {
  const { calendar, now } = reckoning;
  const figures = figuresOf(member, week, reckoning);
  // On the first days of a holiday nothing was asked for yet.
  const days = reportLines(week, member, reckoning, t);
  const uncleared = unclearedLines(week, member, reckoning, t).slice(0, MOST_ITEMS);
  const today = now.toPlainDate();
  // A lamp is how things stand now; of a week that is over nobody asks it.
  const open = compareDays(today, week.to) > 0 ? [] : member.open.slice(0, MOST_ITEMS);
  const rule = lampRuleOf(settingsOf(unit));
  const lamps = lampLines(open, member, { today, calendar, rule, t });
  return [
    { kind: 'text', text: t('why.mine', { week: weekName(week, today, t) }) },
    ...(days.length === 0 ? [] : list(days)),
    ...list([...ratesExplained(figures, 1, turnOf(week, reckoning), t), ...daysExplained(week, calendar, t)]),
    ...(uncleared.length === 0 ? [] : [...text(t('why.uncleared')), ...list(uncleared)]),
    ...(lamps.length === 0 ? [] : [...text(lampRuleWords(rule, t)), ...list(lamps)]),
    { kind: 'text', text: `${t('why.no-score', { unit: unit.name })}\n${footer(t)}` },
  ];
};
