import type { Calendar, Day } from '../domain/calendar.ts';
import { carriedLamp, type Lamp } from '../domain/lamp.ts';
import { isOnLeave, type MemberFacts } from '../domain/owing.ts';
import type { OpenItem } from '../domain/report.ts';
import type { Translate } from '../i18n.ts';
import { carriedLine } from './report.ts';

/** Letter and word beside the colour: `🔴R 红灯`. */
export const lampWords = (lamp: Lamp, t: Translate): string => t('lamp.words', { lamp });

/** `3. 园区征地协议（已 2 个工作日） 🟡Y 黄灯`: what is still to be closed, and how it stands today. */
export const openLines = (
  items: readonly OpenItem[],
  owner: Pick<MemberFacts, 'leave'>,
  { today, calendar, t }: { readonly today: Day; readonly calendar: Calendar; readonly t: Translate },
): string[] =>
  items.map((item) => {
    const { lamp } = carriedLamp(item, today, calendar, (day) => isOnLeave(day, owner));
    return `${carriedLine(item, today, calendar, t)} ${lampWords(lamp, t)}`;
  });
