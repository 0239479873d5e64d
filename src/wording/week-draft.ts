/** The week's summary, built from its days: `/周结` shows it, the job of the week's last workday brings it. */
import { epochDay } from '../domain/calendar.ts';
import { canonical, firstTag } from '../domain/item-text.ts';
import type { ItemKind } from '../domain/report.ts';
import type { Translate } from '../i18n.ts';
import { type Reply, text } from '../message.ts';
import type { WeekItem } from './read-week.ts';

/** The draft's text: done by tag, undone with the reason as it was typed, next. '' for a week with nothing to say. */
export const weekDraft = (items: readonly WeekItem[], t: Translate): string => {
  const done = distinct(items.filter(({ kind, closed }) => kind === 'done' || closed));
  const undone = without(done, distinct(items.filter(({ kind, closed }) => !closed && unfinished.has(kind))));
  // What Monday called tomorrow is past on Friday: only the last reported day still plans ahead.
  const last = Math.max(...items.map(({ day }) => epochDay(day)));
  const plans = items.filter(({ kind, day }) => kind === 'plan' && epochDay(day) === last);
  const next = without([...done, ...undone], distinct(plans));

  return [
    ...section(t('week-draft.done', { count: done.length }), byTag(done, t)),
    ...section(t('week-draft.undone', { count: undone.length }), bullets(undone)),
    ...section(t('week-draft.next'), bullets(next)),
  ].join('\n');
};

/** The week as the person named it; null: not at all. Whoever confirms what is shown must confirm that week. */
export type Which = 'this' | 'last' | null;

/**
 * The draft as it is offered: confirmed with one tap, or replaced by one's own words. `week`: its two ends in words.
 */
export const draftReply = (
  draft: string,
  week: { readonly from: string; readonly to: string },
  t: Translate,
  which: Which = null,
): Reply => {
  if (draft === '') return text(t('weekly.empty', week));
  const command = t('weekly.confirm-command', { which: which ?? 'none' });
  return [
    { kind: 'text', text: t('weekly.draft', week) },
    { kind: 'text', text: draft },
    { kind: 'buttons', buttons: [{ text: t('weekly.confirm'), command }] },
    { kind: 'text', text: t('weekly.draft-hint', { command }) },
  ];
};

const unfinished: ReadonlySet<ItemKind> = new Set(['open', 'waiting', 'help']);

const section = (title: string, lines: readonly string[]) => (lines.length === 0 ? [] : [title, ...lines]);
const bullets = (items: readonly WeekItem[]) => items.map(({ text }) => `· ${text}`);

/** Under each tag in the order of first use; what has none comes last, under a heading only when there are tags. */
const byTag = (items: readonly WeekItem[], t: Translate): string[] => {
  const groups = Map.groupBy(items, ({ text }) => firstTag(text)?.tag ?? '');
  const rest = groups.get('') ?? [];
  groups.delete('');
  if (groups.size === 0) return bullets(rest);
  const tagged = [...groups].flatMap(([tag, group]) => [`#${tag}`, ...bullets(group.map(untagged))]);
  return [...tagged, ...section(t('week-draft.other'), bullets(rest))];
};

/** The heading says the tag already. An item that is nothing but its tag keeps it. */
const untagged = (item: WeekItem): WeekItem => ({ ...item, text: firstTag(item.text)?.rest || item.text });

const distinct = (items: readonly WeekItem[]): WeekItem[] => {
  const first = new Map<string, WeekItem>();
  for (const item of items) if (!first.has(canonical(item.text))) first.set(canonical(item.text), item);
  return [...first.values()];
};

const without = (said: readonly WeekItem[], items: readonly WeekItem[]): WeekItem[] => {
  const known = new Set(said.map(({ text }) => canonical(text)));
  return items.filter(({ text }) => !known.has(canonical(text)));
};
