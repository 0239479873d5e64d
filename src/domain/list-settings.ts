/** What can be set about the red and black lists. */
import { change, counted, countWithin, isOff, type SettingRule, switchRead } from './setting-values.ts';
import type { Settings } from './settings.ts';
import { plain } from './spoken.ts';

export const listSettingNames = [
  'lists',
  'honour',
  'honour-score',
  'warning',
  'appeal',
  'decision',
  'list-names',
] as const;

const honourRange = { from: 1, to: 10 } as const;
/** In points: what half of all reach is no honour. */
const scoreRange = { from: 60, to: 100 } as const;
/** 0: no warning list at all. */
const warningRange = { from: 0, to: 5 } as const;
/** In workdays. */
const termRange = { from: 1, to: 5 } as const;

const rhythms: ReadonlyMap<string, Settings['listEvery']> = new Map([
  ...['每月', '月', '按月', 'monthly'].map((word) => [word, 'monthly'] as const),
  ...['每季', '每季度', '季度', '按季', 'quarterly'].map((word) => [word, 'quarterly'] as const),
]);

export const listSettingRules: Readonly<Record<(typeof listSettingNames)[number], SettingRule>> = {
  lists: {
    words: ['红黑榜', '红黑榜频次', '红黑榜周期', 'lists'],
    fields: ['listEvery'],
    range: {},
    read: (typed) => change('listEvery', isOff(typed) ? 'off' : (rhythms.get(plain(typed)) ?? null)),
    value: ({ listEvery }) => ({ value: listEvery }),
  },
  honour: counted('honourMost', honourRange, ['红榜', '红榜名额', 'honour']),
  'honour-score': counted('honourLeast', scoreRange, ['红榜分数', '红榜分数线', 'honour-score', 'honour score']),
  warning: {
    ...counted('warningMost', warningRange, ['黑榜', '黑榜名额', 'warning']),
    read: (typed) => change('warningMost', isOff(typed) ? 0 : countWithin(typed, warningRange)),
  },
  appeal: counted('appealWorkdays', termRange, ['申诉', '申诉期', '申诉期限', 'appeal']),
  decision: counted('decisionWorkdays', termRange, ['复核', '复核期', '复核期限', 'decision']),
  'list-names': {
    words: ['公布单位', '黑榜公布单位', 'list-names', 'list names'],
    fields: ['listNames'],
    range: {},
    read: (typed) => change('listNames', switchRead(typed)),
    value: ({ listNames }) => ({ value: listNames }),
    // Names of warned units in a group go beside the rules: C04.
    needsApproval: ({ listNames }) => listNames === 'on',
  },
};
