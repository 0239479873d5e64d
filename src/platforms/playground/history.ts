import { Temporal } from 'temporal-polyfill';
import {
  addWorkdays,
  type Calendar,
  type Day,
  daysOf,
  isLastWorkdayOfWeek,
  nextWorkday,
} from '../../domain/calendar.ts';
import { type CountyPerson, type CountyUnit, countyName, countyUnits, office } from './county.ts';
import { type Dice, diceOf } from './dice.ts';
import { type WorkLine, work } from './work.ts';

/** One thing somebody said in the county's past. */
export type Saying = {
  readonly at: Temporal.Instant;
  readonly chat: string;
  readonly sender: CountyPerson;
  readonly text: string;
};

/** Four weeks, counted in workdays. */
const WORKDAYS = 20;
const MONTHS_APPROVED = 6;

/** Where the past begins: with a whole workday for setting up before the four weeks. */
export const dayOne = (today: Day, calendar: Calendar): Day => addWorkdays(today, -WORKDAYS - 1, calendar);

type Times = { at(day: Day, time: string): Temporal.Instant };

/** How the county set the bot up; each round can be said at once, the rounds one after the other. */
export const settingUp = (first: Day, claimCode: string, { at }: Times): readonly (readonly Saying[])[] => {
  const { admin, head, inspector, reviewer, decider } = office;
  const by = (sender: CountyPerson, chat: string, time: string, text: string): Saying => ({
    ...{ at: at(first, time), chat, sender, text },
  });
  const appoint = (who: CountyPerson, role: string, unit = '') =>
    by(admin, admin.id, '08:50', `/任命 @${who.name} ${role} ${unit}`.trim());
  const all = [
    { name: countyName, chat: office.chat, cadence: 'off' as const, people: Object.values(office).filter(isPerson) },
    ...countyUnits,
  ];

  return [
    [by(admin, admin.id, '08:30', `/认领 ${claimCode}`)],
    ...all.flatMap(({ name, chat, cadence }) => [
      [by(admin, chat, '08:35', `/绑定 ${chat === office.chat ? '' : `${countyName}/`}${name}`)],
      [by(admin, chat, '08:36', `/设置 频次 ${{ daily: '每日', weekly: '每周', off: '关' }[cadence]}`)],
    ]),
    all.flatMap(({ chat, people }) => people.map((who) => by(who, chat, '08:45', `/报到 ${who.name}`))),
    ...[
      appoint(head, '单位负责人', countyName),
      appoint(head, '领导', countyName),
      appoint(inspector, '督查'),
      appoint(reviewer, '审核人'),
      appoint(decider, '复核人'),
      ...countyUnits.flatMap(({ name, people: [first, second] }) => [
        ...(first ? [appoint(first, '单位负责人', name), appoint(first, '领导', name)] : []),
        ...(second ? [appoint(second, '联络员', name)] : []),
      ]),
      appoint(admin, '联络员', countyName),
      by(admin, office.chat, '08:55', '/设置 层级 县'),
      by(admin, office.chat, '08:55', `/设置 公布单位 开 ${approvedOn(first)}`),
      ...countyUnits.map(({ chat }) => by(admin, chat, '08:55', `/设置 人员榜 开 ${approvedOn(first)}`)),
    ].map((saying) => [saying]),
  ];
};

/** The county shows what is off until somebody approves it, with the approval in sight. */
const approvedOn = (first: Day): string => {
  const until = first.add({ months: MONTHS_APPROVED });
  return `批准：${office.head.name} 依据：云岭办〔${first.year}〕7号 至：${until}`;
};

const isPerson = (value: CountyPerson | string): value is CountyPerson => typeof value !== 'string';

/** What the county reported on the workdays after `first` up to `now`: for each day what each person said, in order. */
export const fourWeeks = (
  first: Day,
  now: Temporal.ZonedDateTime,
  calendar: Calendar,
  times: Times,
): readonly (readonly (readonly Saying[])[])[] => {
  const days = daysOf(nextWorkday(first, calendar), now.toPlainDate()).filter(calendar.isWorkday);
  const diaries = countyUnits.flatMap((unit) => unit.people.map((who) => diary(unit, who, days, calendar, times)));
  const isPast = ({ at }: Saying) => Temporal.Instant.compare(at, now.toInstant()) < 0;
  return days.map((_, i) => diaries.map((days) => (days[i] ?? []).filter(isPast)));
};

/** All that one person says, day by day. The dice are the person's own, so nobody's past depends on somebody else's. */
const diary = (
  unit: CountyUnit,
  who: CountyPerson,
  days: readonly Day[],
  calendar: Calendar,
  { at }: Times,
): readonly (readonly Saying[])[] => {
  const dice = diceOf(who.id);
  const { cadence, chat } = unit;
  const habits = who.steady ? { ...unit.habits, late: 0, missing: 0 } : unit.habits;
  const away = !who.steady && dice.chance(30) ? dice.between(2, days.length - 3) : -1;
  let left: { readonly text: string; readonly age: number }[] = [];
  let isMissing = false;

  return days.map((day, i) => {
    const say = (time: string, text: string, where = chat): Saying => ({
      at: at(day, time),
      chat: where,
      sender: who,
      text,
    });
    const weekly = isLastWorkdayOfWeek(day, calendar) && !dice.chance(habits.missing * 2);
    const time = dice.chance(habits.late) ? dice.time('20:05', '21:40') : dice.time('15:40', '18:25');
    if (i === away)
      return [say('08:40', `/请假 ${day.month}月${day.day}日 ${dice.pick(['年休', '公出', '病假'])}`, who.id)];
    if (cadence === 'weekly') return weekly ? [say(time, `/周结 ${weekOf(who.line, dice)}`)] : [];

    const wasMissing = isMissing;
    isMissing = dice.chance(habits.missing);
    const caughtUp =
      wasMissing && dice.chance(60) ? [say('08:50', `/补报 昨天 ${dice.some(work[who.line].done, 1)[0]}`)] : [];
    if (isMissing) return caughtUp;

    left = left.map(({ text, age }) => ({ text, age: age + 1 }));
    const closed = left.flatMap(({ age }, n) => (age > 3 || dice.chance(55) ? [n + 1] : []));
    // Numbers are given anew once everything is closed; so nobody here names something new before that.
    const cleared = closed.length === left.length && left.length > 0 ? [say(time, '/清 全部')] : [];
    if (cleared.length > 0) left = [];
    const named = left.length === 0 && dice.chance(habits.unfinished) ? dice.some(work[who.line].left, 1) : [];
    left = [...left, ...named.map((text) => ({ text, age: 0 }))];
    const filed = say(time, `/日清 ${written(who.line, named, dice)}`);
    return [...caughtUp, ...cleared, filed, ...(weekly ? [say(time, '/周结 确认')] : [])];
  });
};

/** A report as this person happens to write it today. */
const written = (line: WorkLine, left: readonly string[], dice: Dice): string => {
  const { done, planned } = work[line];
  const items = dice.some(done, dice.between(1, 3));
  const plans = dice.chance(35) ? dice.some(planned, 1) : [];
  if (items.length > 1 && dice.chance(40)) {
    const lines = items.map((item, n) => `${n + 1}. ${item}`);
    return ['', ...lines, ...titled('未清', left), ...titled('明日', plans)].join('\n');
  }
  return [...items, ...left.map((item) => `未清：${item}`), ...plans.map((item) => `明日：${item}`)].join('；');
};

const titled = (title: string, items: readonly string[]): readonly string[] =>
  items.length === 0 ? [] : [title, ...items.map((item) => `- ${item}`)];

const weekOf = (line: WorkLine, dice: Dice): string =>
  [...dice.some(work[line].done, 3), `下周：${dice.some(work[line].planned, 1)[0]}`].join('；');
