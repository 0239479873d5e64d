import type { Temporal } from 'temporal-polyfill';
import type { Calendar } from './domain/calendar.ts';
import { minuteFrom, minuteOf } from './domain/slot.ts';
import type { MessageKey, Params } from './i18n.ts';
import type { SlotStore } from './ports.ts';

/** More than the clocks of two machines differ by: somebody had moved the clock of this data ahead. */
const AHEAD_MINUTES = 60;

type Deps = {
  readonly slots: Pick<SlotStore, 'settled'>;
  readonly calendar: Calendar;
  /** By the product's clock, in the organisation's time zone. */
  readonly now: Temporal.ZonedDateTime;
  /** Whether anybody can speak to the bot. */
  readonly isReachable: boolean;
  claimCode(): Promise<string | null>;
};

type Notice = { readonly key: MessageKey; readonly params: Params };

/** What an operator should read when the bot has started. */
export const notices = async ({ slots, calendar, now, isReachable, claimCode }: Deps): Promise<readonly Notice[]> => {
  const found: Notice[] = [];
  const find = (key: MessageKey, params: Params = {}) => found.push({ key, params });

  const minute = minuteOf(now.toPlainDateTime());
  const { until } = await slots.settled(minute);
  if (until - minute > AHEAD_MINUTES) {
    find('start.clock-ahead', { until: minuteFrom(until).toString({ smallestUnit: 'minute' }) });
  }
  if (!isReachable) find('start.nobody');
  const code = await claimCode();
  if (code !== null) find('start.claim', { code });
  if (!calendar.isKnown(now.toPlainDate())) find('start.calendar');
  return found;
};
