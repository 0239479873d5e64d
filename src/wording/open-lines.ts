import { type Calendar, type Day, workdaysBetween } from '../domain/calendar.ts';
import { carriedLamp, type Lamp, lampRuleOf } from '../domain/lamp.ts';
import type { Unit } from '../domain/organisation.ts';
import { factsOf, isOnLeave } from '../domain/owing.ts';
import { labels } from '../domain/people.ts';
import { settingsOf } from '../domain/settings.ts';
import type { Translate } from '../i18n.ts';
import type { Directory, ReportStore } from '../ports.ts';
import { lampWords } from './items.ts';

/** Every unfinished item of the unit with its owner, the most urgent first: a leader has to know whom to ask. */
export const openLines = async (
  unit: Unit,
  sources: {
    readonly reports: ReportStore;
    readonly directory: Directory;
    readonly today: Day;
    readonly calendar: Calendar;
    readonly t: Translate;
  },
): Promise<readonly string[]> => {
  const { reports, directory, today, calendar, t } = sources;
  const [people, period] = await Promise.all([directory.membersOf(unit.id), reports.period(unit.id, today, today)]);
  const names = labels(people);
  const rule = lampRuleOf(settingsOf(unit));
  return people
    .flatMap((person) => {
      const facts = factsOf(person, period);
      return facts.open.map((item) => ({ item, facts, who: names.get(person.id) ?? '' }));
    })
    .map(({ item, facts, who }) => {
      const { lamp } = carriedLamp(item, today, calendar, (on) => isOnLeave(on, facts), rule);
      const age = workdaysBetween(item.day, today, calendar);
      const line = t('show.open-item', { text: item.text, who, age, words: lampWords(lamp, t) });
      return { urgency: urgency.indexOf(lamp), age, line };
    })
    .sort((a, b) => a.urgency - b.urgency || b.age - a.age)
    .map(({ line }) => line);
};

const urgency: readonly Lamp[] = ['red', 'yellow', 'blue', 'paused', 'green'];
