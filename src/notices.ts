import type { Temporal } from 'temporal-polyfill';
import type { Calendar } from './domain/calendar.ts';
import { minuteFrom, minuteOf } from './domain/slot.ts';
import type { MessageKey, Params } from './i18n.ts';
import type { SlotStore } from './ports.ts';

/** More than the clocks of two machines differ by: somebody had moved the clock of this data ahead. */
const AHEAD_MINUTES = 60;

type Notice = { readonly key: MessageKey; readonly params: Params };

type People = {
  /** Whether anybody can speak to the bot. */
  readonly isReachable: boolean;
  claimCode(): Promise<string | null>;
};

/** What an operator should know to speak to the bot. */
export const peopleNotices = async ({ isReachable, claimCode }: People): Promise<readonly Notice[]> => {
  const code = await claimCode();
  return [
    ...(isReachable ? [] : [{ key: 'start.nobody', params: {} } as const]),
    ...(code === null ? [] : [{ key: 'start.claim', params: { code } } as const]),
  ];
};

type Time = {
  readonly slots: Pick<SlotStore, 'settled'>;
  readonly calendar: Calendar;
  /** By the product's clock, in the organisation's time zone. */
  readonly now: Temporal.ZonedDateTime;
};

/** What an operator should know of clock and calendar. */
export const timeNotices = async ({ slots, calendar, now }: Time): Promise<readonly Notice[]> => {
  const minute = minuteOf(now.toPlainDateTime());
  const { until } = await slots.settled(minute);
  const ahead = minuteFrom(until).toString({ smallestUnit: 'minute' });
  return [
    ...(until - minute > AHEAD_MINUTES ? [{ key: 'start.clock-ahead', params: { until: ahead } } as const] : []),
    ...(calendar.isKnown(now.toPlainDate()) ? [] : [{ key: 'start.calendar', params: {} } as const]),
  ];
};
