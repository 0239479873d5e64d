/**
 * A county that does not exist. Its people are called after the old list of surnames and the ten heavenly stems, so
 * that nobody can take them for real: 甲 leads a unit, 乙 is its coordinator, the others do the work.
 */
import type { WorkLine } from './work.ts';

export type CountyPerson = {
  readonly id: string;
  readonly name: string;
  readonly line: WorkLine;
  /** Never late and never missing: whom the page lets a newcomer be. */
  readonly steady?: true;
};

export type CountyUnit = {
  readonly name: string;
  /** The group chat's id. */
  readonly chat: string;
  readonly cadence: 'daily' | 'weekly' | 'off';
  readonly people: readonly CountyPerson[];
  /**
   * How many reports in a hundred are in on their day by the deadline, how many never come, and how many have something
   * left over.
   */
  readonly habits: { readonly late: number; readonly missing: number; readonly unfinished: number };
};

const person = (spelt: string, line: WorkLine): CountyPerson => {
  const [name = '', id = ''] = spelt.split(' ');
  return { id, name, line };
};

export const countyName = '云岭县（虚构）';

/** The county's own office: it files nothing, its people hold the roles. */
export const office = {
  chat: 'yunling',
  head: person('赵甲 zhao', 'office'),
  inspector: person('钱乙 qian', 'office'),
  admin: person('孙丙 sun', 'office'),
  reviewer: person('李丁 li', 'office'),
  decider: person('云戊 yun', 'office'),
};

export const countyUnits: readonly CountyUnit[] = [
  {
    name: '城关镇',
    chat: 'chengguan',
    cadence: 'daily',
    people: [
      person('周甲 zhou', 'head'),
      person('吴乙 wu', 'office'),
      { ...person('郑丙 zheng', 'business'), steady: true },
      person('王丁 wang', 'welfare'),
      person('冯戊 feng', 'safety'),
    ],
    habits: { late: 3, missing: 1, unfinished: 26 },
  },
  {
    name: '白石镇',
    chat: 'baishi',
    cadence: 'daily',
    people: [
      person('陈甲 chen', 'head'),
      person('褚乙 chu', 'office'),
      person('卫丙 wei', 'welfare'),
      person('蒋丁 jiang', 'farming'),
      person('沈戊 shen', 'safety'),
    ],
    habits: { late: 7, missing: 4, unfinished: 24 },
  },
  {
    name: '柳塘镇',
    chat: 'liutang',
    cadence: 'daily',
    people: [
      person('韩甲 han', 'head'),
      person('杨乙 yang', 'office'),
      person('朱丙 zhu', 'business'),
      person('秦丁 qin', 'farming'),
      person('尤戊 you', 'welfare'),
    ],
    habits: { late: 14, missing: 9, unfinished: 34 },
  },
  {
    name: '清溪乡',
    chat: 'qingxi',
    cadence: 'weekly',
    people: [
      person('许甲 xu', 'head'),
      person('何乙 he', 'office'),
      person('吕丙 lv', 'farming'),
      person('施丁 shi', 'welfare'),
      person('张戊 zhang', 'safety'),
    ],
    habits: { late: 8, missing: 5, unfinished: 20 },
  },
  {
    name: '住建局',
    chat: 'zhujian',
    cadence: 'daily',
    people: [
      person('孔甲 kong', 'head'),
      person('曹乙 cao', 'office'),
      person('严丙 yan', 'building'),
      person('华丁 hua', 'building'),
      person('金戊 jin', 'permits'),
    ],
    habits: { late: 6, missing: 3, unfinished: 30 },
  },
  {
    name: '农业农村局',
    chat: 'nongye',
    cadence: 'daily',
    people: [
      person('魏甲 weijia', 'head'),
      person('陶乙 tao', 'office'),
      person('戚丙 qi', 'farming'),
      person('谢丁 xie', 'farming'),
      person('邹戊 zou', 'permits'),
    ],
    habits: { late: 10, missing: 6, unfinished: 28 },
  },
  {
    name: '民政局',
    chat: 'minzheng',
    cadence: 'daily',
    people: [
      person('喻甲 yu', 'head'),
      person('柏乙 bai', 'office'),
      person('水丙 shui', 'welfare'),
      person('窦丁 dou', 'welfare'),
      person('章戊 zhangwu', 'permits'),
    ],
    habits: { late: 3, missing: 1, unfinished: 22 },
  },
];
