/**
 * A quarter of three units: who belongs where, what is said when, and, beside every message, the plain fact that it
 * makes. The dice are seeded, so that each run tells the same story.
 */
import { after, daysFrom, FIRST, isWorkday, LAST, lastWorkdayOf, mondayOf, weekdayOf } from './days.ts';

/** `2026-09-01 17:00`, in Shanghai; texts that compare as the moments do. */
export type Moment = string;

export const units = { cheng: '城关镇', bai: '白石镇', qing: '青龙镇' } as const;
export type UnitName = keyof typeof units;

/** Which report a unit asks for on a day. */
export type Pace = 'daily' | 'weekly' | 'monWedFri' | 'exception';
export const paceOf = (unit: UnitName, day: string): Pace => {
  if (unit === 'cheng') return 'daily';
  if (unit === 'bai') return day < '2026-11-16' ? 'weekly' : 'exception';
  return day < '2026-11-02' ? 'monWedFri' : 'daily';
};

/** Who is in which unit from when; since the last day before the first that can be owed. */
export type Stay = { readonly person: string; readonly unit: UnitName; readonly since: string; readonly until: string };
const stay = (person: string, unit: UnitName, since = '2026-08-31', until = '9999'): Stay => ({
  person,
  unit,
  since,
  until,
});
export const stays: readonly Stay[] = [
  ...['周一凡', '吴二喜', '郑三立', '王四海', '冯五福'].map((name) => stay(name, 'cheng')),
  stay('陈六合', 'cheng', '2026-08-31', '2026-10-19'),
  stay('陈六合', 'bai', '2026-10-19'),
  stay('楚七星', 'cheng', '2026-09-16'),
  ...['卫一鸣', '蒋二河', '沈三秋', '韩四平'].map((name) => stay(name, 'bai')),
  ...['杨一帆', '朱二月', '秦三春', '尤四维'].map((name) => stay(name, 'qing')),
];

/** Who holds an office of a unit, from when to when. */
export type Office = { readonly person: string; readonly unit: UnitName; readonly from: Moment; readonly to: Moment };
const office = (person: string, unit: UnitName, from = '2026-08-31 10:00', to = '9999'): Office => ({
  person,
  unit,
  from,
  to,
});
export const coordinators: readonly Office[] = [
  office('周一凡', 'cheng'),
  office('卫一鸣', 'bai'),
  office('杨一帆', 'qing', undefined, '2026-10-12 10:05'),
  office('朱二月', 'qing', '2026-10-12 10:05'),
];
export const leaders: readonly Office[] = [
  office('吴二喜', 'cheng'),
  // Who holds every office of a unit, and files as well, could get four messages on a Friday.
  office('周一凡', 'cheng'),
  office('郑三立', 'cheng', '2026-11-04 10:05'),
  office('蒋二河', 'bai'),
  office('杨一帆', 'qing'),
  // One who leads two units, and belongs to none: one digest of both.
  office('钱局长', 'cheng'),
  office('钱局长', 'qing'),
];

/** What somebody says, in the group of a unit or in private. */
export type Said = { readonly at: Moment; readonly by: string; readonly in: UnitName | null; readonly text: string };
/** `back`: from when on the days since `from` of it are no leave any more. */
export type Leave = {
  readonly person: string;
  readonly from: string;
  readonly to: string;
  readonly told: Moment;
  readonly back?: { readonly from: string; readonly told: Moment };
};

/** Days off on which somebody is on duty, by `person day`. */
export const duties: ReadonlySet<string> = new Set(['冯五福 2026-10-03', '周一凡 2026-10-04']);
/** Who wants to be reminded when, from which moment on; null: not at all. */
export const reminders: readonly { readonly person: string; readonly at: string | null; readonly told: Moment }[] = [
  { person: '尤四维', at: '16:00', told: '2026-09-03 10:05' },
  { person: '楚七星', at: null, told: '2026-09-21 10:05' },
];
/** What people are told because of what another one has said: `moment job @person`. */
export const news: readonly string[] = [
  '2026-09-30 10:05 duty @冯五福',
  '2026-11-10 10:05 leave-request @朱二月',
  '2026-11-10 17:30 leave-answer @秦三春',
  '2026-11-24 10:05 leave-request @杨一帆',
  '2026-11-24 10:05 leave-request @钱局长',
  '2026-11-24 17:30 leave-answer @朱二月',
];

export type Story = {
  /** In order of time. */
  readonly said: readonly Said[];
  /** `person day` → when the day's report was first filed. */
  readonly filed: ReadonlyMap<string, Moment>;
  /** `person monday` → when the week's report was first filed. */
  readonly weeks: ReadonlyMap<string, Moment>;
  readonly leave: readonly Leave[];
  /** `person day` of reports that read like the one before them. */
  readonly copied: ReadonlySet<string>;
};

export const isIn = ({ since, until }: Stay, day: string): boolean => since <= day && day < until;

/** Whether the unit asks those who work on `day` for a report of it. */
export const asksFor = (unit: UnitName, day: string): boolean => {
  const pace = paceOf(unit, day);
  return isWorkday(day) && (pace === 'daily' || (pace === 'monWedFri' && [1, 3, 5].includes(weekdayOf(day))));
};

/** mulberry32 */
const dice = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
};

const characters = [...'走访企业园区道路台账防汛征地协议整改督查项目入户核对材料汇总信访调解巡河护林春耕秋收水库桥涵'];

export const storyOf = (seed: number): Story => {
  const throwDice = dice(seed);
  const said: Said[] = [];
  const filed = new Map<string, Moment>();
  const weeks = new Map<string, Moment>();
  const leave: Leave[] = [];
  const copied = new Set<string>();
  const words = () =>
    Array.from({ length: 24 }, () => characters[Math.floor(throwDice() * characters.length)]).join('');
  const say = (at: Moment, by: string, text: string, where: UnitName | null = null) =>
    said.push({ at, by, in: where, text });
  const isAway = (person: string, day: string) =>
    leave.some(
      (one) => one.person === person && one.from <= day && day <= one.to && !(one.back && one.back.from <= day),
    );

  const takeLeave = (person: string, from: string, to: string, told: Moment, how: string) => {
    leave.push({ person, from, to, told });
    say(told, person, `/请假 ${how}`);
  };
  // Over Mid-Autumn; over National Day; one day, asked for on the day itself; told the morning after; two at once.
  takeLeave('王四海', '2026-09-21', '2026-09-28', '2026-09-17 10:05', '9-21 至 9-28 出差');
  takeLeave('尤四维', '2026-09-30', '2026-10-09', '2026-09-29 10:05', '2026-09-30 至 2026-10-09 探亲');
  takeLeave('冯五福', '2026-09-20', '2026-09-20', '2026-09-20 10:05', '今天');
  takeLeave('郑三立', '2026-10-14', '2026-10-14', '2026-10-15 08:40', '昨天 看病');
  takeLeave('沈三秋', '2026-10-10', '2026-10-12', '2026-10-09 10:05', '10-10 至 10-12');
  // Asked for, where it is to be approved since the ninth: granted in the evening. The last day is taken back.
  say('2026-11-09 10:05', '管理员', '/设置 青龙镇 请假审批 开');
  leave.push({ person: '秦三春', from: '2026-11-11', to: '2026-11-13', told: '2026-11-10 17:30' });
  say('2026-11-10 10:05', '秦三春', '/请假 明天到周五 培训');
  say('2026-11-10 17:30', '朱二月', '/请假 批准 秦三春');
  const back = { from: '2026-11-27', told: '2026-11-26 08:40' };
  leave.push({ person: '朱二月', from: '2026-11-25', to: '2026-11-27', told: '2026-11-24 17:30', back });
  say('2026-11-24 10:05', '朱二月', '/请假 11-25 至 11-27 开会');
  say('2026-11-24 17:30', '杨一帆', '/请假 批准 朱二月');
  say(back.told, '朱二月', '/销假 11-27');
  // Half a day: the other half is still to be told of.
  say('2026-11-05 10:05', '秦三春', '/请假 今天下午 看病');
  for (const { person, at, told } of reminders) say(told, person, `/提醒 ${at ?? '关'}`);
  say('2026-09-30 10:05', '周一凡', '/值班 10-3 冯五福');
  say('2026-09-30 17:30', '周一凡', '/值班 10-4 周一凡');
  say('2026-10-04 10:05', '周一凡', '/日清 值班巡查水库');
  filed.set('周一凡 2026-10-04', '2026-10-04 10:05');
  say('2026-09-08 17:30', '管理员', '/应急 城关镇 至 22:00 防汛');

  say('2026-09-16 10:05', '楚七星', `/日清 ${words()}`, 'cheng');
  filed.set('楚七星 2026-09-16', '2026-09-16 10:05');
  say('2026-10-12 10:05', '管理员', '/任命 朱二月 联络员 青龙镇');
  say('2026-10-19 10:05', '管理员', '/任命 陈六合 成员 白石镇');
  say('2026-11-04 10:05', '管理员', '/任命 郑三立 领导 城关镇');
  say('2026-11-02 10:05', '管理员', '/设置 青龙镇 频次 每日');
  say('2026-11-16 10:05', '管理员', '/设置 白石镇 频次 只报问题');

  // Somebody is missing on a Thursday, and the coordinator, who leads the unit as well, on the Friday.
  const silent = new Set(['冯五福 2026-10-29', '周一凡 2026-10-30']);
  const repeated = words();
  const report = (person: string, unit: UnitName, day: string) => {
    const isRepeated = person === '王四海' && (day === '2026-10-12' || day === '2026-10-13');
    if (isRepeated && day === '2026-10-13') copied.add(`${person} ${day}`);
    const text = isRepeated ? repeated : throwDice() < 0.05 && asksFor(unit, day) ? '无' : `${words()}；${words()}`;
    const chance = isRepeated ? 0 : throwDice();
    if (chance > 0.94 || silent.has(`${person} ${day}`) || (isAway(person, day) && chance > 0.1)) return;
    const at = chance < 0.6 ? `${day} 10:05` : chance < 0.76 ? `${day} 17:30` : `${day} 20:05`;
    // In the morning of the next workday, before the lists are written.
    const isNextDay = chance > 0.84 && day < LAST;
    const next = daysFrom(after(day, 1), after(day, 12)).find(isWorkday) ?? day;
    const moment = isNextDay ? `${next} 08:40` : at;
    filed.set(`${person} ${day}`, moment);
    say(moment, person, isNextDay ? `/补报 ${day} ${text}` : `/日清 ${text}`, throwDice() < 0.5 ? unit : null);
  };

  const summarise = (person: string, monday: string) => {
    const last = lastWorkdayOf(monday);
    const chance = throwDice();
    if (chance > 0.85 || isAway(person, last)) return;
    const at = chance < 0.15 ? `${last} 10:05` : chance < 0.65 ? `${last} 17:30` : `${last} 20:05`;
    weeks.set(`${person} ${monday}`, at);
    say(at, person, `/周结 这一周${words()}`);
  };

  for (const day of daysFrom(FIRST, LAST).filter(isWorkday)) {
    for (const one of stays.filter((each) => isIn(each, day) && each.since < day)) {
      const isAsked = asksFor(one.unit, day);
      // Where a week's summary is enough, some days are told of all the same.
      const isTold = isAsked || (paceOf(one.unit, day) === 'weekly' && throwDice() < 0.15);
      if (isTold) report(one.person, one.unit, day);
      const monday = mondayOf(day);
      if (day === lastWorkdayOf(monday) && paceOf(one.unit, day) !== 'exception') summarise(one.person, monday);
    }
  }
  const moments = said.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  return { said: moments.filter(({ at }) => at.slice(0, 10) <= LAST), filed, weeks, leave, copied };
};
