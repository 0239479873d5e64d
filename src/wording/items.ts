import type { Calendar, Day } from '../domain/calendar.ts';
import { carriedLamp, type Lamp, type LampRule } from '../domain/lamp.ts';
import { isOnLeave, type MemberFacts } from '../domain/owing.ts';
import type { OpenItem } from '../domain/report.ts';
import type { Translate } from '../i18n.ts';
import type { Line } from '../message.ts';
import { carriedLine } from './report.ts';
import { shortDay } from './week.ts';

/** Letter and word beside the colour: `🔴R 红灯`. */
export const lampWords = (lamp: Lamp, t: Translate): string => t('lamp.words', { lamp });

/** `rule`: the unit's, by which its lamps turn. */
type Sight = { readonly today: Day; readonly calendar: Calendar; readonly rule: LampRule; readonly t: Translate };

/** `3. 园区征地协议（已 2 个工作日） 🟡Y 黄灯`: what is still to be closed, and how it stands today. */
export const openLines = (
  items: readonly OpenItem[],
  owner: Pick<MemberFacts, 'leave'>,
  { today, calendar, rule, t }: Sight,
): Line[] =>
  items.map((item) => {
    const { lamp } = carriedLamp(item, today, calendar, (day) => isOnLeave(day, owner), rule);
    const text = `${carriedLine(item, today, calendar, t)} ${lampWords(lamp, t)}`;
    return lamp === 'red' ? { text, tone: 'warning' } : text;
  });

/** `园区征地协议：🟡Y 黄灯，应在11月24日前清，已超 2 个工作日`: how the lamp of each came about. */
export const lampLines = (
  items: readonly OpenItem[],
  owner: Pick<MemberFacts, 'leave'>,
  { today, calendar, rule, t }: Sight,
): string[] =>
  items.map((item) => {
    const { lamp, due, over } = carriedLamp(item, today, calendar, (day) => isOnLeave(day, owner), rule);
    return t('why.lamp', { text: item.text, words: lampWords(lamp, t), lamp, due: shortDay(due, t), over });
  });

/** By which numbers lamps turn. */
export const lampRuleWords = ({ version, soon, grace }: LampRule, t: Translate): string =>
  t('why.lamps', { rule: version, soon, grace });
