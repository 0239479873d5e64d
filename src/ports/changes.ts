/** What every change of state is keyed by, and what can be stored. */

import type { Temporal } from 'temporal-polyfill';
import type { UnitId } from '../domain/organisation.ts';
import type { MemberId } from '../message.ts';

/** Who sent a change, when, and under which message id: what every change of state is keyed by. */
export type Cause = { readonly message: string; readonly by: MemberId; readonly at: Temporal.Instant };

/** Somebody's place in a unit's records. */
export type Seat = { readonly unit: UnitId; readonly member: MemberId };

/** Whose words were erased: by id, since the name is one of them. */
export type Erased = { readonly id: MemberId };

/** What can be stored and comes back the same. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
