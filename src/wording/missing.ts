/** Who owes a report: for a unit's own coordinator, and nobody else. */
import type { Member } from '../domain/organisation.ts';
import { factsOf, type MemberFacts, type Standing } from '../domain/owing.ts';
import { labels } from '../domain/people.ts';
import type { Translate } from '../i18n.ts';
import { list, type Reply } from '../message.ts';
import type { UnitPeriod } from '../ports.ts';

/** How many names stand in one message; the list of a whole bureau is no list. */
const MOST_NAMES = 60;

/** Everybody's standing, with names that tell people of the same name apart. In order of member id. */
export const rollOf = (
  members: readonly Member[],
  period: UnitPeriod,
  standing: (facts: MemberFacts) => Standing,
): readonly { readonly name: string; readonly standing: Standing }[] => {
  const names = labels(members);
  return members.map((member) => ({
    name: names.get(member.id) ?? member.id,
    standing: standing(factsOf(member, period)),
  }));
};

export type Roll = ReturnType<typeof rollOf>;

/** Names joined as they are spoken, the first sixty of them. */
export const namesOf = (
  roll: Roll,
  standing: Standing,
  t: Translate,
): { readonly count: number; readonly names: string } => {
  const names = roll.filter((one) => one.standing === standing).map(({ name }) => name);
  const shown = names.slice(0, MOST_NAMES).join(t('list.and'));
  return {
    count: names.length,
    names: names.length > MOST_NAMES ? t('list.more', { shown, count: names.length }) : shown,
  };
};

/** `应报 5 人，已报 3 人`, then who has not filed, and who is on leave. `when`: the day or week in words. */
export const rollReply = (
  roll: Roll,
  { unit, when, deadline }: { readonly unit: string; readonly when: string; readonly deadline: string },
  t: Translate,
): Reply => {
  const count = (...wanted: readonly Standing[]) => roll.filter(({ standing }) => wanted.includes(standing)).length;
  const filed = count('onTime', 'late');
  const line = (key: 'missing.missing' | 'missing.leave', standing: Standing) => {
    const said = namesOf(roll, standing, t);
    return said.count > 0 ? [t(key, said)] : [];
  };
  const pending = namesOf(roll, 'pending', t);
  const expected = filed + count('missing', 'pending');
  const lines = [
    ...line('missing.missing', 'missing'),
    ...(pending.count > 0 ? [t('missing.pending', { ...pending, deadline })] : []),
    ...line('missing.leave', 'leave'),
    ...(count('provisional') > 0 ? [t('missing.provisional', { count: count('provisional') })] : []),
  ];
  return [
    { kind: 'text', text: t('missing.title', { unit, when, expected, filed, late: count('late') }), as: 'heading' },
    ...(lines.length > 0 ? list(lines) : []),
  ];
};
