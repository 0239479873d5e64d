import type { Redis } from 'ioredis';
import { type Day, epochDay } from '../domain/calendar.ts';
import { canonical } from '../domain/item-text.ts';
import { type Filed, type Item, kindLetters } from '../domain/report.ts';
import { UserError } from '../errors.ts';
import type { Cause, ReportToFile } from '../ports.ts';
import { type Keys, keepSeconds } from './keys.ts';
import { messageKey, salting } from './log.ts';
import { script } from './redis.ts';
import { reportKeys, reportProjections } from './report-keys.ts';
import { readFacts } from './rows.ts';

/** A day holds no more items than this: a year of such days still fits a person's history on one page of memory. */
export const MAX_ITEMS_A_DAY = 200;

/** The scripts that touch a member's day, with the keys they share. */
export const reportScripts = (redis: Redis, keys: Keys, realNow: () => number) => {
  const salted = salting();
  const constants = { MOST_ITEMS: MAX_ITEMS_A_DAY, KEEP_SECONDS: keepSeconds.seen };
  const fileReport = script(redis, 'file-report', ['lib-log', 'lib-report'], constants);
  const replaceReport = script(redis, 'replace-report', ['lib-log', 'lib-report', 'lib-withdraw'], constants);
  const undoReport = script(redis, 'undo-report', ['lib-log', 'lib-withdraw']);

  const keysFor = reportKeys(keys, realNow);

  const args = ({ day, onTime, items, listCarried }: ReportToFile, cause: Cause) => {
    const words = JSON.stringify([lettersOf(items), items.map(({ text }) => text)]);
    return [
      messageKey(cause),
      cause.by,
      cause.at.epochMilliseconds,
      epochDay(day),
      onTime ? 1 : 0,
      salted(words),
      listCarried ? 1 : 0,
    ];
  };

  return {
    async file(report: ReportToFile, cause: Cause): Promise<Filed> {
      const { unit, day } = report;
      return factsOr(await fileReport(keysFor(unit, epochDay(day)), args(report, cause)), day);
    },

    async replace(report: ReportToFile, cause: Cause): Promise<Filed | { readonly refused: 'nothing-filed' }> {
      const { unit, day } = report;
      const names = reportProjections(epochDay(day));
      const answer = await replaceReport(keysFor(unit, epochDay(day)), [...args(report, cause), ...names]);
      // To the script the day is empty when the new items are added.
      return answer === '["nothing-filed"]' ? { refused: 'nothing-filed' } : { ...factsOr(answer, day), first: false };
    },

    undo: (unit: string, entry: { n: number; day: number }, head: number, facts: string, cause: Cause) =>
      undoReport(keysFor(unit, entry.day), [
        messageKey(cause),
        cause.by,
        cause.at.epochMilliseconds,
        entry.day,
        entry.n,
        head,
        facts,
        keepSeconds.seen,
        ...reportProjections(entry.day),
      ]),
  };
};

/**
 * An item that the message itself repeats is said once; a plan for tomorrow may repeat what is left unfinished today.
 */
const lettersOf = (items: readonly Item[]): string => {
  const said = new Set<string>();
  let letters = '';
  for (const { kind, text } of items) {
    const words = kind === 'plan' ? `plan ${canonical(text)}` : canonical(text);
    letters += said.has(words) ? '-' : kindLetters[kind];
    said.add(words);
  }
  return letters;
};

const factsOr = (answer: unknown, day: Day): Filed => {
  if (answer === '["day-full"]') throw new UserError('daily.day-full', { maximum: MAX_ITEMS_A_DAY });
  return readFacts(String(answer), day);
};
