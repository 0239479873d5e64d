import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applied, drafted, issueOf } from '../../src/domain/list-course.ts';
import type { ActEvent, DraftEvent, ListEvent } from '../../src/domain/list-events.ts';
import { advance } from '../../src/domain/list-rules.ts';
import { type Issue, type ListRow, RULE } from '../../src/domain/lists.ts';

const units = ['u2', 'u3', 'u4', 'u5'];
const row = (unit: string, i: number): ListRow => ({
  kind: i < 2 ? 'honour' : 'warning',
  ...{ unit, name: unit, score: 900, rank: 1 },
  reds: i < 2 ? [] : [{ entry: 7, index: 0, redDays: 5 }],
});
const begin = (by: string): DraftEvent => ({
  ...{ type: 'draft', by, on: '2026-12-01T09:00', number: 3, from: '2026-11-01', to: '2026-11-30' },
  rows: units.map(row),
  cuts: { honourMost: 3, honourLeast: 80, warningMost: 2 },
  candidates: { honour: 2, warning: 2 },
  ...{ ruleVersion: 'r1+list-1', hash: 'x' },
});
const dates = { fileBy: '2026-12-03T18:00', decideBy: '2026-12-07T18:00', publishOn: '2026-12-08T10:00' };
const publish = (on: string): ActEvent => ({
  ...{ type: 'publish', by: RULE, on, slot: on, isNamed: false, chats: ['g'], left: [], reds: {} },
});

const people = [RULE, 'ann', 'bob', 'cid', 'dan'];
const minutes = [
  ...['2026-12-01T10:00', '2026-12-02T09:00', '2026-12-03T10:00', '2026-12-03T18:00', '2026-12-04T10:00'],
  ...['2026-12-07T18:00', '2026-12-08T09:00', '2026-12-08T10:00', '2026-12-09T10:00', '2026-12-20T10:00'],
];
const by = fc.constantFrom(...people);
const on = fc.constantFrom(...minutes);
const unit = fc.constantFrom(...units, 'u9');
const number = fc.integer({ min: 1, max: 4 });
const anyEvent: fc.Arbitrary<ActEvent> = fc.oneof(
  fc.record({ type: fc.constantFrom('strike' as const, 'restore' as const), by, on, unit }),
  fc.record({ type: fc.constant('confirm' as const), by, on, noticeOn: fc.constant('2026-12-02T09:00') }),
  fc.record({
    ...{ type: fc.constant('notice' as const), by: fc.constant(RULE), on },
    ...{ untold: fc.subarray(units, { maxLength: 1 }), dates: fc.constant(dates) },
  }),
  fc.record({ type: fc.constant('appeal' as const), by, on, number, unit }),
  fc.record({ type: fc.constant('decide' as const), by, on, number, isUpheld: fc.boolean() }),
  fc.record({ type: fc.constant('sign' as const), by, on, publishOn: fc.constant(dates.publishOn) }),
  fc.record({ type: fc.constant('raise' as const), by, on, unit, until: fc.constant('2026-12-15T23:59') }),
  fc.record({ type: fc.constant('keep' as const), by, on, unit }),
  fc.record({ type: fc.constant('correct' as const), by, on, unit, until: fc.constant('2026-12-15T23:59') }),
  fc.record({ type: fc.constantFrom('close' as const, 'remind' as const, 'withdraw' as const), by, on }),
  on.map(publish),
);
/** Steps that lead on, by people of their own, so that many series get as far as publication. */
const course: readonly ActEvent[] = [
  { type: 'confirm', by: 'bob', on: '2026-12-01T10:00', noticeOn: '2026-12-02T09:00' },
  { type: 'notice', by: RULE, on: '2026-12-02T09:00', untold: [], dates },
  { type: 'close', by: RULE, on: '2026-12-07T18:00' },
  { type: 'sign', by: 'bob', on: '2026-12-08T09:00', publishOn: dates.publishOn },
  publish('2026-12-08T10:00'),
];
const anySeries = fc
  .tuple(by, fc.array(fc.array(anyEvent, { maxLength: 6 }), { minLength: 6, maxLength: 6 }))
  .map(([drafter, others]) => ({
    drafter,
    events: others.flatMap((some, i) => [...some, ...course.slice(i, i + 1)]),
  }));

test('no series of events publishes what is unsigned, frozen, struck, or by one pair of hands; nor anything twice', () => {
  let published = 0;
  fc.assert(
    fc.property(anySeries, ({ drafter, events }) => {
      let issue: Issue = drafted(begin(drafter));
      const done: ListEvent[] = [begin(drafter)];
      for (const event of events) {
        const next = advance(issue, event);
        if ('refused' in next) continue;
        issue = next;
        done.push(event);
        if (event.type !== 'publish') continue;
        published += 1;
        const of = <Type extends ListEvent['type']>(type: Type) =>
          done.filter((one): one is Extract<ListEvent, { type: Type }> => one.type === type);
        // Told before, confirmed before, signed before; by whoever did not draft it; once.
        expect(of('publish')).toHaveLength(1);
        expect([of('confirm').length, of('notice').length, of('sign').length]).toEqual([1, 1, 1]);
        const signer = of('sign')[0]?.by;
        const hands = [drafter, ...of('appeal'), ...of('decide')].map((one) =>
          typeof one === 'string' ? one : one.by,
        );
        expect(hands).not.toContain(signer);
        expect(of('confirm')[0]?.by).not.toBe(drafter);
        const reviewed = [...of('strike'), ...of('restore'), ...of('confirm'), ...of('sign')].map((one) => one.by);
        for (const { by } of of('decide')) expect([drafter, ...reviewed]).not.toContain(by);
        // What was struck last, told to nobody, or appealed against without being rejected is not in it.
        for (const { unit } of issue.published?.rows ?? []) {
          const last = done.findLast((one) => (one.type === 'strike' || one.type === 'restore') && one.unit === unit);
          expect(last?.type).not.toBe('strike');
          expect(of('notice').flatMap(({ untold }) => untold)).not.toContain(unit);
          for (const { number } of of('appeal').filter((one) => one.unit === unit)) {
            expect(of('decide').findLast((one) => one.number === number)?.isUpheld).toBe(false);
          }
        }
      }
      expect(issueOf(done)).toEqual(issue);
      // What was published stays as it is, whatever comes after.
      const at = done.findIndex(({ type }) => type === 'publish');
      if (at >= 0) expect(issueOf(done.slice(0, at + 1))?.published).toEqual(issue.published);
    }),
    { numRuns: 3_000 },
  );
  expect(published).toBeGreaterThan(300);
});

const after = (...events: readonly ActEvent[]): Issue => events.reduce(applied, drafted(begin('ann')));
const [confirm, notice, close, sign] = course as [ActEvent, ActEvent, ActEvent, ActEvent];
const appeal = { type: 'appeal', by: 'cid', on: '2026-12-03T10:00', number: 1, unit: 'u4' } as const;
const decide = { type: 'decide', by: 'dan', on: '2026-12-04T10:00', number: 1, isUpheld: true } as const;

const raise = { type: 'raise', by: 'cid', on: '2026-12-09T10:00', unit: 'u4', until: '2026-12-15T23:59' } as const;
const keep = { type: 'keep', by: 'bob', on: '2026-12-09T11:00', unit: 'u4' } as const;
const correct = { ...raise, type: 'correct', by: 'bob' } as const;
const out = publish('2026-12-08T10:00');

test.each<[why: string, issue: Issue, event: ActEvent, refused: string]>([
  ['its drafter confirms', after(), { ...confirm, by: 'ann' }, 'own-draft'],
  ['its drafter signs', after(confirm, notice, close), { ...sign, by: 'ann' }, 'own-draft'],
  ['signed before the appeals end', after(confirm, notice), sign, 'sign-early'],
  ['signed before it is confirmed', after(), sign, 'sign-early'],
  [
    'signed by whoever decided an appeal',
    after(confirm, notice, appeal, decide, close),
    { ...sign, by: 'dan' },
    'hands',
  ],
  ['signed by whoever appealed', after(confirm, notice, appeal, decide, close), { ...sign, by: 'cid' }, 'hands'],
  ['published unsigned', after(confirm, notice, close), publish('2026-12-08T10:00'), 'not-signed'],
  ['published too early', after(confirm, notice, close, sign), publish('2026-12-08T09:59'), 'not-signed'],
  ['appealed a minute late', after(confirm, notice), { ...appeal, on: '2026-12-03T18:01' }, 'appeal-late'],
  ['appealed before anybody was told', after(confirm), appeal, 'appeal-early'],
  ['appealed twice', after(confirm, notice, appeal), { ...appeal, number: 2, by: 'dan' }, 'appeal-twice'],
  ['appealed for a unit that is not on it', after(confirm, notice), { ...appeal, unit: 'u9' }, 'appeal-not-listed'],
  ['decided by a reviewer', after(confirm, notice, appeal), { ...decide, by: 'bob' }, 'decide-own-list'],
  ['decided by the drafter', after(confirm, notice, appeal), { ...decide, by: 'ann' }, 'decide-own-list'],
  ['decided by whoever appealed', after(confirm, notice, appeal), { ...decide, by: 'cid' }, 'decide-own-appeal'],
  ['decided a minute late', after(confirm, notice, appeal), { ...decide, on: '2026-12-07T18:01' }, 'decide-late'],
  ['decided after it lapsed', after(confirm, notice, appeal, close), decide, 'decide-late'],
  ['decided twice', after(confirm, notice, appeal, decide), { ...decide, isUpheld: false }, 'decided-before'],
  [
    'edited once it is confirmed',
    after(confirm),
    { type: 'strike', by: 'bob', on: '2026-12-01T11:00', unit: 'u2' },
    'not-draft',
  ],
  ['an error raised before it is published', after(confirm, notice, close, sign), raise, 'not-published'],
  [
    'an error raised a minute late',
    after(confirm, notice, close, sign, out),
    { ...raise, on: '2026-12-16T00:00' },
    'correct-late',
  ],
  ['an error raised twice', after(confirm, notice, close, sign, out, raise), { ...raise, by: 'dan' }, 'raised-before'],
  ['an error in what is corrected', after(confirm, notice, close, sign, out, correct), raise, 'corrected-before'],
  ['corrected twice', after(confirm, notice, close, sign, out, correct), correct, 'corrected-before'],
  [
    'corrected by whoever raised it',
    after(confirm, notice, close, sign, out, raise),
    { ...correct, by: 'cid' },
    'hands',
  ],
  ['kept by whoever raised it', after(confirm, notice, close, sign, out, raise), { ...keep, by: 'cid' }, 'hands'],
  ['kept by its drafter', after(confirm, notice, close, sign, out, raise), { ...keep, by: 'ann' }, 'own-draft'],
  ['kept though nobody raised it', after(confirm, notice, close, sign, out), keep, 'not-raised'],
  ['kept after it was corrected', after(confirm, notice, close, sign, out, raise, correct), keep, 'not-raised'],
])('refused: %s', (_, issue, event, refused) => {
  expect(advance(issue, event)).toMatchObject({ refused });
});

test('two identities that were merged are one pair of hands', () => {
  const whoIs = (id: string) => (id === 'ann2' ? 'ann' : id);
  const issue = after(confirm, notice, close);
  expect(advance(issue, { ...sign, by: 'ann2' }, whoIs)).toMatchObject({ refused: 'own-draft' });
  expect(advance(issue, { ...sign, by: 'ann2' })).not.toHaveProperty('refused');
});

test('an appeal that was sent in time and arrives after the hour is heard', () => {
  const closed = after(confirm, notice, { ...close, on: '2026-12-03T18:00' } as ActEvent);
  expect(closed.state).toBe('decided');
  const heard = advance(closed, { ...appeal, on: '2026-12-03T17:59' });
  expect(heard).toMatchObject({ state: 'appeals', standings: { u4: 'frozen' } });
});
