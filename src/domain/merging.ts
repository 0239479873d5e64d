/** Makes one person of two identities: the second becomes a name for the first, which is the one that goes on. */
import { compareDays, type Day } from './calendar.ts';
import { isLastAdmin } from './departing.ts';
import { leaving, type Member, newcomer, type UnitId, unitsOf } from './organisation.ts';
import { fullLabel } from './people.ts';
import { type Refusal, refuse } from './refusal.ts';
import { type Grant, holds } from './roles.ts';

export type Merger = { readonly main: Member; readonly other: Member; readonly today: Day };
export type MergingRule = 'same' | 'last-admin' | 'admin-reads-no-complaints';

/** What the answer is worded from. `from` and `to` are the units' ids: what is still open goes along. */
export type MergingFacts = {
  readonly main: string;
  readonly other: string;
  readonly from: UnitId | null;
  readonly to: UnitId | null;
  readonly ids: { readonly main: string; readonly other: string };
};

/** The first keeps name and unit, or takes them from the second where it has none, and gets the roles of both. */
export const decideMerger = (
  officers: readonly Member[],
  { main, other, today }: Merger,
): { readonly members: readonly Member[]; readonly facts: MergingFacts } | Refusal<MergingRule> => {
  if (main.id === other.id) return refuse('same', { who: fullLabel(main) });
  if (isLastAdmin(other, officers)) return refuse('last-admin', { who: fullLabel(other) });
  const roles = [...main.roles, ...other.roles.filter((grant) => !main.roles.some((held) => isSame(held, grant)))];
  const isBoth = holds({ roles }, 'admin', null) && holds({ roles }, 'intakeOfficer', null);
  if (isBoth) return refuse('admin-reads-no-complaints', { who: fullLabel(main) });

  const unit = main.unit ?? other.unit;
  const { left, ...kept } = main;
  const second = other.unit !== null && other.unit !== unit ? leaving(other, today) : other;
  const homes = [...(main.homes ?? []), ...(second.homes ?? [])].toSorted((a, b) => compareDays(a.until, b.until));
  return {
    members: [
      {
        ...kept,
        ...(unit === null && left && { left }),
        name: main.name ?? other.name,
        unit,
        since:
          main.unit === null ? other.since : other.unit === main.unit ? earlier(main.since, other.since) : main.since,
        roles,
        ...(homes.length > 0 && { homes }),
        merged: [...(main.merged ?? []), other.id, ...(other.merged ?? [])],
      },
      // Identities that had been merged into the second follow it.
      ...[other.id, ...(other.merged ?? [])].map((id) => ({ ...newcomer(id, null), mergedInto: main.id })),
    ],
    facts: {
      main: fullLabel(main),
      other: fullLabel(other),
      from: other.unit,
      to: unit,
      ids: { main: main.id, other: other.id },
    },
  };
};

/** Takes the identity `id` out of the member again: it is somebody of its own, in no unit and without roles. */
export const decideSplit = (
  main: Member | null,
  id: string,
  today: Day,
): { readonly members: readonly Member[]; readonly facts: { readonly main: string } } | Refusal<'not-merged'> => {
  if (!main || main.id === id) return refuse('not-merged', { who: fullLabel(main ?? { id, name: null }) });
  const { merged = [], ...rest } = main;
  const left = merged.filter((each) => each !== id);
  // In which of the units it filed is not known any more; it owed nothing there that would still be counted.
  const homes = unitsOf(main).map((unit) => ({ unit, since: null, until: today }));
  return {
    members: [
      { ...rest, ...(left.length > 0 && { merged: left }) },
      { ...newcomer(id, null), ...(homes.length > 0 && { homes }) },
    ],
    facts: { main: fullLabel(main) },
  };
};

const isSame = (a: Grant, b: Grant): boolean => a.role === b.role && a.unit === b.unit;

const earlier = (a: Day | null, b: Day | null): Day | null =>
  a === null ? b : b === null ? a : compareDays(a, b) <= 0 ? a : b;
