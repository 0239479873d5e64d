/** The first administrator: whoever types the one-time code that stands in the log. */
import { type Member, newcomer } from './organisation.ts';
import { labels } from './people.ts';
import { type Refusal, refuse } from './refusal.ts';
import { holds } from './roles.ts';
import { plain } from './spoken.ts';

/**
 * A code as it is compared: case, width, hyphens and spaces do not count, and letters that look like digits are digits.
 */
const codeKey = (typed: string): string =>
  plain(typed)
    .replace(/[^a-z0-9]/g, '')
    .replaceAll('o', '0')
    .replace(/[il]/g, '1');

export const isSameCode = (typed: string, code: string): boolean =>
  codeKey(code) !== '' && codeKey(typed) === codeKey(code);

export type Claim = {
  readonly typed: string;
  /** The code that is asked for; null once somebody has claimed the bot. */
  readonly code: string | null;
  readonly person: { readonly id: string; readonly name: string | null };
};

export type ClaimRule = 'empty' | 'wrong' | 'taken';

/** Makes the person an administrator. Afterwards rights are given with /任命 alone. */
export const decideClaim = (
  officers: readonly Member[],
  known: Member | null,
  { typed, code, person }: Claim,
):
  | { readonly members: readonly Member[]; readonly facts: { readonly outcome: 'claimed' | 'already' } }
  | Refusal<ClaimRule> => {
  const admins = officers.filter((officer) => holds(officer, 'admin', null));
  if (admins.some(({ id }) => id === person.id)) return { members: [], facts: { outcome: 'already' } };
  if (admins.length > 0 || code === null) {
    return refuse('taken', { admins: [...labels(admins).values()] });
  }
  if (codeKey(typed) === '') return refuse('empty');
  if (!isSameCode(typed, code)) return refuse('wrong');
  const member = known ?? newcomer(person.id, person.name);
  return {
    members: [{ ...member, name: member.name ?? person.name, roles: [...member.roles, { role: 'admin', unit: null }] }],
    facts: { outcome: 'claimed' },
  };
};
