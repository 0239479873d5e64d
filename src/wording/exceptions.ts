/** What is in force beside the rules, in lines: alike ones of several units are one. */
import { type Exception, isInForce } from '../domain/exception.ts';
import { type Unit, unitLabel } from '../domain/organisation.ts';
import { settingsOf } from '../domain/settings.ts';
import type { Translate } from '../i18n.ts';
import { exceptionWords, knownSetting, settingValue } from './settings.ts';

/** Units named in one line; of more they are counted. */
const MOST_NAMED = 3;

/** `城关镇、白石镇等 7 个单位的人员榜 开：赵甲批准，依据5号文，到 2026-12-31 为止`; of one setting or of all. */
export const exceptionLines = (
  units: readonly Unit[],
  { now, only = null }: { readonly now: number; readonly only?: readonly string[] | null },
  t: Translate,
): readonly string[] => {
  const running = units.flatMap((unit) =>
    (unit.exceptions ?? [])
      .filter((one) => isInForce(one, now) && (only === null || only.includes(one.name)))
      .map((one) => ({ unit, one })),
  );
  const alike = Map.groupBy(running, ({ one }) => sameness(one));
  return [...alike.values()].flatMap((some) => {
    const [first] = some;
    const name = first ? knownSetting(first.one.name) : null;
    if (!first || !name) return [];
    const labels = some.slice(0, MOST_NAMED).map(({ unit }) => unitLabel(units, unit));
    return t('exception.line', {
      units: labels.join(t('list.and')),
      count: some.length <= MOST_NAMED ? 0 : some.length,
      name: t(`settings.name.${name}`),
      value: settingValue(name, settingsOf(first.unit), t),
      approval: exceptionWords(first.one, 'line', t),
    });
  });
};

const sameness = ({ name, values, approver, basis, until }: Exception): string =>
  JSON.stringify([name, values, approver, basis, until]);
