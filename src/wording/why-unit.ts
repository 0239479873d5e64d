import { rankedOf } from '../domain/board.ts';
import { asksAtAll, cadenceKind, cadenceOn } from '../domain/cadence.ts';
import { type Calendar, type Day, daysOf } from '../domain/calendar.ts';
import type { Unit } from '../domain/organisation.ts';
import { inTenths } from '../domain/score.ts';
import type { Translate } from '../i18n.ts';
import type { Reply } from '../message.ts';
import { daysExplained, footer, frozenNote, ratesExplained, turnOf } from './figures.ts';
import { periodName } from './period.ts';
import type { Board } from './read-board.ts';
import { scoreExplained } from './score-words.ts';

/** How one row of a board came about: counts, arithmetic, days, rule. Nobody's name is in it. */
export const unitExplained = (
  unit: Unit,
  board: Board,
  { today, calendar, t }: { readonly today: Day; readonly calendar: Calendar; readonly t: Translate },
): Reply => {
  const row = board.rows.find(({ figures }) => figures.unit === unit.id);
  if (!row) return [];
  const { figures, rank, score } = row;
  const before = board.beforeRows.find((other) => other.figures.unit === unit.id);
  const about = { unit: figures.name, week: periodName(board.period, today, t) };
  const place = (of: Board['rows']) => ({ count: rankedOf(of).length, alone: of.length === 1 ? 'yes' : 'no' });

  const title =
    rank === null || score === null
      ? t('why.unranked', { ...about, expected: figures.expected, least: board.rule.least })
      : t('why.ranked', {
          ...about,
          ...place(board.rows),
          ...(board.ranked !== undefined && { count: board.ranked }),
          ...{ score: inTenths(score), rank },
        });
  const sight = { cadenceOn: (day: Day) => cadenceOn(unit, day) };
  const last = sight.cadenceOn(board.period.to);
  const isAsked = daysOf(board.period.from, board.period.to).some((day) => asksAtAll(sight.cadenceOn(day)));
  const explained = isAsked
    ? ratesExplained(figures, figures.members, turnOf(board.period, sight), t)
    : [t('why.off', { cadence: cadenceKind(last) })];
  const arithmetic = score === null ? [] : scoreExplained(figures, t, board.rule);
  const earlier =
    before?.score == null || before.rank === null
      ? []
      : [
          t('why.before', {
            ...place(board.beforeRows),
            week: periodName(board.before, today, t),
            score: inTenths(before.score),
            rank: before.rank,
          }),
        ];
  return [
    { kind: 'text', text: title },
    {
      kind: 'list',
      items: [...arithmetic, ...explained, ...earlier, ...daysExplained(board.period, calendar, t)],
    },
    { kind: 'text', text: [...frozenNote(board.frozenOn, t), footer(t, board.rule)].join('\n'), as: 'quiet' },
  ];
};
