import { Temporal } from 'temporal-polyfill';
import { nextWorkday, timesBetween } from '../src/domain/calendar.ts';
import type { Exception } from '../src/domain/exception.ts';
import { coordinatorsOf } from '../src/domain/offices.ts';
import { unitLabel } from '../src/domain/organisation.ts';
import { holds } from '../src/domain/roles.ts';
import { settingsOf } from '../src/domain/settings.ts';
import type { Job, UnitPlan } from '../src/job.ts';
import { directChat, list, text } from '../src/message.ts';
import { exceptionWords, knownSetting, settingValue } from '../src/wording/settings.ts';

const TOLD_AT = '09:00';

/**
 * On the first workday after an exception has ended: tells the unit's coordinators and the administrators, once, what
 * the setting is again. It ended by itself; nobody has to do anything.
 */
export const exceptionEnd: Job = {
  name: 'exception-end',
  // Whoever thinks that it still stands should be told however long the bot was away.
  catchUpMinutes: 14 * 24 * 60,
  expiresMinutes: 15 * 24 * 60,
  delivery: 'atLeastOnce',

  due: (plan, from, to) =>
    timesBetween(TOLD_AT, from, to).filter((at) => endedBy(plan, at.toPlainDate().toString()).length > 0),

  async run({ unit, calendar, at, directory, t }) {
    const ended = endedBy({ unit, calendar }, at.toPlainDate().toString());
    const [officers, units] = await Promise.all([directory.officers(), directory.units()]);
    const coordinators = new Set(coordinatorsOf(officers, unit.id));
    const told = officers.filter((one) => coordinators.has(one) || holds(one, 'admin', null));
    const lines = ended.flatMap((one) => {
      const name = knownSetting(one.name);
      if (!name) return [];
      const value = settingValue(name, settingsOf(unit), t);
      return [
        t('exception.ended', { name: t(`settings.said.${name}`), value, approval: exceptionWords(one, 'line', t) }),
      ];
    });
    if (lines.length === 0) return [];
    const reply = [...text(t('exception.title', { unit: unitLabel(units, unit) })), ...list(lines)];
    return told.filter(({ unreachable }) => !unreachable).map(({ id }) => ({ chat: directChat(id), reply }));
  },
};

/** Those that ended so that `day` is the first workday after their last one. */
const endedBy = ({ unit, calendar }: Pick<UnitPlan, 'unit' | 'calendar'>, day: string): readonly Exception[] =>
  (unit.exceptions ?? []).filter(
    ({ until }) => nextWorkday(Temporal.PlainDate.from(until), calendar).toString() === day,
  );
