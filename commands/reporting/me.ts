import { z } from 'zod';
import { type Answer, atHome, type CommandContext, defineCommand, MOST_TYPED } from '../../src/command.ts';
import { epochDay } from '../../src/domain/calendar.ts';
import { periodOf } from '../../src/domain/dates.ts';
import { figuresOf } from '../../src/domain/figures.ts';
import { lampRuleOf } from '../../src/domain/lamp.ts';
import { cleanName, echoed } from '../../src/domain/names.ts';
import { factsOf, reckoningOf } from '../../src/domain/owing.ts';
import { readPage } from '../../src/domain/page.ts';
import { type Figures, sumOf } from '../../src/domain/score.ts';
import { settingsOf } from '../../src/domain/settings.ts';
import { readWeekWord } from '../../src/domain/week-words.ts';
import { type Week, weekBefore, weekOf } from '../../src/domain/weeks.ts';
import { UserError } from '../../src/errors.ts';
import type { Translate } from '../../src/i18n.ts';
import { type Block, list, text } from '../../src/message.ts';
import { ratesLine } from '../../src/wording/figures.ts';
import { commentLines, isFound, ownFrom, toldItems, toldLine } from '../../src/wording/history.ts';
import { openLines } from '../../src/wording/items.ts';
import { reportLines, weekLines } from '../../src/wording/mine.ts';
import { daysHere, earlierStays, filedIn, type Stay } from '../../src/wording/stays.ts';
import { weekName } from '../../src/wording/week.ts';

/** `/我的`: my week, what I have still to close, and my rates; `/我的 11月` a span, `/我的 找 协议` a word. Nobody else sees it. */
export const me = defineCommand({
  name: '我的',
  aliases: ['me'],
  help: { line: 'help.me', examples: 'help.me.examples' },
  args: z.string().max(MOST_TYPED, 'command.too-long').transform(cleanName),

  run(words, context) {
    const { page, rest } = readPage(words);
    const [, sought] = /^(?:找|搜索?|查找?|find|search)[\s:：]+(.+)$/iu.exec(rest) ?? [];
    return sought === undefined ? showSpan(rest, page, context) : search(sought, page, context);
  },
});

/** Open items beyond these are listed by /清. */
const MOST_ITEMS = 20;
/** A week is listed day by day; of a longer span the counts are told. */
const DAYS_LISTED = 7;
/** Items of a span: what a phone shows in two screens. */
const ITEMS_A_PAGE = 20;
/** A quarter. */
const MOST_DAYS = 92;
/** How far back a word is looked for. */
const MONTHS_SEARCHED = 12;

const showSpan = async (words: string, page: number, context: CommandContext): Promise<Answer> => {
  const { reports, calendar, now, today, t } = context;
  const { member, unit } = atHome(context);
  const span = spanMeant(words, context);
  const whose = ownFrom(member, span);
  const [period, earlier, comments, items] = await Promise.all([
    reports.period(unit.id, span.from, span.to),
    earlierStays(member, span, context),
    commentLines(whose, context),
    // One’s own running week is a look at how one stands; whoever names days wants to read what was told of them.
    words === '' ? [] : toldItems(whose, reports),
  ]);
  const facts = factsOf(member, period);
  const reckoning = reckoningOf(unit, calendar, now.toPlainDateTime());
  const figures = figuresOf(facts, span, reckoning);

  // Each day by the rules of the unit in which it was owed.
  const stays: readonly Stay[] = [...earlier, { unit, span: daysHere(member, span), facts }];
  const filed = filedIn(stays);
  const asked = stays.map((stay) => ({
    ...{ span: stay.span, facts: { ...stay.facts, ...filed } },
    reckoning: reckoningOf(stay.unit, calendar, now.toPlainDateTime()),
  }));
  const isShort = epochDay(span.to) - epochDay(span.from) < DAYS_LISTED;
  const days = isShort
    ? asked.flatMap((stay) => reportLines(stay.span, stay.facts, stay.reckoning, t))
    : [countsLine(sumOf(asked.map((stay) => figuresOf(stay.facts, stay.span, stay.reckoning))), t)];
  days.push(...weekLines(span, { ...facts, ...filed }, { ...reckoning, draftAt: settingsOf(unit).draftAt }, t));
  const open = openLines(facts.open, facts, { today, calendar, rule: lampRuleOf(settingsOf(unit)), t });
  const lines = items.map((item) => toldLine(item, today, t));
  const blocks: Block[] = [
    { kind: 'text', text: t('me.title', { week: weekName(span, today, t), unit: unit.name }), as: 'heading' },
    ...(days.length > 0 ? list(days) : []),
    ...paged(lines, page, t('me.items', { count: lines.length }), words, context),
    ...(comments.length > 0 ? [...text(t('me.comments')), ...list([...comments])] : []),
    { kind: 'text', text: t('me.open', { count: open.length }) },
    ...(open.length > 0 ? list(open.slice(0, MOST_ITEMS)) : []),
    ...(open.length > 0 ? text(t('me.clear', { number: facts.open[0]?.number ?? 1 })) : []),
    { kind: 'text', text: `${ratesLine(figures, t)}\n${t('me.why')}` },
  ];
  return { privately: blocks };
};

const countsLine = (figures: Figures, t: Translate): string =>
  t('me.counts', { ...figures, missing: figures.expected - figures.onTime - figures.late });

/** Newest first: what one looks for was mostly not long ago. */
const search = async (words: string, page: number, context: CommandContext): Promise<Answer> => {
  const { reports, today, t } = context;
  const whose = ownFrom(atHome(context).member, { from: today.subtract({ months: MONTHS_SEARCHED }), to: today });
  const found = (await toldItems(whose, reports)).filter((item) => isFound(item, words)).toReversed();
  const values = { text: echoed(words), months: MONTHS_SEARCHED };
  if (found.length === 0) return { privately: text(t('me.not-found', values)) };
  const lines = found.map((item) => toldLine(item, today, t));
  return {
    privately: paged(
      lines,
      page,
      t('me.found', { ...values, count: found.length }),
      t('me.find-words', { text: words }),
      context,
    ),
  };
};

/** A page of `lines` under `title`, with the command, /我的 and `words`, for the next one. */
const paged = (
  lines: readonly string[],
  page: number,
  title: string,
  words: string,
  { t }: CommandContext,
): Block[] => {
  if (lines.length === 0) return [];
  const pages = Math.ceil(lines.length / ITEMS_A_PAGE);
  if (page > pages) throw new UserError('me.no-page', { pages });
  const shown = lines.slice((page - 1) * ITEMS_A_PAGE, page * ITEMS_A_PAGE);
  const next =
    page < pages ? text(t('me.next', { page, pages, command: t('me.next-command', { words, page: page + 1 }) })) : [];
  return [...text(title), ...list(shown), ...next];
};

/** 上周 is the last week with a workday, as on the board. */
const spanMeant = (words: string, { today, calendar }: CommandContext): Week => {
  const { which, rest } = readWeekWord(words);
  if (rest === '') return which === 'last' ? weekBefore(weekOf(today), calendar) : weekOf(today);
  const period = periodOf(words, today);
  if (!period) throw new UserError('me.what', { text: echoed(words) });
  if (epochDay(period.to) - epochDay(period.from) >= MOST_DAYS) {
    throw new UserError('me.too-long', { maximum: MOST_DAYS });
  }
  return period;
};
