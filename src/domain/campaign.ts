/** Campaigns (活动): named spans of days that an admin starts and ends; boards can be made of them. */
import { type Day, epochDay } from './calendar.ts';
import { wholeSpan } from './dates.ts';
import { cleanName, nameFault, sameName } from './names.ts';
import type { Span } from './period.ts';
import { type NamedPeriod, readPeriod } from './period-words.ts';
import { type Refusal, refuse } from './refusal.ts';
import { narrow } from './visible.ts';

/** `to`: the last day as it was announced. `ended`: on which day an admin ended it before that. */
export type Campaign = Span & { readonly number: number; readonly name: string; readonly ended: Day | null };

export const campaignLabel = (number: number): string => `C-${String(number).padStart(2, '0')}`;

export const LONGEST_CAMPAIGN_NAME = 20;
/** In days: half a year. What lasts longer is no drive. */
export const MOST_CAMPAIGN_DAYS = 184;

/** Ended before it began: there never was such a campaign, and its name is free. */
export const isCancelled = ({ from, ended }: Campaign): boolean => ended !== null && epochDay(ended) < epochDay(from);

export const lastDayOf = ({ to, ended }: Campaign): Day => ended ?? to;

/** The periods that boards can be made of. */
export const campaignPeriods = (all: readonly Campaign[]): readonly NamedPeriod[] =>
  all
    .filter((one) => !isCancelled(one))
    .map((one) => ({
      kind: 'campaign',
      from: one.from,
      to: lastDayOf(one),
      name: one.name,
      label: campaignLabel(one.number),
    }));

export type CampaignState = 'running' | 'coming' | 'over' | 'cancelled';

export const campaignState = (campaign: Campaign, today: Day): CampaignState => {
  if (isCancelled(campaign)) return 'cancelled';
  if (epochDay(today) < epochDay(campaign.from)) return 'coming';
  return campaign.ended !== null || epochDay(today) > epochDay(campaign.to) ? 'over' : 'running';
};

const inOrder: readonly CampaignState[] = ['running', 'coming', 'over', 'cancelled'];

/** Running ones by their end, coming ones by their beginning, then those that are over, the last one first. */
export const campaignsInOrder = (all: readonly Campaign[], today: Day): readonly Campaign[] => {
  const placed = all.map((one) => {
    const state = campaignState(one, today);
    const by = state === 'coming' ? epochDay(one.from) : epochDay(lastDayOf(one)) * (state === 'running' ? 1 : -1);
    return { one, place: inOrder.indexOf(state), by };
  });
  return placed.sort((a, b) => a.place - b.place || a.by - b.by || a.one.number - b.one.number).map(({ one }) => one);
};

export type CampaignOrder =
  | { readonly act: 'list' }
  | { readonly act: 'unreadable' }
  | { readonly act: 'start'; readonly name: string; readonly span: Span | null }
  | { readonly act: 'end'; readonly which: string };

const START = /^(?:启动|开始|新建|开展|start|new)(?=\s|\p{Script=Han}|$)\s*/u;
const END = /^(?:结束|停止|取消|end|stop|cancel)(?=\s|\p{Script=Han}|$)\s*/u;

/** Reads `启动 秋季攻坚 11-01 至 12-31`, `结束 C-01`, and nothing at all. */
export const readCampaign = (typed: string, today: Day): CampaignOrder => {
  const said = cleanName(typed);
  const plain = narrow(said);
  if (['', '列表', '全部', 'list', 'all'].includes(plain)) return { act: 'list' };
  const ends = END.exec(plain);
  if (ends) return { act: 'end', which: said.slice(ends[0].length) };
  const starts = START.exec(plain);
  if (!starts) return { act: 'unreadable' };
  const words = said.slice(starts[0].length).split(' ');
  for (let n = 0; n <= words.length; n += 1) {
    const span = wholeSpan(words.slice(n).join(' '), today);
    if (span) return { act: 'start', name: words.slice(0, n).join(' '), span };
  }
  return { act: 'start', name: words.join(' '), span: null };
};

/** The campaign that `which` names, by number or by name; the newest of that name. */
export const campaignNamed = (all: readonly Campaign[], which: string): Campaign | null =>
  all.findLast(({ number, name }) => {
    const digits = /^c-?0*(\d{1,6})$/u.exec(narrow(which).replace(/[–—－]/gu, '-'))?.[1];
    return digits === undefined ? sameName(name, which) : number === Number(digits);
  }) ?? null;

export type CampaignRule =
  | 'no-name'
  | 'too-long'
  | 'no-letter'
  | 'is-period'
  | 'is-unit'
  | 'no-span'
  | 'backwards'
  | 'too-many-days'
  | 'past'
  | 'same-name';

/** Whether a campaign may be started; `overlaps`: those that run on some of the same days, which is no fault. */
export const decideStart = (
  all: readonly Campaign[],
  { name, span }: { readonly name: string; readonly span: Span | null },
  { today, unitNames }: { readonly today: Day; readonly unitNames: readonly string[] },
): { readonly span: Span; readonly overlaps: readonly Campaign[] } | Refusal<CampaignRule> => {
  if (name === '') return refuse('no-name', {});
  const fault = nameFault(name, LONGEST_CAMPAIGN_NAME);
  if (fault) return refuse(fault, { name, maximum: LONGEST_CAMPAIGN_NAME });
  const { period, odd, rest } = readPeriod(name, today);
  const isPeriod = rest === '' && (period !== null || odd !== null);
  // 上月 and 全县 would not be heard as its name.
  if (isPeriod || /^c-?\d+$/iu.test(name) || WHOLE_WORDS.has(narrow(name))) return refuse('is-period', { name });
  if (unitNames.some((unit) => sameName(unit, name))) return refuse('is-unit', { name });
  if (!span) return refuse('no-span', { name });
  const days = epochDay(span.to) - epochDay(span.from) + 1;
  if (days < 1) return refuse('backwards', { name });
  if (days > MOST_CAMPAIGN_DAYS) return refuse('too-many-days', { name, days, maximum: MOST_CAMPAIGN_DAYS });
  if (epochDay(span.to) < epochDay(today)) return refuse('past', { name });
  const same = all.find((one) => !isCancelled(one) && sameName(one.name, name));
  if (same) return refuse('same-name', { name: same.name, label: campaignLabel(same.number) });
  const overlaps = all.filter(
    (one) =>
      campaignState(one, today) !== 'over' &&
      !isCancelled(one) &&
      epochDay(one.from) <= epochDay(span.to) &&
      epochDay(span.from) <= epochDay(lastDayOf(one)),
  );
  return { span, overlaps };
};

/** What people call the whole organisation. */
export const WHOLE_WORDS: ReadonlySet<string> = new Set([
  ...['全县', '全市', '全区', '全州', '全旗', '全省', '全部', '所有', '全体', '全部单位', '所有单位'],
  ...['all', 'all units', 'everyone', 'whole'],
]);
