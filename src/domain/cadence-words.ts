/** How people write how often their unit reports. */
import { type Cadence, type cadences, onWeekdays } from './cadence.ts';
import { plain } from './spoken.ts';

const words: Readonly<Record<(typeof cadences)[number], readonly string[]>> = {
  daily: ['每日', '每天', '每工作日', '每个工作日', '天天', '日报', '日清', 'daily', 'every day', 'everyday'],
  weekly: ['每周', '周', '每星期', '一周一次', '每周一次', '周报', '周结', 'weekly', 'every week'],
  exception: [
    '只报问题',
    '有问题才报',
    '有问题再报',
    '有事才报',
    '问题',
    '例外',
    'exception',
    'exceptions',
    'problems',
  ],
  off: ['关', '关闭', '停', '停用', '不报', '无', 'off', 'none'],
};

/** `每日`, `每周`, `只报问题`, `关`, or weekdays: `周一周三周五`, `每周一、三、五`, `周一至周四`, `Mon Wed Fri`. */
export const readCadence = (typed: string): Cadence | null => {
  const said = plain(typed).trim();
  const found = Object.entries(words).find(([, known]) => known.includes(said));
  if (found) return found[0] as Cadence;
  const weekdays = readWeekdays(said);
  return weekdays === null ? null : onWeekdays(weekdays);
};

const DAY =
  '(?:(?:周|星期|礼拜)?([一二三四五六日天])|(mon|tue|wed|thu|fri|sat|sun)(?:s?day|nesday|rsday|urday|s|rs?)?s?)';
const ONE = new RegExp(`^(?:每|逢|every )?${DAY}(?:\\s*(?:至|到|[-~–—]|to)\\s*${DAY})?[\\s、,/和及与]*(?:and )?`, 'u');
const chinese = '一二三四五六日';
const english = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

const numberOf = (han: string | undefined, latin: string | undefined): number =>
  han === undefined ? english.indexOf(latin ?? '') + 1 : chinese.indexOf(han.replace('天', '日')) + 1;

/** Null when anything else is written. */
const readWeekdays = (said: string): readonly number[] | null => {
  const found: number[] = [];
  for (let rest = said; rest !== ''; ) {
    const match = ONE.exec(rest);
    if (!match) return null;
    const first = numberOf(match[1], match[2]);
    const last = (match[3] ?? match[4]) ? numberOf(match[3], match[4]) : first;
    if (last < first) return null;
    for (let weekday = first; weekday <= last; weekday += 1) found.push(weekday);
    rest = rest.slice(match[0].length);
  }
  return found.length === 0 ? null : found;
};
