import { hash } from 'node:crypto';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import { faultsOf } from '../domain/list-check.ts';
import { applied, drafted, issueOf } from '../domain/list-course.ts';
import type { ListEvent } from '../domain/list-events.ts';
import type { Issue } from '../domain/lists.ts';
import type { IssueBrief, ListStore } from '../ports.ts';
import type { ChangeScope } from './change.ts';
import { type Keys, projections } from './keys.ts';
import { packBrief, packStep, readBasis, readBrief, readStep } from './list-rows.ts';
import { unsalted, type Write } from './log.ts';
import { confirmed } from './redis.ts';

/** Where the words of reasons, appeals and corrections lie, beside the organisation's log. */
const BUCKET = 'lists';
/** Fields that are no number: the newest one, and that administrators were told of the missing reviewer. */
const NEWEST = '#';
const TOLD = '!';

const Facts = z.object({ number: z.int(), step: z.int() });
type Facts = z.infer<typeof Facts>;

/** Issues stand in the organisation's scope: `list:3` holds the steps of L-03, each written once. */
export const listStore = (redis: Redis, keys: Keys, change: ChangeScope): ListStore => {
  const key = (name: string) => keys.projection('org', name);
  const read = (name: string, field: string) => confirmed(redis.hget(key(name), field));

  const stepsOf = async (number: number) => {
    const rows = await confirmed(redis.hgetall(key(projections.list(number))));
    return Object.entries<string>(rows)
      .map(([step, row]) => ({ step: Number(step), ...readStep(row) }))
      .sort((a, b) => a.step - b.step);
  };
  const eventsOf = async (number: number, upTo = Number.POSITIVE_INFINITY): Promise<readonly ListEvent[]> =>
    (await stepsOf(number)).filter(({ step }) => step <= upTo).map(({ event }) => event);

  /** As it was after the step: a repeated message gets the first answer. */
  const after = async ({ number, step }: Facts): Promise<{ readonly issue: Issue }> => {
    const issue = issueOf(await eventsOf(number, step));
    if (!issue) throw new TypeError(`L-${number} has no steps`);
    return { issue };
  };

  const all = async (): Promise<readonly IssueBrief[]> => {
    const rows = await confirmed(redis.hgetall(key(projections.lists)));
    return Object.entries<string>(rows)
      .filter(([field]) => field !== NEWEST && field !== TOLD)
      .map(([field, row]) => {
        const [from, to, state] = readBrief(row);
        return { number: Number(field), from, to, state };
      })
      .sort((a, b) => a.number - b.number);
  };

  /** What a step writes: itself, and the issue's line among the issues where that changes. */
  const stepWrites = (before: Issue | null, now: Issue, row: string): Write[] => {
    const brief = (issue: Issue) => packBrief([issue.period.from.toString(), issue.period.to.toString(), issue.state]);
    const [was, is] = [before && brief(before), brief(now)];
    return [
      [projections.list(now.number), `${now.history.length}`, null, row],
      ...(was === is ? [] : [[projections.lists, `${now.number}`, was, is] as const]),
    ];
  };

  return {
    all,
    issue: async (number) => issueOf(await eventsOf(number)),
    basis: (number) => read(projections.listBasis, `${number}`),

    async check(number) {
      const [issue, basis] = await Promise.all([
        eventsOf(number).then(issueOf),
        read(projections.listBasis, `${number}`),
      ]);
      return issue && basis !== null ? faultsOf(issue, readBasis(basis), hash('sha256', basis)) : ['hash'];
    },

    async issueOfAppeal(appeal) {
      const row = await read(projections.appeals, `${appeal}`);
      return row === null ? null : Number(row);
    },

    async words(number) {
      const said = (await stepsOf(number)).flatMap(({ step, entry }) => (entry === null ? [] : [{ step, entry }]));
      if (said.length === 0) return new Map();
      const texts = await confirmed(redis.hmget(keys.data('org', BUCKET), ...said.map(({ entry }) => `${entry}`)));
      return new Map(
        said.flatMap(({ step }, i) => {
          const text = unsalted(texts[i]);
          return text === null ? [] : [[step, text] as const];
        }),
      );
    },

    async draft(basis, event, cause) {
      const outcome = await change<Facts | { readonly before: number }>(
        'org',
        cause,
        async () => {
          const standing = (await all()).find(
            ({ from, to, state }) => from === event.from && to === event.to && state !== 'ended',
          );
          if (standing) return { refuse: { before: standing.number } };
          const newest = await read(projections.lists, NEWEST);
          const number = Number(newest ?? 0) + 1;
          const whole = { ...event, number, hash: hash('sha256', basis) };
          const told = await read(projections.lists, TOLD);
          const writes: Write[] = [
            [projections.lists, NEWEST, newest, `${number}`],
            [projections.listBasis, `${number}`, null, basis],
            ...stepWrites(null, drafted(whole), packStep(whole, null)),
            ...(told === null ? [] : [[projections.lists, TOLD, told, null] as const]),
          ];
          return { action: 'list-draft', bucket: '', text: null, facts: { number, step: 1 }, writes };
        },
        (facts) => Facts.parse(facts),
      );
      return 'before' in outcome ? outcome : after(outcome);
    },

    async act(number, cause, decide) {
      type No = Extract<Awaited<ReturnType<typeof decide>>, { refused: string }>;
      const outcome = await change<Facts | No | null>(
        'org',
        cause,
        async (head) => {
          const issue = issueOf(await eventsOf(number));
          if (!issue) return { refuse: null };
          const newest = await read(projections.appeals, NEWEST);
          const decided = await decide(issue, Number(newest ?? 0) + 1);
          if ('refused' in decided) return { refuse: decided as No };
          const { event, words = null } = decided;
          const now = applied(issue, event);
          const writes = stepWrites(issue, now, packStep(event, words === null ? null : head + 1));
          if (event.type === 'appeal') {
            writes.push([projections.appeals, NEWEST, newest, `${event.number}`]);
            writes.push([projections.appeals, `${event.number}`, null, `${number}`]);
          }
          const facts: Facts = { number, step: now.history.length };
          return { action: `list-${event.type}`, bucket: words === null ? '' : BUCKET, text: words, facts, writes };
        },
        (facts) => Facts.parse(facts),
      );
      return outcome === null || 'refused' in outcome ? outcome : after(outcome);
    },

    wasToldNoReviewer: async () => (await read(projections.lists, TOLD)) !== null,
    async noteNoReviewer(cause) {
      await change<null>(
        'org',
        cause,
        async () => {
          const before = await read(projections.lists, TOLD);
          if (before !== null) return { refuse: null };
          const writes: Write[] = [[projections.lists, TOLD, null, '1']];
          return { action: 'list-no-reviewer', bucket: '', text: null, facts: null, writes };
        },
        () => null,
      );
    },
  };
};
