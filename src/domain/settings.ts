/**
 * What each unit can set in chat with /设置. How people name and write it, and in which range, stands in
 * setting-rules.ts.
 */
import { type Cadence, defaultCadence } from './cadence.ts';

/** Hours are `HH:MM` in the organisation's time zone. */
export type Settings = {
  /** What is owed: a report each workday, on named weekdays, only the week's, or nothing. */
  readonly cadence: Cadence;
  /** Until when a report of the day is on time. */
  readonly deadline: string;
  /** When those who owe are reminded, privately. */
  readonly nudgeAt: string;
  /** When leaders get the digest and coordinators the missing list of the last workday. */
  readonly digestAt: string;
  /** Whether leaders get a digest each workday, only the week's, or none. */
  readonly digestEvery: 'daily' | 'weekly' | 'off';
  /** Until when a week's report is on time: `last`, on its last workday by the deadline; `HH:MM`, on the next workday. */
  readonly weekDueAt: string;
  /** When each gets the week's draft, on the last workday of a week. */
  readonly draftAt: string;
  /** So many lines a digest has at most. */
  readonly digestLines: number;
  /** In workdays: by when leaders are to answer what the unit asks for help. */
  readonly answerWorkdays: number;
  /** Between these the bot starts no message; nor on days off. */
  readonly quietFrom: string;
  readonly quietTo: string;
  /** How many messages a day the bot may start with one person, and in one group. */
  readonly privateMost: number;
  readonly groupMost: number;
  /** How many workdays back /补报 reaches. */
  readonly lateWorkdays: number;
  /** From what likeness on, in percent, somebody is told privately that two days read alike; 0: never. */
  readonly copyPercent: number;
  /** Whether leave has to be approved. */
  readonly leaveApproval: 'on' | 'off';
  /** When the group gets the week's board on the first workday of a week; `off`: never. */
  readonly boardAt: string;
  /** The boards of the units below: places shown in a group, neighbours shown to a unit, reports to be ranked at all. */
  readonly boardTop: number;
  readonly boardNeighbours: number;
  readonly boardLeast: number;
  /** So many reports and items at the mean of the board are added to everybody's, to steady small numbers. */
  readonly boardSmoothing: number;
  /** What both reporting rates weigh on these boards. */
  readonly weightOnTime: number;
  readonly weightCleared: number;
  /** Whether the unit's people are ranked among themselves, and from how many expected reports on. */
  readonly personBoard: 'on' | 'off';
  readonly personLeast: number;
  /** In workdays: a lamp is blue from so many before the due day, and red after more than so many past it. */
  readonly lampSoon: number;
  readonly lampGrace: number;
  /** How often red and black lists are drafted; `off`: only by hand. */
  readonly listEvery: 'monthly' | 'quarterly' | 'off';
  /** How many units each list has at most, and from which score on (in points) a unit is honoured. */
  readonly honourMost: number;
  readonly honourLeast: number;
  readonly warningMost: number;
  /** In workdays: for how long may be appealed after the notice, and decided after that. */
  readonly appealWorkdays: number;
  readonly decisionWorkdays: number;
  /** Whether a group is told which units a warning list names. */
  readonly listNames: 'on' | 'off';
  /** For how many minutes /撤回 takes the last action back. */
  readonly undoMinutes: number;
  /** Of the topmost unit, for the whole organisation: see house-settings.ts. Empty: not said. */
  readonly level: string;
  readonly platform: string;
  readonly notice: string;
  readonly secrets: string;
};

export const defaults: Settings = {
  cadence: defaultCadence,
  deadline: '20:00',
  nudgeAt: '17:00',
  digestAt: '09:00',
  digestEvery: 'daily',
  weekDueAt: 'last',
  draftAt: '15:00',
  digestLines: 20,
  answerWorkdays: 1,
  quietFrom: '18:30',
  quietTo: '08:30',
  privateMost: 3,
  groupMost: 2,
  lateWorkdays: 3,
  copyPercent: 90,
  leaveApproval: 'off',
  boardAt: '09:30',
  boardTop: 5,
  boardNeighbours: 5,
  boardLeast: 15,
  boardSmoothing: 0,
  weightOnTime: 10,
  weightCleared: 20,
  personBoard: 'off',
  personLeast: 3,
  lampSoon: 2,
  lampGrace: 3,
  listEvery: 'monthly',
  honourMost: 3,
  honourLeast: 80,
  warningMost: 2,
  appealWorkdays: 1,
  decisionWorkdays: 2,
  listNames: 'off',
  undoMinutes: 10,
  level: '',
  platform: '',
  notice: '',
  secrets: '',
};

export const settingsOf = (unit: { readonly settings: Partial<Settings> }): Settings => ({
  ...defaults,
  ...unit.settings,
});
