/** What a unit may change in chat: how people name it, what they may write, within which range and why. */
import { groupRange, privateRange } from './budget.ts';
import { cadenceKind } from './cadence.ts';
import { readCadence } from './cadence-words.ts';
import { readHours } from './hours.ts';
import { houseSettingNames, houseSettingRules } from './house-settings.ts';
import { listSettingNames, listSettingRules } from './list-settings.ts';
import { personSettingNames, personSettingRules } from './person-settings.ts';
import { nudgeRange, readNudges } from './reminding.ts';
import {
  change,
  counted,
  countWithin,
  halvesWithin,
  hourWithin,
  isOff,
  type SettingRule,
  switchRead,
} from './setting-values.ts';
import { plain } from './spoken.ts';

export const settingNames = [
  'cadence',
  'deadline',
  'nudge',
  'digest',
  'digests',
  'week',
  'draft',
  'lines',
  'answer',
  'quiet',
  'private',
  'group',
  'late',
  'undo',
  'copy',
  'soon',
  'grace',
  'board',
  'top',
  'around',
  'least',
  'smoothing',
  'on-time-weight',
  'cleared-weight',
  'approval',
  ...personSettingNames,
  ...listSettingNames,
  ...houseSettingNames,
] as const;
export type SettingName = (typeof settingNames)[number];

/** After the earliest nudge, so that one can still come before it; on its own day. */
const deadlineRange = { from: '15:30', to: '23:59' } as const;
/** A digest is read at work. */
const digestRange = { from: '08:30', to: '18:30' } as const;
/** Once most of the week is done, and while there is still time to read it. */
const draftRange = { from: '13:00', to: '18:00' } as const;
/** On the first workday of the next week, while it is still its morning and noon. */
const weekDueRange = { from: '08:30', to: '14:00' } as const;
/** What people call the day on which a week is due by default, and the one after it; the hour follows. */
const lastWords = /^(?:本周|当周)?(?:最后一?个工作日|周五|last|last workday|friday)$/u;
const nextWords = /^(?:下?周一|下周首个工作日|下一?个工作日|(?:next )?monday|next workday)\s*/u;
/** In lines: more is no digest; less would leave out what waits for an answer. */
const linesRange = { from: 16, to: 20 } as const;
/** In workdays: half a day is noon of the next one. */
const answerRange = { from: 0.5, to: 5 } as const;
/** Longer freely, shorter not beyond these: a work group is no 24-hour medium. */
const quietRange = { from: '21:00', to: '07:30' } as const;
/** In workdays: blocking back-dated entries punishes field work, leaving them open for ever empties the figures. */
const lateRange = { from: 0, to: 10 } as const;
/** Before 08:30 nobody is at work, and after 18:30 quiet hours have begun. */
const boardAtRange = { from: '08:30', to: '18:30' } as const;
/** The last places are not for a group to look at, and a podium of two is none. */
const topRange = { from: 3, to: 10 } as const;
const aroundRange = { from: 0, to: 10 } as const;
/** In reports: fewer mislead, more would leave a small unit out for ever. */
const leastRange = { from: 3, to: 20 } as const;
/** How many at the mean are added; more than the least that is ranked would level everybody. */
const smoothingRange = { from: 0, to: 20 } as const;
/** Filing is not work: it never weighs more than what came of it. */
const onTimeWeightRange = { from: 0, to: 40 } as const;
/** More than this needs approval. */
export const ON_TIME_FREELY = 20;
const clearedWeightRange = { from: 0, to: 40 } as const;
/** In workdays. */
const soonRange = { from: 0, to: 10 } as const;
const graceRange = { from: 0, to: 10 } as const;
/** In percent: less is chance. */
const copyRange = { from: 80, to: 100 } as const;
/** In minutes: later it is an edit, with its history. */
const undoRange = { from: 0, to: 60 } as const;

const everyWords: ReadonlyMap<string, 'daily' | 'weekly'> = new Map([
  ...['每日', '每天', '每个工作日', 'daily'].map((word) => [word, 'daily'] as const),
  ...['每周', '只发每周', 'weekly'].map((word) => [word, 'weekly'] as const),
]);

export const settingRules: Readonly<Record<SettingName, SettingRule>> = {
  cadence: {
    words: ['频次', '频率', '周期', 'cadence'],
    fields: ['cadence'],
    range: {},
    read: (typed) => change('cadence', readCadence(typed)),
    value: ({ cadence }) => ({ value: cadenceKind(cadence) }),
  },
  deadline: {
    words: ['截止', '截止时间', 'deadline'],
    fields: ['deadline'],
    range: deadlineRange,
    read: (typed) => change('deadline', hourWithin(typed, deadlineRange)),
    value: ({ deadline }) => ({ value: deadline }),
  },
  nudge: {
    words: ['提醒', '提醒时间', 'nudge', 'reminder'],
    fields: ['nudgeAt'],
    range: nudgeRange,
    read: (typed) => change('nudgeAt', readNudges(typed)),
    value: ({ nudgeAt }) => ({ value: nudgeAt.replaceAll(',', ' / ') }),
  },
  digest: {
    words: ['简报', '简报时间', 'digest'],
    fields: ['digestAt'],
    range: digestRange,
    read: (typed) => change('digestAt', hourWithin(typed, digestRange)),
    value: ({ digestAt }) => ({ value: digestAt }),
  },
  digests: {
    words: ['简报频次', '简报周期', 'digests'],
    fields: ['digestEvery'],
    range: {},
    read: (typed) => change('digestEvery', isOff(typed) ? 'off' : (everyWords.get(plain(typed)) ?? null)),
    value: ({ digestEvery }) => ({ value: digestEvery }),
  },
  week: {
    words: ['周结', '周结截止', '周结时间', 'week', 'weekly', 'week due'],
    fields: ['weekDueAt'],
    range: weekDueRange,
    read: (typed) => {
      const said = plain(typed);
      if (lastWords.test(said)) return { weekDueAt: 'last' };
      return change('weekDueAt', hourWithin(said.replace(nextWords, ''), weekDueRange));
    },
    value: ({ weekDueAt }) => ({ value: weekDueAt }),
  },
  draft: {
    words: ['草稿', '周结草稿', '草稿时间', 'draft'],
    fields: ['draftAt'],
    range: draftRange,
    read: (typed) => change('draftAt', hourWithin(typed, draftRange)),
    value: ({ draftAt }) => ({ value: draftAt }),
  },
  lines: counted('digestLines', linesRange, ['简报行数', '行数', 'lines']),
  answer: {
    words: ['答复', '答复时限', '答复期限', 'answer'],
    fields: ['answerWorkdays'],
    range: answerRange,
    read: (typed) => change('answerWorkdays', halvesWithin(typed, answerRange)),
    value: ({ answerWorkdays }) => ({ value: answerWorkdays }),
  },
  quiet: {
    words: ['安静', '安静时段', '免打扰', 'quiet'],
    fields: ['quietFrom', 'quietTo'],
    range: quietRange,
    read: (typed) => {
      const [quietFrom = '', quietTo = ''] = readHours(typed) ?? [];
      const isLongEnough = quietFrom <= quietRange.from && quietTo >= quietRange.to && quietTo < quietFrom;
      return isLongEnough ? { quietFrom, quietTo } : null;
    },
    value: ({ quietFrom, quietTo }) => ({ from: quietFrom, to: quietTo }),
  },
  private: counted('privateMost', privateRange, ['私信', '私信条数', 'private', 'private messages']),
  group: counted('groupMost', groupRange, ['群消息', '群消息条数', 'group', 'group messages']),
  late: counted('lateWorkdays', lateRange, ['补报', '补报期限', 'late']),
  undo: counted('undoMinutes', undoRange, ['撤回', '撤回时限', 'undo']),
  approval: {
    words: ['请假审批', '审批', 'approval', 'leave approval'],
    fields: ['leaveApproval'],
    range: {},
    read: (typed) => change('leaveApproval', switchRead(typed)),
    value: ({ leaveApproval }) => ({ value: leaveApproval }),
  },
  copy: {
    words: ['查重', '雷同', '相似', 'copy', 'copy check'],
    fields: ['copyPercent'],
    range: copyRange,
    read: (typed) => change('copyPercent', isOff(typed) ? 0 : countWithin(typed, copyRange)),
    value: ({ copyPercent }) => ({ value: copyPercent }),
  },
  soon: counted('lampSoon', soonRange, ['蓝灯', '蓝灯提前', 'soon', 'blue']),
  grace: counted('lampGrace', graceRange, ['红灯', '红灯宽限', 'grace', 'red']),
  board: {
    words: ['周榜', '周榜时间', '榜时间', 'board'],
    fields: ['boardAt'],
    range: boardAtRange,
    read: (typed) => change('boardAt', isOff(typed) ? 'off' : hourWithin(typed, boardAtRange)),
    value: ({ boardAt }) => ({ value: boardAt }),
  },
  top: counted('boardTop', topRange, ['榜首', '前几名', '榜首名数', 'top']),
  around: counted('boardNeighbours', aroundRange, ['前后', '前后名次', '邻近', 'around', 'neighbours']),
  least: counted('boardLeast', leastRange, ['门槛', '上榜门槛', '样本', 'least', 'minimum']),
  smoothing: {
    ...counted('boardSmoothing', smoothingRange, ['平滑', '平滑数', 'smoothing']),
    read: (typed) => change('boardSmoothing', isOff(typed) ? 0 : countWithin(typed, smoothingRange)),
  },
  'on-time-weight': {
    ...counted('weightOnTime', onTimeWeightRange, ['按时权重', '按时率权重', 'on-time-weight', 'on-time']),
    range: { ...onTimeWeightRange, freely: ON_TIME_FREELY },
    needsApproval: ({ weightOnTime }) => weightOnTime > ON_TIME_FREELY,
  },
  'cleared-weight': counted('weightCleared', clearedWeightRange, [
    '日清权重',
    '日清率权重',
    'cleared-weight',
    'cleared',
  ]),
  ...personSettingRules,
  ...listSettingRules,
  ...houseSettingRules,
};

/** The setting that `word` names in any width or case, or null. */
export const settingNamed = (word: string): SettingName | null => {
  const said = plain(word);
  return settingNames.find((name) => settingRules[name].words.includes(said)) ?? null;
};
