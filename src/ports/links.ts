/** Links to the pages of the house. */

import type { Temporal } from 'temporal-polyfill';
import type { UnitId } from '../domain/organisation.ts';
import type { PageSpan } from '../domain/page-spans.ts';
import type { MemberId } from '../message.ts';

export type BoardLinks = {
  /**
   * Where `viewer` may open the board page of `unit` for a while from `now` on; null where the viewer's platform could
   * not reach it. Whether the viewer may see the unit is asked whenever the page is opened.
   */
  board(viewer: MemberId, unit: UnitId, span: PageSpan, now: Temporal.Instant): Promise<string | null>;
};
