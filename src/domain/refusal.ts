/** A no that the person can put right: which rule said it, and the values of its sentence. */
export type Refusal<Rule extends string> = {
  readonly refused: Rule;
  readonly values: Readonly<Record<string, string | number | readonly string[]>>;
};

export const refuse = <Rule extends string>(refused: Rule, values: Refusal<Rule>['values'] = {}): Refusal<Rule> => ({
  refused,
  values,
});
