/** The board of a unit's people: top names in the unit's own group, and privately one's own place. */
import type { Temporal } from 'temporal-polyfill';
import type { BoardRule } from '../domain/board.ts';
import { exceptionFor } from '../domain/exception.ts';
import type { Unit } from '../domain/organisation.ts';
import { labels } from '../domain/people.ts';
import type { Period } from '../domain/period.ts';
import { type PersonBoard, personBoardOf, personRuleOf, rankedPeople, topPeople } from '../domain/person-board.ts';
import { inTenths } from '../domain/score.ts';
import { settingsOf } from '../domain/settings.ts';
import type { Translate } from '../i18n.ts';
import { type MemberId, type Reply, text } from '../message.ts';
import type { BoardStore, Directory } from '../ports.ts';
import { peoplePicture } from './board-picture.ts';
import { footer } from './figures.ts';
import { periodName } from './period.ts';

type Sources = {
  readonly boards: BoardStore;
  readonly directory: Pick<Directory, 'membersOf'>;
  readonly now: Temporal.ZonedDateTime;
  readonly t: Translate;
};

/** The board of the people of `unit`; null where it is not switched on. */
export const readPersonBoard = async (
  unit: Unit,
  period: Period,
  rule: BoardRule,
  { boards, now }: Sources,
): Promise<(PersonBoard & { readonly period: Period }) | null> => {
  const settings = settingsOf(unit);
  if (settings.personBoard === 'off') return null;
  const figures = await boards.members(unit, period.from, period.to, now);
  return { ...personBoardOf(unit.id, figures, personRuleOf(rule, settings)), period };
};

/** For the unit's own group: the first names, who approved that they stand there, and the line of C04. */
export const topPeopleReply = async (
  unit: Unit,
  board: PersonBoard & { readonly period: Period },
  { directory, now, t }: Sources,
): Promise<Reply> => {
  const isScored = rankedPeople(board).some(({ score }) => score !== 0);
  const { rows, tied } = isScored ? topPeople(board) : { rows: [], tied: 0 };
  const names = labels(await directory.membersOf(unit.id));
  const approved = exceptionFor(unit, 'persons', now.epochMilliseconds);
  const notes = [
    ...(tied > 0 ? [t('people.tied', { rank: rows.at(-1)?.rank ?? 1, count: tied })] : []),
    ...(approved
      ? [t('people.approved', { approver: approved.approver, basis: approved.basis, until: approved.until })]
      : []),
  ];
  const ending = footer(t, board.rule);
  const named = rows.map(({ figures, rank, score }) => ({
    rank,
    score,
    name: names.get(figures.member) ?? figures.member,
  }));
  const period = periodName(board.period, now.toPlainDate(), t);
  return [
    { kind: 'text', text: t('people.title', { unit: unit.name, count: rankedPeople(board).length }), as: 'heading' },
    ...(rows.length === 0
      ? text(rankedPeople(board).length > 0 ? t('people.all-zero') : t('people.none', { least: board.rule.least }))
      : [
          peoplePicture(named, { title: t('picture.people', { unit: unit.name }), period, notes, footer: ending }, t),
          {
            kind: 'table' as const,
            columns: [t('board.rank'), t('people.name'), t('board.score')],
            rows: named.map(({ rank, name, score }) => [`${rank}`, name, inTenths(score ?? 0)]),
          },
        ]),
    { kind: 'text', text: [...notes, ending].join('\n'), as: 'quiet' },
  ];
};

/** One's own place, for nobody else; null for who is not counted in the unit. */
export const ownPlace = (board: PersonBoard, me: MemberId, t: Translate): string | null => {
  const mine = board.rows.find(({ figures }) => figures.member === me);
  if (!mine) return null;
  if (mine.rank !== null && rankedPeople(board).every(({ score }) => score === 0)) return t('people.all-zero');
  return mine.rank === null
    ? t('people.unranked', { expected: mine.figures.expected, least: board.rule.least })
    : t('people.place', { rank: mine.rank, count: rankedPeople(board).length, score: inTenths(mine.score ?? 0) });
};
