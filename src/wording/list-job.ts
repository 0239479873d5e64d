/** What the jobs of the lists share: whose slots they run on, which issues they look at, one post a chat. */

import { listed, minuteText } from '../domain/list-dates.ts';
import type { ActEvent } from '../domain/list-events.ts';
import { advance } from '../domain/list-rules.ts';
import { type Issue, type IssueState, RULE } from '../domain/lists.ts';
import type { Member, Unit } from '../domain/organisation.ts';
import { type Chat, chatKey, directChat, type Reply, text } from '../message.ts';
import type { Cause } from '../ports.ts';
import type { ListRun } from './list-context.ts';
import { isReachable } from './list-people.ts';

/** Every slot of these jobs runs on the organisation's first root; on other units' slots there is nothing to do. */
export const isListHome = async ({ unit, directory }: Pick<ListRun, 'unit' | 'directory'>): Promise<boolean> =>
  listed(await directory.units()).home?.id === unit.id;

/** The local minute of the slot. */
export const slotOf = ({ at }: Pick<ListRun, 'at'>): string => minuteText(at);

export const issuesIn = async (
  states: readonly IssueState[],
  { lists }: Pick<ListRun, 'lists'>,
): Promise<readonly Issue[]> => {
  const briefs = (await lists.all()).filter(({ state }) => states.includes(state));
  const issues = await Promise.all(briefs.map(({ number }) => lists.issue(number)));
  return issues.filter((issue) => issue !== null);
};

/** The same slot does the same step of the same issue once, however often it runs. */
export const slotCause = (job: string, { unit, at, now }: ListRun, what: string): Cause => ({
  message: `${job}/${minuteText(at)}/${unit.id}/${what}`,
  by: RULE,
  at: now.toInstant(),
});

/** Takes the issue a step on, unless it may not be taken any more: then null. */
export const take = async (
  job: string,
  number: number,
  context: ListRun,
  step: (issue: Issue) => Promise<ActEvent | null>,
): Promise<Issue | null> => {
  const outcome = await context.lists.act(number, slotCause(job, context, `${number}`), async (issue) => {
    const event = await step(issue);
    if (event === null) return { refused: 'nothing' };
    const next = advance(issue, event);
    return 'refused' in next ? next : { event };
  });
  return outcome === null || 'refused' in outcome ? null : outcome.issue;
};

/** Posts for people and groups, put together: whoever is told of two things gets one message. */
export const bundle = () => {
  const all = new Map<string, { readonly chat: Chat; readonly replies: Reply[] }>();
  const add = (chat: Chat, reply: Reply): void => {
    const known = all.get(chatKey(chat));
    if (known) known.replies.push(reply);
    else all.set(chatKey(chat), { chat, replies: [reply] });
  };
  return {
    add,
    tell: (people: readonly Member[], reply: (to: Member) => Reply): void => {
      for (const one of people.filter(isReachable)) add(directChat(one.id), reply(one));
    },
    posts: (): readonly { readonly chat: Chat; readonly reply: Reply }[] =>
      [...all.values()].map(({ chat, replies }) => ({
        chat,
        reply: replies.flatMap((reply, i) => (i === 0 ? reply : [...text(SEPARATOR), ...reply])),
      })),
  };
};

const SEPARATOR = '———';

/** The groups in which lists are published: of the units that stand on them, and of what is above these. */
export const listChats = (units: readonly Unit[]): readonly string[] => {
  const { home, compared } = listed(units);
  return [...new Set([...(home ? [home] : []), ...compared].flatMap(({ chats }) => chats))];
};
