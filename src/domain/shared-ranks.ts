/** Places on a board of which only a part is at hand. Equal scores share the best of their places: 1, 1, 3. */

export type Scored<Id> = { readonly id: Id; readonly tenths: number };
export type Ranked<Id> = Scored<Id> & { readonly rank: number };

/**
 * The places of neighbours on a board, best first. `ahead`: how many stand before the first of them; `better`: how many
 * of those have a higher score than it.
 */
export const sharedRanks = <Id>(
  some: readonly Scored<Id>[],
  { ahead, better }: { readonly ahead: number; readonly better: number },
): readonly Ranked<Id>[] => {
  let rank = better + 1;
  return some.map((one, i) => {
    if (i > 0 && one.tenths !== some[i - 1]?.tenths) rank = ahead + i + 1;
    return { ...one, rank };
  });
};
