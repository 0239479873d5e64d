/** Finds the one person whom a command names, or says why that is not clear. */

import { echoed } from '../domain/names.ts';
import { type Member, type Unit, unitLabel } from '../domain/organisation.ts';
import { fullLabel, labels } from '../domain/people.ts';
import { UserError } from '../errors.ts';
import type { Translate } from '../i18n.ts';
import type { Directory } from '../ports.ts';

/** How a person is called where the unit is clear: by name, with the end of the id where a colleague has the same one. */
export const amongColleagues = async (person: Member, directory: Pick<Directory, 'membersOf'>): Promise<string> => {
  const colleagues = person.unit === null ? [person] : await directory.membersOf(person.unit);
  return labels(colleagues).get(person.id) ?? fullLabel(person);
};

type Known = { readonly units: readonly Unit[]; readonly t: Translate };

/** The only one of those whom `words` may mean. A name alone never decides between two people. */
export const onlyOne = (found: readonly Member[], words: string, { units, t }: Known): Member => {
  const [member, second] = found;
  if (!member) throw new UserError('person.unknown', { words: echoed(words) });
  if (!second) return member;
  const names = labels(found);
  const people = found.map(({ id, unit }) => {
    const home = units.find((each) => each.id === unit);
    const who = names.get(id) ?? id;
    return home ? t('person.of-unit', { who, unit: unitLabel(units, home) }) : who;
  });
  const example = /（(.+)）/u.exec(names.get(member.id) ?? '')?.[1] ?? '';
  throw new UserError('person.ambiguous', { words, count: found.length, people: people.join(t('list.and')), example });
};
