/** What is said when a report was taken, and the checks that come before it. */
import { type Calendar, type Day, workdaysBetween } from '../domain/calendar.ts';
import type { Filed, Item } from '../domain/report.ts';
import { parseReport } from '../domain/report-text.ts';
import { type Asked, requestLabel } from '../domain/requests.ts';
import { UserError } from '../errors.ts';
import type { Translate } from '../i18n.ts';
import type { Block, Reply } from '../message.ts';
import { dayName } from './day.ts';
import type { Free } from './free-day.ts';

/**
 * The items in `text`; none for 今日无. Throws the UserError that says what to send instead; where nothing is in it
 * what `empty` makes, which names the command that was sent. An error takes longer to make than a report to read.
 */
export const itemsIn = (text: string, empty = () => new UserError('daily.empty')): readonly Item[] => {
  const report = parseReport(text);
  if (!('problem' in report)) return report.items;
  if (report.problem === 'empty') throw empty();
  throw new UserError(`daily.${report.problem}`, { maximum: report.limit });
};

type Told = {
  readonly filed: Filed;
  readonly items: readonly Item[];
  /** The requests for help in it. */
  readonly help: Asked;
  readonly today: Day;
  readonly calendar: Calendar;
  /** In a direct chat the items' own words are repeated; a group hears counts only. */
  readonly direct: boolean;
  /** Why the day asked for no report; then none is late. */
  readonly free: Free;
  /** Named when the report made its author a member of this unit. */
  readonly joined: string | null;
  /** The day was rewritten: nothing of it is an addition. */
  readonly rewritten?: boolean;
  readonly t: Translate;
};

/**
 * One line: the day it counts for, on time or late, and counts. In a direct chat the items and what is carried follow.
 * In a group it is a receipt, unless it tells the number of a request, which its author will need.
 */
export const filedReply = (told: Told): Reply | { readonly receipt: Reply } => {
  const { filed, items, help, free, today, calendar, direct, joined, rewritten = false, t } = told;
  const repeated = [...filed.letters].filter((letter) => letter === '-').length;
  const added = filed.letters.length - repeated;
  const line = [
    rewritten ? t('daily.rewritten') : '',
    t(items.length === 0 && filed.done + filed.open + filed.plan === 0 ? 'daily.nothing' : 'daily.filed', {
      day: dayName(filed.day, today, t),
      onTime: free ? 'free' : filed.onTime ? 'yes' : 'no',
      done: filed.done,
      open: filed.open,
      plan: filed.plan,
      added: filed.first || rewritten ? 0 : added,
    }),
    free ? t('daily.free', { why: free }) : '',
    repeated > 0 ? t('daily.repeated', { count: repeated }) : '',
    filed.letters.includes('x') ? t('daily.closed', { count: filed.letters.split('x').length - 1 }) : '',
    helpWords(help, t),
    filed.carried > 0 && !direct ? t('daily.carried', { count: filed.carried }) : '',
    joined === null ? '' : t('daily.joined', { unit: joined }),
  ].join('');
  const said: Reply = [{ kind: 'text', text: line }];
  if (!direct) return help.numbers.length === 0 ? { receipt: said } : said;

  const blocks: Block[] = [...said];
  const words = items.map(({ kind, text }) => t(`daily.item.${kind}`, { text }));
  if (words.length > 0) blocks.push({ kind: 'list', items: words });
  if (filed.carriedItems.length > 0) {
    blocks.push(
      { kind: 'text', text: t('daily.carried-title') },
      { kind: 'list', items: filed.carriedItems.map((item) => carriedLine(item, today, calendar, t)) },
      { kind: 'text', text: t('daily.carried-hint', { number: filed.carriedItems[0]?.number ?? 1 }) },
    );
  }
  return blocks;
};

/** `3. 园区征地协议（2 个工作日）`: the number that /清 takes, and how old it is. */
export const carriedLine = (
  { number, day, text }: { readonly number: number; readonly day: Day; readonly text: string },
  today: Day,
  calendar: Calendar,
  t: Translate,
): string => t('item.carried', { number, text, age: workdaysBetween(day, today, calendar) });

const helpWords = ({ numbers, isLed }: Asked, t: Translate): string => {
  const [first] = numbers;
  if (first === undefined) return '';
  const labels = numbers.map(requestLabel).join(t('list.and'));
  return t('daily.help', { labels, first: requestLabel(first), led: isLed ? 'yes' : 'no' });
};
