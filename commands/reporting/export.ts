import { z } from 'zod';
import { atHome, type CommandContext, defineCommand, MOST_TYPED } from '../../src/command.ts';
import { compareDays, type Day, epochDay, fromEpochDay, mondayOf } from '../../src/domain/calendar.ts';
import { periodOf } from '../../src/domain/dates.ts';
import { cleanName, echoed } from '../../src/domain/names.ts';
import { fullLabel } from '../../src/domain/people.ts';
import { UserError } from '../../src/errors.ts';
import { text } from '../../src/message.ts';
import type { Sheet } from '../../src/ports.ts';
import { dayName } from '../../src/wording/day.ts';
import { commentsTo, ownFrom, ownWeek, toldItems } from '../../src/wording/history.ts';

/** Without a span, as far back as /我的 looks for words. */
const MONTHS = 12;
/** Two years: a file that a phone still opens. */
const MOST_DAYS = 731;
const DAYS_A_WEEK = 7;

/** `/导出`, `/导出 11月`: one's own items, weeks and comments as a workbook. Nobody else gets it. */
export const exportOwn = defineCommand({
  name: '导出',
  aliases: ['export'],
  help: { line: 'help.export', examples: 'help.export.examples' },
  args: z.string().max(MOST_TYPED, 'command.too-long').transform(cleanName),

  async run(words, context) {
    const { today, hand, t } = context;
    atHome(context);
    const span = spanMeant(words, context);
    const sheets = await Promise.all([itemSheet(span, context), weekSheet(span, context), commentSheet(span, context)]);
    const name = t('export.file', { from: `${span.from}`, to: `${span.to}` });
    const url = await hand(name, sheets);
    if (url === null) throw new UserError('export.no-files');
    const one = span.from.equals(span.to) ? 'yes' : 'no';
    const ends = { from: dayName(span.from, today, t), to: dayName(span.to, today, t), one };
    return { privately: [...text(t('export.done', ends)), { kind: 'file', name, url }] };
  },
});

type Span = { readonly from: Day; readonly to: Day };

const spanMeant = (words: string, { today }: CommandContext): Span => {
  if (words === '') return { from: today.subtract({ months: MONTHS }), to: today };
  const period = periodOf(words, today);
  if (!period) throw new UserError('export.what', { text: echoed(words) });
  if (compareDays(period.from, today) > 0) throw new UserError('export.future');
  if (epochDay(period.to) - epochDay(period.from) >= MOST_DAYS)
    throw new UserError('me.too-long', { maximum: MOST_DAYS });
  return period;
};

const itemSheet = async ({ from, to }: Span, context: CommandContext): Promise<Sheet> => {
  const { reports, t } = context;
  const items = await toldItems(ownFrom(atHome(context).member, { from, to }), reports);
  return {
    name: t('export.items'),
    columns: [
      { title: t('export.day'), width: 12 },
      { title: t('export.kind'), width: 10 },
      { title: t('export.text'), width: 70 },
    ],
    rows: items.map(({ day, kind, text }) => [day, t(`item.kind.${kind}`), text]),
  };
};

const weekSheet = async ({ from, to }: Span, context: CommandContext): Promise<Sheet> => {
  const { reports, t } = context;
  const { member } = atHome(context);
  const first = epochDay(mondayOf(from));
  const count = Math.floor((epochDay(to) - first) / DAYS_A_WEEK) + 1;
  const mondays = Array.from({ length: count }, (_, week) => fromEpochDay(first + DAYS_A_WEEK * week));
  const texts = await Promise.all(mondays.map((monday) => ownWeek(member, monday, reports)));
  return {
    name: t('export.weeks'),
    columns: [
      { title: t('export.monday'), width: 12 },
      { title: t('export.text'), width: 80 },
    ],
    rows: mondays.flatMap((monday, i) => (texts[i] == null ? [] : [[monday, texts[i]]])),
  };
};

const commentSheet = async ({ from, to }: Span, context: CommandContext): Promise<Sheet> => {
  const { reports, directory, t } = context;
  const comments = await commentsTo(ownFrom(atHome(context).member, { from, to }), reports);
  const rows = comments.map(async ({ day, by, text }) => {
    const leader = await directory.member(by);
    return [day, leader ? fullLabel(leader) : '', text ?? t('item.erased')];
  });
  return {
    name: t('export.comments'),
    columns: [
      { title: t('export.day'), width: 12 },
      { title: t('export.who'), width: 16 },
      { title: t('export.text'), width: 70 },
    ],
    rows: await Promise.all(rows),
  };
};
