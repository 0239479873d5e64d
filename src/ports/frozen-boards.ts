/** Boards of the whole organisation, as they stood when their period was over and everything in it had counted. */
import type { BoardRule } from '../domain/board.ts';
import type { UnitId } from '../domain/organisation.ts';
import type { UnitFigures } from '../domain/score.ts';
import type { Ranked } from '../domain/shared-ranks.ts';
import type { Cause } from './changes.ts';

/** What is known of a frozen board without looking into it. `hash`: SHA-256 of all that it was made from. */
export type FrozenHead = {
  readonly rule: BoardRule;
  readonly hash: string;
  /** ms since 1970. */
  readonly at: number;
  readonly ranked: number;
  /** Their samples were too small; in unit-code order. */
  readonly unranked: readonly UnitId[];
};

/** Ranks are shared by equal scores, who stand in unit-code order. Nothing is answered of a board that is not there. */
export type FrozenBoards = {
  head(board: string): Promise<FrozenHead | null>;
  /**
   * Keeps a board for ever, made from figures in unit-code order. The first one stands: whoever comes later gets its
   * head, and nothing is changed.
   */
  freeze(board: string, figures: readonly UnitFigures[], rule: BoardRule, cause: Cause): Promise<FrozenHead>;
  /** The first and the last `most` places, best first. */
  ends(
    board: string,
    most: number,
  ): Promise<{ readonly top: readonly Ranked<UnitId>[]; readonly bottom: readonly Ranked<UnitId>[] }>;
  /** `count` places from the one after `ahead`. */
  page(board: string, ahead: number, count: number): Promise<readonly Ranked<UnitId>[]>;
  /** A unit and its neighbours each side; empty where it has no place. */
  around(board: string, unit: UnitId, neighbours: number): Promise<readonly Ranked<UnitId>[]>;
  /** The places of these units; those without one are left out. */
  placesOf(board: string, units: readonly UnitId[]): Promise<readonly Ranked<UnitId>[]>;
  /** How many have exactly this score. */
  sharing(board: string, tenths: number): Promise<number>;
  /** What the places were made from, in the order asked; null for who is not on the board. */
  figures(board: string, units: readonly UnitId[]): Promise<readonly (UnitFigures | null)[]>;
};
