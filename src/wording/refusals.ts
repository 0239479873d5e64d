import type { Refusal } from '../domain/refusal.ts';
import { UserError } from '../errors.ts';
import type { MessageKey, Translate } from '../i18n.ts';

/** So many are named in a sentence; the rest is left out. */
const MOST_LISTED = 12;

const listed = (names: readonly string[], t: Translate): string =>
  names.slice(0, MOST_LISTED).join(t('list.and')) + (names.length > MOST_LISTED ? '…' : '');

/** What was decided; a refusal is thrown as the sentence that `key` names. */
export const unlessRefused = <Decided extends object, Rule extends string>(
  decided: Decided | Refusal<Rule>,
  key: (rule: Rule) => MessageKey,
  t: Translate,
): Decided => {
  if (!('refused' in decided)) return decided;
  const values = Object.entries(decided.values).map(
    ([name, value]) => [name, typeof value === 'object' ? listed(value, t) : value] as const,
  );
  throw new UserError(key(decided.refused), Object.fromEntries(values));
};
