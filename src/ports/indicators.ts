/** Special indicators: what is measured, how it weighs, and the values. */
import type { Refusal } from '../domain/refusal.ts';
import type { Measured, Sheet, ValuePlace } from '../domain/sheet.ts';
import type { NextSheet, SheetRule } from '../domain/sheet-change.ts';
import type { Cause } from './changes.ts';

export type JudgeRule = 'nothing-waits' | 'own-value';

/** A value with what became of it. */
export type ValueOutcome = { readonly value: Measured };

/** The organisation's. Told the same message again, changes nothing and answers the same. */
export type IndicatorStore = {
  /** Every sheet that ever was, oldest first. */
  sheets(): Promise<readonly Sheet[]>;
  /** All values of these months, those of one place in order. */
  values(months: readonly string[]): Promise<readonly Measured[]>;
  /** Where each value comes from, as it was said; null where that was erased. */
  sources(values: readonly Measured[]): Promise<readonly (string | null)[]>;
  /** Puts a sheet in the place of a unit's last. `nextId`: of a new indicator. `decide` may be asked again. */
  reshape(
    decide: (sheets: readonly Sheet[], nextId: number) => NextSheet | Refusal<SheetRule>,
    cause: Cause,
  ): Promise<Sheet | Refusal<SheetRule>>;
  /** Keeps a value with its source; it counts for nothing yet. */
  report(place: ValuePlace, value: number, source: string, cause: Cause): Promise<ValueOutcome>;
  /** What this very message has judged before. */
  judged(cause: Cause): Promise<ValueOutcome | null>;
  /** Judges the value that waits there. `why`: the words of a return. Nobody judges a value of their own. */
  judge(
    place: ValuePlace,
    isVerified: boolean,
    why: string | null,
    cause: Cause,
  ): Promise<ValueOutcome | Refusal<JudgeRule>>;
};
