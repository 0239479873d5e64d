/**
 * What is said of the robots that speak in a unit's groups, and of groups that are made for it; and what comes of it.
 * Groups are known here by how `chatKey` spells them.
 */
import { readPath, type Unit, unitLabel, unitsNamed } from './organisation.ts';
import { type Refusal, refuse } from './refusal.ts';

export type VoiceOrder =
  /** Which robots there are. */
  | { readonly kind: 'robots' }
  /** `group`: which of the unit's groups, counted from 1; null where it was not said. */
  | { readonly kind: 'robot'; readonly unit: string; readonly group: number | null; readonly address: string }
  | { readonly kind: 'no-robot'; readonly unit: string; readonly group: number | null }
  | { readonly kind: 'make' | 'unmake'; readonly unit: string };

const ADDRESS = /\S*https?:\/\/\S*/iu;
const NUMBER = /\s+(\d{1,2})$/u;
const ROBOTS = /^(?:群)?(?:机器人|robots?)$/iu;
const NO_ROBOT = /^(.*\S)\s+(?:撤|撤掉|去掉|解除)机器人$|^(.*\S)\s+no\s+robot$/iu;
const MAKE = /^(.*\S)\s+(?:建群|new\s+group)$/iu;
const UNMAKE = /^(.*\S)\s+(?:撤群|no\s+group)$/iu;

/** Reads `城关镇 https://…`, `城关镇 2 https://…`, `城关镇 撤机器人`, `城关镇 建群`, `城关镇 撤群`, `机器人`; null for all else. */
export const readVoiceOrder = (text: string): VoiceOrder | null => {
  const said = text.trim();
  const address = ADDRESS.exec(said)?.[0] ?? null;
  if (address !== null) return { kind: 'robot', ...which(said.replace(address, ' ').trim()), address };
  if (ROBOTS.test(said)) return { kind: 'robots' };
  const off = NO_ROBOT.exec(said);
  if (off) return { kind: 'no-robot', ...which(off[1] ?? off[2] ?? '') };
  const make = MAKE.exec(said)?.[1];
  if (make) return { kind: 'make', unit: make };
  const unmake = UNMAKE.exec(said)?.[1];
  return unmake ? { kind: 'unmake', unit: unmake } : null;
};

const which = (said: string): { readonly unit: string; readonly group: number | null } => {
  const number = NUMBER.exec(said)?.[1];
  return { unit: said.replace(NUMBER, ''), group: number === undefined ? null : Number(number) };
};

export type VoiceRule = 'unit-unknown' | 'unit-ambiguous' | 'which-group' | 'has-group' | 'no-robot' | 'no-group';
export type VoiceFacts = {
  readonly unit: string;
  readonly id: string;
  /** The group that is spoken to. */
  readonly chat: string;
  /** The group that the unit has no more. */
  readonly dropped: string | null;
  /** Nothing is known of the group but its robot. */
  readonly isRobotOnly: boolean;
};
type Decided = { readonly units: readonly Unit[]; readonly facts: VoiceFacts } | Refusal<VoiceRule>;

/** How groups are spelt of which nothing is known but their robot, and those that the app made. */
const ROBOT_ONLY = 'wecom:group:webhook/';
const OF_APP = 'wecom:group:appchat/';

export const voiceUnit = (units: readonly Unit[], said: string): Unit | Refusal<VoiceRule> => {
  const found = unitsNamed(units, readPath(said));
  const [unit, second] = found;
  if (!unit) return refuse('unit-unknown', { unit: said });
  return second ? refuse('unit-ambiguous', { unit: said, units: found.map((each) => unitLabel(units, each)) }) : unit;
};

const facts = (units: readonly Unit[], unit: Unit, chat: string, dropped: string | null): VoiceFacts => ({
  unit: unitLabel(units, unit),
  id: unit.id,
  chat,
  dropped,
  isRobotOnly: chat.startsWith(ROBOT_ONLY),
});

/** The groups of a unit in which the bot itself is. */
const ownGroups = ({ chats }: Unit): readonly string[] =>
  chats.filter((chat) => chat.startsWith('wecom:group:') && !chat.startsWith(ROBOT_ONLY) && !chat.startsWith(OF_APP));

/**
 * Gives the robot to the one group of the unit, to the one that was said, or where the bot is in none, makes `alone`
 * the unit's group in the place of one that another robot spoke in.
 */
export const decideRobot = (
  units: readonly Unit[],
  { unit: said, group }: Extract<VoiceOrder, { kind: 'robot' }>,
  alone: string,
): Decided => {
  const unit = voiceUnit(units, said);
  if ('refused' in unit) return unit;
  const groups = ownGroups(unit);
  const chosen = group === null ? (groups.length === 1 ? groups[0] : undefined) : groups[group - 1];
  if (chosen !== undefined) return { units: [], facts: facts(units, unit, chosen, null) };
  if (groups.length > 0 || group !== null) return refuse('which-group', { unit: said, groups: groups.length });

  const dropped = unit.chats.find((chat) => chat.startsWith(ROBOT_ONLY) && chat !== alone) ?? null;
  const others = unit.chats.filter((chat) => chat !== alone && chat !== dropped);
  // A robot is in one group, and a group speaks for one unit.
  const former = units
    .filter(({ id, chats }) => id !== unit.id && chats.includes(alone))
    .map((each) => ({ ...each, chats: each.chats.filter((chat) => chat !== alone) }));
  return { units: [...former, { ...unit, chats: [...others, alone] }], facts: facts(units, unit, alone, dropped) };
};

/** Takes the robot away from where it speaks. `robots`: the groups that have one. */
export const decideNoRobot = (
  units: readonly Unit[],
  { unit: said, group }: Extract<VoiceOrder, { kind: 'no-robot' }>,
  robots: ReadonlySet<string>,
): Decided => {
  const unit = voiceUnit(units, said);
  if ('refused' in unit) return unit;
  const spoken = unit.chats.filter((chat) => robots.has(chat));
  const chosen = group === null ? (spoken.length === 1 ? spoken[0] : undefined) : ownGroups(unit)[group - 1];
  if (spoken.length === 0) return refuse('no-robot', { unit: unitLabel(units, unit) });
  if (chosen === undefined) return refuse('which-group', { unit: said, groups: ownGroups(unit).length });
  if (!chosen.startsWith(ROBOT_ONLY)) return { units: [], facts: facts(units, unit, chosen, null) };
  const chats = unit.chats.filter((chat) => chat !== chosen);
  return { units: [{ ...unit, chats }], facts: facts(units, unit, chosen, chosen) };
};

/** Whether a group may be made for the unit, or was made by this very message: as `chat`. */
export const decideNewGroup = (units: readonly Unit[], said: string, chat: string): Unit | Refusal<VoiceRule> => {
  const unit = voiceUnit(units, said);
  if ('refused' in unit) return unit;
  return unit.chats.some((each) => each.startsWith(OF_APP) && each !== chat)
    ? refuse('has-group', { unit: said })
    : unit;
};

/** The group that was made is the unit's from now on. */
export const decideMade = (units: readonly Unit[], said: string, chat: string): Decided => {
  const unit = voiceUnit(units, said);
  if ('refused' in unit) return unit;
  return { units: [{ ...unit, chats: [...new Set([...unit.chats, chat])] }], facts: facts(units, unit, chat, null) };
};

/** The group that the app made is the unit's no more; people stay in it. */
export const decideUnmade = (units: readonly Unit[], said: string): Decided => {
  const unit = voiceUnit(units, said);
  if ('refused' in unit) return unit;
  const chat = unit.chats.find((each) => each.startsWith(OF_APP));
  if (chat === undefined) return refuse('no-group', { unit: unitLabel(units, unit) });
  const chats = unit.chats.filter((each) => each !== chat);
  return { units: [{ ...unit, chats }], facts: facts(units, unit, chat, chat) };
};
