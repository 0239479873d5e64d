import type { Day } from '../domain/calendar.ts';
import type { Repeated } from '../domain/repeating.ts';
import type { Translate } from '../i18n.ts';
import { type Reply, text } from '../message.ts';
import { dayName } from './day.ts';

/** Told to the author alone. A colleague is neither named nor quoted. */
export const repeatedReply = ({ earlier }: Repeated, day: Day, today: Day, t: Translate): Reply => {
  const said = { day: dayName(day, today, t), typed: `${day.month}-${day.day}` };
  return text(
    earlier === null ? t('copy.colleague', said) : t('copy.own', { ...said, earlier: dayName(earlier, today, t) }),
  );
};
