/** What can be set for the whole organisation, on its topmost unit. */
import { cleanName } from './names.ts';
import { change, isOff, type SettingRule } from './setting-values.ts';
import type { Settings } from './settings.ts';
import { plain } from './spoken.ts';
import { characters, saysSomething } from './visible.ts';

export const houseSettingNames = ['level', 'platform', 'notice', 'secrets'] as const;

/** Where the organisation stands: below the county, building a platform of one's own is not for it to decide (C13). */
export const levels = ['province', 'city', 'county', 'township', 'village'] as const;
export type Level = (typeof levels)[number];

const levelWords: Readonly<Record<Level, readonly string[]>> = {
  province: ['省', '省级', '自治区', '直辖市', 'province'],
  city: ['市', '市级', '地级', '州', '盟', 'city', 'prefecture'],
  county: ['县', '县级', '区', '区县', '县市区', '旗', 'county'],
  township: ['乡', '镇', '乡镇', '镇街', '街道', '乡镇街道', '乡级', 'township', 'town'],
  village: ['村', '社区', '村社区', '村级', 'village'],
};

export const isBelowCounty = (level: string): boolean => level === 'township' || level === 'village';

const LONGEST_NOTICE = 40;
const LONGEST_PLATFORM = 40;
const LONGEST_SECRETS = 200;
/** An addition may narrow the line; what speaks of assessment would turn it round. */
const OF_ASSESSMENT = /考核|考评|绩效|奖惩|评优|问责|assess|apprais|evaluat|performance/iu;

const NOTHING = new Set(['无', '没有', '空', '清空', '取消', '不要', 'none', 'nothing', 'clear']);

/** '' for none: nobody means 关 to be printed under every board, nor to be a word that nobody may write. */
const words = (typed: string, longest: number): string | null => {
  const said = cleanName(typed);
  if (isOff(typed) || NOTHING.has(plain(typed))) return '';
  return saysSomething(said) && characters(said) <= longest ? said : null;
};

export const houseSettingRules: Readonly<Record<(typeof houseSettingNames)[number], SettingRule>> = {
  level: {
    words: ['层级', '级别', 'level'],
    fields: ['level'],
    range: {},
    read: (typed) => change('level', levels.find((level) => levelWords[level].includes(plain(typed))) ?? null),
    value: ({ level }) => ({ value: level || 'none' }),
    isOrganisations: true,
  },
  platform: {
    words: ['上级平台', 'platform', "superior's platform"],
    fields: ['platform'],
    range: { to: LONGEST_PLATFORM },
    read: (typed) => change('platform', words(typed, LONGEST_PLATFORM)),
    value: ({ platform }) => ({ value: platform, length: platform.length }),
    isOrganisations: true,
    isText: true,
  },
  notice: {
    words: ['声明补充', '声明', 'notice'],
    fields: ['notice'],
    range: { to: LONGEST_NOTICE },
    read: (typed) => change('notice', OF_ASSESSMENT.test(typed) ? null : words(typed, LONGEST_NOTICE)),
    value: ({ notice }) => ({ value: notice, length: notice.length }),
    isOrganisations: true,
    isText: true,
  },
  secrets: {
    words: ['涉密词', '涉密词表', 'secrets', 'classified words'],
    fields: ['secrets'],
    range: { to: LONGEST_SECRETS },
    read: (typed) => change('secrets', words(typed, LONGEST_SECRETS)),
    value: ({ secrets }) => ({ value: secrets, length: secrets.length }),
    isOrganisations: true,
    isText: true,
  },
};

/** What holds for everything that the bot says and hears. */
export type Common = {
  /** Added to 仅供工作调度，不作为考核依据; empty when nothing is. */
  readonly notice: string;
  /** Words besides the sample that nobody may write here. */
  readonly secrets: readonly string[];
};

export const commonOf = (
  units: readonly { readonly parent: string | null; readonly settings: Partial<Settings> }[],
): Common => {
  const tops = units.filter(({ parent }) => parent === null);
  const said = (name: 'notice' | 'secrets') => tops.flatMap(({ settings }) => settings[name] || []);
  return {
    notice: [...new Set(said('notice'))].join('；'),
    secrets: [...new Set(said('secrets').flatMap((list) => list.split(/[\s,，、;；]+/u)))].filter(Boolean),
  };
};
