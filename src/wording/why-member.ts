import { compareDays } from '../domain/calendar.ts';
import { figuresOf } from '../domain/figures.ts';
import { lampRuleOf } from '../domain/lamp.ts';
import type { Unit } from '../domain/organisation.ts';
import type { MemberFacts, Reckoning } from '../domain/owing.ts';
import type { Period } from '../domain/period.ts';
import type { PersonBoard } from '../domain/person-board.ts';
import type { Figures } from '../domain/score.ts';
import { settingsOf } from '../domain/settings.ts';
import type { Translate } from '../i18n.ts';
import { list, type MemberId, type Reply, text } from '../message.ts';
import { daysExplained, footer, ratesExplained, turnOf } from './figures.ts';
import { lampLines, lampRuleWords } from './items.ts';
import { reportLines, unclearedLines } from './mine.ts';
import { periodName } from './period.ts';
import { ownPlace } from './person-board.ts';
import { scoreExplained } from './score-words.ts';

/** A page on a phone; the rest is in /清. */
const MOST_ITEMS = 10;
const MOST_DAYS = 10;

/** `people`: the board of the unit's people, where there is one. */
type Explained = { readonly facts: MemberFacts; readonly people: PersonBoard | null; readonly me: MemberId };

/**
 * How one member's week is counted: each day, the arithmetic, the items that did not count, the lamps of what is open.
 * For that member alone.
 */
export const memberExplained = (
  unit: Unit,
  week: Period,
  { facts: member, people, me }: Explained,
  reckoning: Reckoning,
  t: Translate,
): Reply => {
  const { calendar, now } = reckoning;
  const figures = figuresOf(member, week, reckoning);
  // On the first days of a holiday nothing was asked for yet.
  const all = reportLines(week, member, reckoning, t);
  const onTime = t('standing.name', { standing: 'onTime' });
  // Of a month those days are told on which something was amiss.
  const days = all.length <= MOST_DAYS ? all : all.filter((line) => !line.endsWith(onTime)).slice(-MOST_DAYS);
  const uncleared = unclearedLines(week, member, reckoning, t).slice(0, MOST_ITEMS);
  const today = now.toPlainDate();
  // A lamp is how things stand now; of a week that is over nobody asks it.
  const open = compareDays(today, week.to) > 0 ? [] : member.open.slice(0, MOST_ITEMS);
  const rule = lampRuleOf(settingsOf(unit));
  const lamps = lampLines(open, member, { today, calendar, rule, t });
  return [
    { kind: 'text', text: t('why.mine', { week: periodName(week, today, t) }) },
    ...(days.length === 0 ? [] : list(days)),
    ...list([...ratesExplained(figures, 1, turnOf(week, reckoning), t), ...daysExplained(week, calendar, t)]),
    ...(uncleared.length === 0 ? [] : [...text(t('why.uncleared')), ...list(uncleared)]),
    ...(lamps.length === 0 ? [] : [...text(lampRuleWords(rule, t)), ...list(lamps)]),
    {
      kind: 'text',
      text: [...placeWords(unit, people, { figures, me }, t), footer(t, people?.rule)].join('\n'),
      as: 'quiet',
    },
  ];
};

/** Score and place where the unit ranks its people; else that nobody is ranked. */
const placeWords = (
  unit: Unit,
  people: PersonBoard | null,
  { figures, me }: { readonly figures: Figures; readonly me: MemberId },
  t: Translate,
): readonly string[] => {
  if (!people) return [t('why.no-score', { unit: unit.name })];
  const isRanked = people.rows.some(({ figures: one, rank }) => one.member === me && rank !== null);
  const arithmetic = isRanked ? scoreExplained(figures, t, people.rule) : [];
  const place = ownPlace(people, me, t);
  return [...arithmetic, ...(place === null ? [] : [place])];
};
