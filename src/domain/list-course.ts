/** How an issue goes on: an event applied to it. Whether the event is allowed at all, list-rules.ts says. */
import { Temporal } from 'temporal-polyfill';
import type { ActEvent, DraftEvent, ListEvent } from './list-events.ts';
import { type Appeal, type Issue, publishable, type Raised, type Standing } from './lists.ts';
import type { UnitId } from './organisation.ts';

export const drafted = (event: DraftEvent): Issue => ({
  number: event.number,
  period: { from: Temporal.PlainDate.from(event.from), to: Temporal.PlainDate.from(event.to) },
  state: 'draft',
  draftedBy: event.by,
  draftedOn: event.on,
  ruleVersion: event.ruleVersion,
  cuts: event.cuts,
  candidates: event.candidates,
  hash: event.hash,
  rows: event.rows,
  standings: {},
  struckAt: {},
  reviewers: [],
  confirmedBy: null,
  noticeOn: null,
  dates: null,
  appeals: [],
  signedBy: null,
  signedOn: null,
  isReminded: false,
  published: null,
  posted: null,
  corrections: [],
  raised: [],
  history: [{ step: 1, type: 'draft', by: event.by, on: event.on }],
});

/** The issue after `event`, which was allowed. */
export const applied = (issue: Issue, event: ActEvent): Issue => {
  const step = issue.history.length + 1;
  const history = [...issue.history, { step, type: event.type, by: event.by, on: event.on }];
  return { ...issue, ...changed(issue, event, step), history };
};

/** The issue that a series of events made; null for none. */
export const issueOf = (events: readonly ListEvent[]): Issue | null =>
  events.reduce<Issue | null>((issue, event) => {
    if (event.type === 'draft') return drafted(event);
    if (!issue) throw new TypeError(`an issue begins with its draft, not with ${event.type}`);
    return applied(issue, event);
  }, null);

const changed = (issue: Issue, event: ActEvent, step: number): Partial<Issue> => {
  const reviewed = { reviewers: [...new Set([...issue.reviewers, event.by])] };
  switch (event.type) {
    case 'strike':
      return {
        ...reviewed,
        standings: standing(issue, [event.unit], 'struck'),
        struckAt: { ...issue.struckAt, [event.unit]: step },
      };
    case 'restore':
      return { ...reviewed, standings: standing(issue, [event.unit], 'listed') };
    case 'confirm':
      return { ...reviewed, state: 'confirmed', confirmedBy: event.by, noticeOn: event.noticeOn };
    case 'notice':
      return { state: 'appeals', dates: event.dates, standings: standing(issue, event.untold, 'untold') };
    case 'appeal': {
      const { number, unit, by } = event;
      const appeal: Appeal = { number, unit, by, outcome: 'open', decidedBy: null, step };
      // One that was filed in time and arrives after the hour opens the list again.
      return {
        state: 'appeals',
        appeals: [...issue.appeals, appeal],
        standings: standing(issue, [unit], 'frozen'),
      };
    }
    case 'decide': {
      const appeals = issue.appeals.map((one) =>
        one.number === event.number
          ? { ...one, outcome: event.isUpheld ? ('upheld' as const) : ('rejected' as const), decidedBy: event.by }
          : one,
      );
      const units = appeals.filter(({ number }) => number === event.number).map(({ unit }) => unit);
      const isLast = issue.dates !== null && event.on > issue.dates.fileBy && !appeals.some(isOpen);
      return {
        appeals,
        standings: standing(issue, units, event.isUpheld ? 'upheld' : 'listed'),
        ...(isLast && { state: 'decided' as const }),
      };
    }
    case 'close':
      return closed(issue, event.on);
    case 'sign': {
      const dates = issue.dates && { ...issue.dates, publishOn: event.publishOn };
      return { ...reviewed, state: 'signed', signedBy: event.by, signedOn: event.on, dates };
    }
    case 'remind':
      return { isReminded: true };
    case 'publish': {
      const left = event.left.map(({ unit, why }) => [unit, why] as const);
      const standings = { ...issue.standings, ...Object.fromEntries(left) };
      const rows = publishable({ rows: issue.rows, standings }).map((row) => ({
        ...row,
        reds: event.reds[row.unit] ?? row.reds,
      }));
      const { slot, on, isNamed, chats } = event;
      return { state: 'published', standings, published: { slot, on, rows, isNamed, chats } };
    }
    case 'posted':
      return { posted: event.isKnown ? 'yes' : 'unsure' };
    case 'correct': {
      const { on, by, unit } = event;
      const corrections = [...issue.corrections, { on, by, unit, step }];
      return { ...reviewed, state: 'corrected', corrections, raised: answered(issue, unit, 'corrected') };
    }
    case 'raise': {
      const { unit, by } = event;
      return { raised: [...issue.raised, { unit, by, outcome: 'open', step }] };
    }
    case 'keep':
      return { ...reviewed, raised: answered(issue, event.unit, 'kept') };
    case 'withdraw':
      return { ...reviewed, state: 'ended' };
    case 'lapse':
      return { state: 'ended' };
  }
};

const answered = ({ raised }: Issue, unit: UnitId | null, outcome: Raised['outcome']): Issue['raised'] =>
  raised.map((one) => (one.unit === unit && one.outcome === 'open' ? { ...one, outcome } : one));

const isOpen = ({ outcome }: Appeal): boolean => outcome === 'open';

/** At the end of the decisions what nobody decided stays out. */
const closed = (issue: Issue, on: string): Partial<Issue> => {
  const isLate = issue.dates !== null && on >= issue.dates.decideBy;
  if (!isLate) return issue.appeals.some(isOpen) ? {} : { state: 'decided' };
  const lapsed = issue.appeals.filter(isOpen).map(({ unit }) => unit);
  return {
    state: 'decided',
    appeals: issue.appeals.map((one) => (isOpen(one) ? { ...one, outcome: 'lapsed' } : one)),
    standings: standing(issue, lapsed, 'lapsed'),
  };
};

const standing = ({ standings }: Issue, units: readonly UnitId[], what: Standing): Issue['standings'] => ({
  ...standings,
  ...Object.fromEntries(units.map((unit) => [unit, what])),
});
