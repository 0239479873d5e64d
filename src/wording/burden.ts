/** The bot's own account in words: what it sent, what came of its reminders, what it proposes to switch off. */
import type { Burden, Traffic } from '../domain/burden.ts';
import type { Day } from '../domain/calendar.ts';
import { type Unit, unitLabel } from '../domain/organisation.ts';
import { inTenths } from '../domain/score.ts';
import { isMessageKey, type Translate } from '../i18n.ts';
import { heading, list, type Reply, text } from '../message.ts';
import { exceptionLines } from './exceptions.ts';

/** Kinds of messages and units named; of the rest the sums are told. */
const MOST_KINDS = 5;
const MOST_UNITS = 6;

type Said = { readonly month: Day; readonly units: readonly Unit[]; readonly now: number };

export const burdenReply = (burden: Burden, { month, units, now }: Said, t: Translate): Reply => {
  const { people, groups, kinds, nudges, median, deaf, silent } = burden;
  const asked = nudges.answered + nudges.before + nudges.away + nudges.ignored;
  const needless = nudges.before + nudges.away;
  const proposals = [
    ...named(deaf, units, (unit) => t('burden.deaf', { unit })),
    ...named(silent, units, (unit) => t('burden.silent', { unit })),
  ];
  return [
    ...heading(t('burden.title', { year: `${month.year}`, month: month.month })),
    ...list([
      ...(people.messages + groups.messages === 0 ? [t('burden.none')] : []),
      ...(people.messages > 0 ? [t('burden.people', { ...people, mean: meanOf(people) })] : []),
      ...(groups.messages > 0 ? [t('burden.groups', { ...groups, mean: meanOf(groups) })] : []),
      ...(kinds.length > 0 ? [kindsLine(kinds, t)] : []),
      ...(asked > 0
        ? [
            t('burden.nudges', { asked, answered: nudges.answered, median: median ?? 0, ignored: nudges.ignored }),
            t('burden.needless', { needless, before: nudges.before, away: nudges.away }),
          ]
        : []),
    ]),
    ...exceptions(units, now, t),
    ...(proposals.length > 0 ? [...text(t('burden.proposals')), ...list(proposals)] : text(t('burden.nothing'))),
    ...text(t('burden.note')),
  ];
};

/** To one decimal. */
const meanOf = ({ messages, chats }: Traffic): string =>
  inTenths(chats === 0 ? 0 : Math.round((messages * 10) / chats));

const kindsLine = (kinds: Burden['kinds'], t: Translate): string => {
  const words = kinds.slice(0, MOST_KINDS).map(([kind, count]) => {
    const key = `playground.job.${kind}`;
    return t('burden.kind', { kind: isMessageKey(key) ? t(key) : kind, count });
  });
  const rest = kinds.slice(MOST_KINDS).reduce((sum, [, count]) => sum + count, 0);
  return t('burden.kinds', { kinds: words.join(t('list.and')), rest });
};

const named = (some: readonly Unit[], units: readonly Unit[], say: (unit: string) => string): readonly string[] =>
  some.slice(0, MOST_UNITS).map((unit) => say(unitLabel(units, unit)));

const exceptions = (units: readonly Unit[], now: number, t: Translate): Reply => {
  const lines = exceptionLines(units, { now }, t);
  return lines.length === 0 ? text(t('burden.no-exceptions')) : [...text(t('settings.exceptions')), ...list(lines)];
};
