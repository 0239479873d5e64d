import type { Member } from '../../domain/organisation.ts';
import type { Person } from '../../message.ts';

const PREFIX = 'playground:';

/** Those of `members` who can be mentioned here, by the playground's own ids. */
export const persons = (members: readonly Member[]): readonly Person[] =>
  members
    .filter(({ id }) => id.startsWith(PREFIX))
    .map(({ id, name }) => ({ id: id.slice(PREFIX.length), ...(name !== null && { name }) }));
