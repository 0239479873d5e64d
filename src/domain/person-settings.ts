/** What a unit sets of the board of its people: see person-board.ts. */
import { change, counted, type SettingRule, switchRead } from './setting-values.ts';

export const personSettingNames = ['persons', 'persons-least'] as const;
export type PersonSettingName = (typeof personSettingNames)[number];

/** In reports: two is the least that is more than one day, twenty about a month. */
const personLeastRange = { from: 2, to: 20 } as const;

export const personSettingRules: Readonly<Record<PersonSettingName, SettingRule>> = {
  persons: {
    words: ['人员榜', '个人榜', 'persons', 'people', 'person board'],
    fields: ['personBoard'],
    range: {},
    read: (typed) => change('personBoard', switchRead(typed)),
    value: ({ personBoard }) => ({ value: personBoard }),
    // Points ranking of people is off until somebody answers for it: C03.
    needsApproval: ({ personBoard }) => personBoard === 'on',
  },
  'persons-least': counted('personLeast', personLeastRange, [
    '人员榜门槛',
    '个人榜门槛',
    'persons-least',
    'people-least',
  ]),
};
