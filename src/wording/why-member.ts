import { figuresOf } from '../domain/figures.ts';
import type { Unit } from '../domain/organisation.ts';
import type { MemberFacts, Reckoning } from '../domain/owing.ts';
import { settingsOf } from '../domain/settings.ts';
import type { Week } from '../domain/weeks.ts';
import type { Translate } from '../i18n.ts';
import { list, type Reply, text } from '../message.ts';
import { daysExplained, footer, ratesExplained } from './figures.ts';
import { reportLines, unclearedLines } from './mine.ts';
import { weekName } from './week.ts';

/** A page on a phone; the rest is in /清. */
const MOST_ITEMS = 10;

/** How one member's week is counted: each day, the arithmetic, the items that did not count. For that member alone. */
export const memberExplained = (
  unit: Unit,
  week: Week,
  member: MemberFacts,
  reckoning: Reckoning,
  t: Translate,
): Reply => {
  const { calendar, now } = reckoning;
  const { cadence } = settingsOf(unit);
  const figures = figuresOf(member, week, cadence, reckoning);
  // On the first days of a holiday nothing was asked for yet.
  const days = reportLines(week, member, cadence, reckoning, t);
  const uncleared = unclearedLines(week, member, reckoning, t).slice(0, MOST_ITEMS);
  return [
    { kind: 'text', text: t('why.mine', { week: weekName(week, now.toPlainDate(), t) }) },
    ...(days.length === 0 ? [] : list(days)),
    ...list([...ratesExplained(figures, 1, cadence, t), ...daysExplained(week, calendar, t)]),
    ...(uncleared.length === 0 ? [] : [...text(t('why.uncleared')), ...list(uncleared)]),
    { kind: 'text', text: `${t('why.no-score', { unit: unit.name })}\n${footer(t)}` },
  ];
};
