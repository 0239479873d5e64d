/** English names of months, short or whole. All texts here are `narrow`. */
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** Source of a pattern for one; its only group is the first three letters. */
export const MONTH_NAME = `(${MONTHS.join('|')})(?:uary|ruary|ch|il|e|y|ust|t|tember|ober|ember)?(?![a-z])`;

/** The number of the month that `word` names, or null. */
export const monthNamed = (word: string): number | null => {
  const [, name = ''] = new RegExp(`^${MONTH_NAME}$`).exec(word) ?? [];
  return name === '' ? null : MONTHS.indexOf(name) + 1;
};
