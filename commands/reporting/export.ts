import { z } from 'zod';
import { type Answer, atHome, type CommandContext, calledIn, defineCommand, MOST_TYPED } from '../../src/command.ts';
import { compareDays, epochDay } from '../../src/domain/calendar.ts';
import { periodOf } from '../../src/domain/dates.ts';
import { type ExportWords, readExport } from '../../src/domain/export-words.ts';
import { echoed } from '../../src/domain/names.ts';
import type { Span } from '../../src/domain/period.ts';
import { isAllowed, mayRun } from '../../src/domain/roles.ts';
import { UserError } from '../../src/errors.ts';
import { text } from '../../src/message.ts';
import type { Sheet } from '../../src/ports.ts';
import { dayName } from '../../src/wording/day.ts';
import { boardSheet } from '../../src/wording/export-board.ts';
import { listSheets } from '../../src/wording/export-lists.ts';
import { ownSheets } from '../../src/wording/export-own.ts';
import { reportSheets } from '../../src/wording/export-reports.ts';
import { exportedUnits } from '../../src/wording/exported-units.ts';

/** Without a span, as far back as /我的 looks for words. */
const MONTHS = 12;
/** Two years: a file that a phone still opens. */
const MOST_DAYS = 731;

/**
 * `/导出`, `/导出 11月`: one's own records as a workbook. `/导出 榜 上周` the board, `/导出 红黑榜 2026年11月` a published list,
 * `/导出 日清 11月 城关镇 分表` what units reported, for who leads them: each as far as the asker may see it, privately.
 */
export const exportTables = defineCommand({
  name: '导出',
  aliases: ['export'],
  help: { line: 'help.export', examples: 'help.export.examples' },
  args: z.string().max(MOST_TYPED, 'command.too-long').transform(readExport),

  async run(words, context): Promise<Answer> {
    const { name, sheets, said } = await madeOf(words, context);
    const url = await context.hand(name, sheets);
    if (url === null) throw new UserError('export.no-files');
    return { privately: [...text(said), { kind: 'file', name, url }] };
  },
});

type Made = { readonly name: string; readonly sheets: readonly Sheet[]; readonly said: string };

const madeOf = ({ kind, rest, isSplit }: ExportWords, context: CommandContext): Promise<Made> => {
  switch (kind) {
    case 'own':
      return own(rest, context);
    case 'board':
      return board(rest, context);
    case 'lists':
      return lists(rest, context);
    case 'reports':
      return reports(rest, isSplit, context);
  }
};

const own = async (words: string, context: CommandContext): Promise<Made> => {
  const { t } = context;
  const home = atHome(context);
  const span = spanMeant(words, context);
  const ends = endsOf(span, context);
  return {
    name: t('export.file', { from: `${span.from}`, to: `${span.to}` }),
    sheets: await ownSheets(span, { ...context, ...home }),
    said: t('export.done', ends),
  };
};

const endsOf = ({ from, to }: Span, { today, t }: CommandContext) => ({
  from: dayName(from, today, t),
  to: dayName(to, today, t),
  one: from.equals(to) ? 'yes' : 'no',
});

const spanMeant = (words: string, { today }: CommandContext): Span => {
  if (words === '') return { from: today.subtract({ months: MONTHS }), to: today };
  const period = periodOf(words, today);
  if (!period) throw new UserError('export.what', { text: echoed(words) });
  if (compareDays(period.from, today) > 0) throw new UserError('export.future');
  if (epochDay(period.to) - epochDay(period.from) >= MOST_DAYS)
    throw new UserError('me.too-long', { maximum: MOST_DAYS });
  return period;
};

const board = async (words: string, context: CommandContext): Promise<Made> => {
  mustSee('榜', context);
  const { name, sheet } = await boardSheet(words, context);
  return { name, sheets: [sheet], said: context.t('export.board-done') };
};

const lists = async (words: string, context: CommandContext): Promise<Made> => {
  mustSee('红黑榜', context);
  const { name, sheets } = await listSheets(words, context);
  return { name, sheets, said: context.t('export.lists-done') };
};

const reports = async (words: string, isSplit: boolean, context: CommandContext): Promise<Made> => {
  const { directory, t } = context;
  const { span, units } = exportedUnits(words, isSplit, await directory.units(), context);
  const ends = endsOf(span, context);
  const name = t('export.reports-file', { from: `${span.from}`, to: `${span.to}` });
  const said = t('export.reports-done', { ...ends, count: units.length, unit: units[0]?.unit.name ?? '' });
  return { name, sheets: reportSheets(units, span, isSplit, context), said };
};

/** Nobody gets as a workbook what the command itself would refuse. */
const mustSee = (name: string, { member, commands, t }: CommandContext): void => {
  const command = commands.find((one) => one.name === name);
  if (command && !isAllowed(mayRun[name] ?? [], member)) {
    throw new UserError('export.may-not', { command: calledIn(command, t) });
  }
};
