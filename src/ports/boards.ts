/** Figures for boards. */

import type { Temporal } from 'temporal-polyfill';
import type { Day } from '../domain/calendar.ts';
import type { Unit } from '../domain/organisation.ts';
import type { MemberFigures, UnitFigures } from '../domain/score.ts';
import type { FrozenBoards } from './frozen-boards.ts';

/** Figures of units and members over a period; see domain/score.ts for what they mean. */
export type BoardStore = {
  readonly frozen: FrozenBoards;
  /** `now` decides what is still open and which hour it is; days after today are not looked at. In unit-code order. */
  units(units: readonly Unit[], from: Day, to: Day, now: Temporal.ZonedDateTime): Promise<readonly UnitFigures[]>;
  members(unit: Unit, from: Day, to: Day, now: Temporal.ZonedDateTime): Promise<readonly MemberFigures[]>;
};
