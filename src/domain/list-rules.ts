/** What may happen to an issue when, and by whose hands: never the same twice on one list. */

import { applied } from './list-course.ts';
import type { ActEvent } from './list-events.ts';
import { appealLabel, type Issue, issueLabel, publishable, standingOf } from './lists.ts';
import type { UnitId } from './organisation.ts';
import { type Refusal, refuse } from './refusal.ts';

export type ListRule =
  | 'not-draft'
  | 'own-draft'
  | 'not-on-it'
  | 'struck-before'
  | 'not-struck'
  | 'told-before'
  | 'appeal-early'
  | 'appeal-late'
  | 'appeal-not-listed'
  | 'appeal-twice'
  | 'appeal-unknown'
  | 'decided-before'
  | 'decide-late'
  | 'decide-own-list'
  | 'decide-own-appeal'
  | 'sign-early'
  | 'sign-twice'
  | 'hands'
  | 'not-signed'
  | 'published-before'
  | 'not-published'
  | 'correct-late'
  | 'corrected-before'
  | 'raised-before'
  | 'not-raised'
  | 'ended';

/** Two identities that were merged are one pair of hands. */
type WhoIs = (id: string) => string;

/** The issue after the event, or why it may not happen. */
export const advance = (issue: Issue, event: ActEvent, whoIs: WhoIs = (id) => id): Issue | Refusal<ListRule> =>
  refusal(issue, event, whoIs) ?? applied(issue, event);

const refusal = (issue: Issue, event: ActEvent, whoIs: WhoIs): Refusal<ListRule> | null => {
  const label = issueLabel(issue.number);
  const no = (rule: ListRule, more: Refusal<ListRule>['values'] = {}) => refuse(rule, { label, ...more });
  if (issue.state === 'ended') return no('ended');
  const me = whoIs(event.by);
  const isMine = whoIs(issue.draftedBy) === me;
  const { dates, state } = issue;
  const isOut = issue.published !== null;

  switch (event.type) {
    case 'strike':
    case 'restore': {
      if (state !== 'draft') return no('not-draft');
      if (isMine) return no('own-draft');
      const row = issue.rows.find(({ unit }) => unit === event.unit);
      if (!row) return no('not-on-it');
      const isStruck = standingOf(issue, event.unit) === 'struck';
      if (event.type === 'strike') return isStruck ? no('struck-before', { unit: row.name }) : null;
      return isStruck ? null : no('not-struck', { unit: row.name });
    }
    case 'confirm':
      if (state !== 'draft') return no('not-draft');
      return isMine ? no('own-draft') : null;
    case 'notice':
      return state === 'confirmed' && issue.noticeOn !== null && event.on >= issue.noticeOn ? null : no('told-before');
    case 'appeal':
      return appealRefusal(issue, event, no);
    case 'decide':
      return decideRefusal(issue, event, no, whoIs);
    case 'close':
      return state === 'appeals' && dates !== null && event.on >= dates.fileBy ? null : no('not-signed');
    case 'sign':
      if (isOut) return no('published-before');
      if (state === 'signed') return no('sign-twice', { publishOn: dates?.publishOn ?? '' });
      if (isMine) return no('own-draft');
      if (state !== 'decided') return no('sign-early');
      return hasHandIn(issue, me, whoIs) ? no('hands') : null;
    case 'remind':
      return state === 'decided' && !issue.isReminded ? null : no('not-signed');
    case 'publish':
      if (isOut) return no('published-before');
      return state === 'signed' && dates !== null && event.on >= dates.publishOn ? null : no('not-signed');
    case 'posted':
      return isOut && issue.posted === null ? null : no('not-published');
    case 'correct': {
      if (!isOut) return no('not-published');
      if (isMine) return no('own-draft');
      if (hasHandIn(issue, me, whoIs)) return no('hands');
      if (event.on > event.until) return no('correct-late');
      if (event.unit === null) return null;
      const row = issue.published?.rows.find(({ unit }) => unit === event.unit);
      if (!row) return no('not-on-it');
      return isCorrected(issue, event.unit) ? no('corrected-before', { unit: row.name }) : null;
    }
    case 'raise':
      return raiseRefusal(issue, event, no);
    case 'keep': {
      if (!isOut) return no('not-published');
      if (isMine) return no('own-draft');
      if (hasHandIn(issue, me, whoIs)) return no('hands');
      const isAsked = issue.raised.some(({ unit, outcome }) => unit === event.unit && outcome === 'open');
      return isAsked ? null : no('not-raised', { unit: nameOf(issue, event.unit) });
    }
    case 'withdraw':
    case 'lapse':
      return isOut ? no('published-before') : null;
  }
};

type No = (rule: ListRule, more?: Refusal<ListRule>['values']) => Refusal<ListRule>;

const appealRefusal = (
  issue: Issue,
  event: Extract<ActEvent, { type: 'appeal' }>,
  no: No,
): Refusal<ListRule> | null => {
  const { dates, state } = issue;
  if (dates === null) return no('appeal-early');
  const before = issue.appeals.find(({ unit }) => unit === event.unit);
  if (before) return no('appeal-twice', { appeal: appealLabel(before.number), outcome: before.outcome });
  if (!publishable(issue).some(({ unit }) => unit === event.unit)) {
    return no('appeal-not-listed', { unit: nameOf(issue, event.unit) });
  }
  const isOpen = state === 'appeals' || state === 'decided';
  return isOpen && event.on <= dates.fileBy ? null : no('appeal-late');
};

const decideRefusal = (
  issue: Issue,
  event: Extract<ActEvent, { type: 'decide' }>,
  no: No,
  whoIs: WhoIs,
): Refusal<ListRule> | null => {
  const appeal = issue.appeals.find(({ number }) => number === event.number);
  if (!appeal) return no('appeal-unknown', { appeal: appealLabel(event.number) });
  const said = { appeal: appealLabel(appeal.number) };
  const me = whoIs(event.by);
  if (whoIs(appeal.by) === me) return no('decide-own-appeal', said);
  if ([issue.draftedBy, ...issue.reviewers].some((one) => whoIs(one) === me)) return no('decide-own-list', said);
  if (appeal.outcome === 'lapsed') return no('decide-late', said);
  if (appeal.outcome !== 'open') return no('decided-before', { ...said, outcome: appeal.outcome });
  return issue.dates !== null && event.on <= issue.dates.decideBy ? null : no('decide-late', said);
};

const raiseRefusal = (
  issue: Issue,
  { unit, on, until }: Extract<ActEvent, { type: 'raise' }>,
  no: No,
): Refusal<ListRule> | null => {
  if (issue.published === null) return no('not-published');
  const said = { unit: nameOf(issue, unit) };
  if (!issue.published.rows.some((row) => row.unit === unit)) return no('appeal-not-listed', said);
  if (isCorrected(issue, unit)) return no('corrected-before', said);
  const before = issue.raised.find((one) => one.unit === unit);
  if (before) return no('raised-before', { ...said, outcome: before.outcome });
  return on > until ? no('correct-late') : null;
};

const isCorrected = ({ corrections }: Issue, unit: UnitId): boolean => corrections.some((one) => one.unit === unit);

const nameOf = ({ rows }: Issue, unit: UnitId): string => rows.find((row) => row.unit === unit)?.name ?? '';

/** Whoever appealed, decided an appeal or found an error neither signs nor corrects the same list. */
const hasHandIn = ({ appeals, raised }: Issue, me: string, whoIs: WhoIs): boolean =>
  appeals.some(({ by, decidedBy }) => whoIs(by) === me || (decidedBy !== null && whoIs(decidedBy) === me)) ||
  raised.some(({ by }) => whoIs(by) === me);
