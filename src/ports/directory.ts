/** The organisation: who belongs where. */

import type { Temporal } from 'temporal-polyfill';
import type { Common } from '../domain/house-settings.ts';
import type { Member, Unit, UnitId } from '../domain/organisation.ts';
import type { Chat, MemberId } from '../message.ts';
import type { Cause, Erased, Json } from './changes.ts';

/** Who belongs where. Reads may be up to 3 s old on another copy of the bot; own changes are seen at once. */
export type Directory = {
  /** For a second identity, the member it was merged into. */
  member(id: MemberId): Promise<Member | null>;
  unit(id: UnitId): Promise<Unit | null>;
  unitOfChat(chat: Chat): Promise<Unit | null>;
  /** What is set for the whole organisation, as it was when the units were last read: waits for nothing. */
  common(): Common;
  /** In order of creation. */
  units(): Promise<readonly Unit[]>;
  /** In order of id. */
  membersOf(unit: UnitId): Promise<readonly Member[]>;
  /** Everybody who was given a role. */
  officers(): Promise<readonly Member[]>;
  /** Everybody the bot knows, in order of id. Reads them all, in batches: for rare questions only. */
  everybody(): Promise<readonly Member[]>;
  /** The members that `ids` mean now, by id; those that are known alone. For many at once: nothing is cached. */
  known(ids: readonly MemberId[]): Promise<ReadonlyMap<MemberId, Member>>;
  /** Everybody, some at a time and in no order; somebody may come twice. */
  people(): AsyncIterable<readonly Member[]>;
  /**
   * The newest changes of a unit's record that the log has under `action`, at most `most`, newest first. What lies very
   * far back is not looked for.
   */
  history(action: string, unit: UnitId, most: number): Promise<readonly UnitChange[]>;
  /**
   * Erases the words of a person, everywhere and for good; what was filed on which day stays. `whom` says which ids are
   * the person's, and is not asked again when the message comes a second time.
   */
  erase(
    whom: () => Promise<{ readonly ids: readonly MemberId[]; readonly facts: Erased }>,
    cause: Cause,
  ): Promise<Erased>;
  /**
   * Changes the organisation in one step. `decide` gets the state as it is and says what is to be, or throws UserError;
   * it may be asked again when somebody else was quicker. A repeated message gets the first answer.
   */
  change<Facts extends Json>(
    action: string,
    /** Whose records `decide` may ask for. */
    about: readonly MemberId[],
    decide: (now: Organisation) => Decision<Facts>,
    cause: Cause,
  ): Promise<Facts>;
};

export type UnitChange = {
  readonly by: MemberId;
  readonly at: Temporal.Instant;
  readonly before: Unit;
  readonly after: Unit;
};

/** What a decision about the organisation may look at; fresh, not cached. */
export type Organisation = {
  readonly units: readonly Unit[];
  readonly officers: readonly Member[];
  /** One of the members that `Directory.change` was told about; null when the bot does not know the person yet. */
  readonly member: (id: MemberId) => Member | null;
};

/**
 * What is to be written, whole records; what is not named stays as it is. `facts` is what the answer is worded from.
 */
export type Decision<Facts extends Json> = {
  readonly units?: readonly Unit[];
  readonly members?: readonly Member[];
  readonly facts: Facts;
};
