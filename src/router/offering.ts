/** Talk in a direct chat that sounds like a report is offered to be filed; nothing is filed before the person says so. */
import type { CommandContext } from '../command.ts';
import { canonical } from '../domain/item-text.ts';
import { isNo, isYes, MOST_OFFERED, soundsLikeReport } from '../domain/offer.ts';
import type { Unit } from '../domain/organisation.ts';
import { parseReport } from '../domain/report-text.ts';
import { visible } from '../domain/visible.ts';
import { type Reply, text } from '../message.ts';

/** Offers to file what was said; null when it does not sound like a report, or its author has no unit to file for. */
export const offerOf = (context: CommandContext): Promise<Reply> | Reply | null => {
  const { unit, message } = context;
  if (!unit) return null;
  return soundsLikeReport(message.text) ? offered(message.text, unit, context) : yesterdays(context);
};

/** Of the day before it is offered with the command for that alone: a yes means today. */
const yesterdays = ({ message, t }: CommandContext): Reply | null => {
  const said = visible(message.text.slice(0, 2 * MOST_OFFERED)).replaceAll('\n', '；');
  const rest = /^(?:我)?(?:昨[天日]|yesterday)[\s,，]*(.+)$/isu.exec(said)?.[1];
  if (rest === undefined || !soundsLikeReport(`${/\p{Script=Han}/u.test(rest) ? '今天' : 'today '}${rest}`))
    return null;
  const command = t('offer.late-command', { text: rest });
  return [...text(t('offer.late')), { kind: 'buttons', buttons: [{ text: t('offer.late-button'), command }] }];
};

/** Offers to file `typed`, whatever it sounds like. What has been filed today is not offered again. */
export const offered = async (typed: string, unit: Unit, context: CommandContext): Promise<Reply> => {
  const { offers, today, cause, t } = context;
  // On a button and in a line that is sent again it has to stand on one line; a semicolon parts items as well.
  const said = visible(typed).replaceAll('\n', '；');
  const report = parseReport(said);
  if ('problem' in report) return text(t('command.none'));
  const { entries, items } = await filedToday(unit, context);
  if (report.items.length > 0 && report.items.every((item) => items.has(canonical(item.text)))) {
    return text(t('offer.already'));
  }
  await offers.keep({ day: today, entries, text: said }, cause);
  return [
    { kind: 'text', text: t('offer.ask') },
    { kind: 'buttons', buttons: [{ text: t('offer.button'), command: t('offer.command', { text: said }) }] },
  ];
};

/** What a plain yes or no answers: the text that may be filed now, or a sentence; null when neither was said. */
export const answered = async (context: CommandContext): Promise<{ readonly file: string } | Reply | null> => {
  const { message, unit, offers, today, cause, t } = context;
  const agrees = isYes(message.text);
  if (!unit || !(agrees || isNo(message.text))) return null;
  const { entries } = await filedToday(unit, context);
  const taken = await offers.take({ day: today, entries }, cause);
  if (taken === null) return text(t('offer.nothing'));
  return agrees ? { file: taken } : text(t('offer.declined'));
};

/** How often the member filed today, and all that was filed, in one spelling. */
const filedToday = async (unit: Unit, { me, today, reports }: CommandContext) => {
  const period = await reports.period(unit.id, today, today);
  const entries = period.days.get(today.toString())?.get(me)?.entries ?? [];
  const refs = entries.flatMap(({ entry, letters }) => [...letters].map((_, index) => ({ entry, index, day: today })));
  const texts = await reports.texts(unit.id, refs);
  return {
    entries: entries.length,
    items: new Set(texts.flatMap((words) => (words === null ? [] : [canonical(words)]))),
  };
};
