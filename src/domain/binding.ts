/**
 * Which unit a group speaks for: what was said, and what comes of it. Where units stand in the tree is for placing.ts.
 */
import { cleanName, type NameFault, nameFault, sameName } from './names.ts';
import { readPath, type Unit, unitLabel } from './organisation.ts';
import { type PlacingRule, placeAlong, placeAtTop } from './placing.ts';
import { type Refusal, refuse } from './refusal.ts';

export const LONGEST_NAME = 30;
/** County, town, village, group, and two to spare: a longer path is a slip. */
const DEEPEST = 6;

export type BindingOrder = {
  /** Names from the top of what was said down to the unit itself; that one is '' for the group's own unit. */
  readonly path: readonly string[];
  /** `上级 无`: the unit is to stand at the top of the tree. */
  readonly toTop: boolean;
  /** `改`: the group is to be taken from the unit that it is bound to. */
  readonly rebind: boolean;
};

/** Stands between a unit and its parent. */
const PARENT =
  /(?<=\S)\s+上级\s*[:：]?|上级[\s:：]+|属于\s*[:：]?|隶属于?\s*[:：]?|(?:^|(?<=\S)\s+)(?:under|parent)\s/iu;
/** What people try, and nobody is called. */
const NO_NAMES = new Set([
  '上级',
  '解除',
  '解绑',
  '取消',
  '删除',
  '查看',
  '帮助',
  '改',
  'under',
  'parent',
  'help',
  'none',
]);
/** A space must follow: 改革办 is a unit. */
const AGAIN = /^\s*(?:改绑|改|rebind)(?:\s+|$)/iu;

/**
 * Reads `[改] 城关镇`, `城关镇 上级 云岭县`, `城关镇 属于 云岭县`, `云岭县/城关镇`, `上级 云岭县` (the group's own unit).
 * Null when nothing is named.
 */
export const readBinding = (text: string): BindingOrder | null => {
  const rebind = AGAIN.test(text);
  const said = text.replace(AGAIN, '');
  const word = PARENT.exec(said);
  const own = namesIn(word ? said.slice(0, word.index) : said);
  if (!word) return own.length === 0 || NO_NAMES.has(own.join('/')) ? null : { path: own, toTop: false, rebind };

  const above = namesIn(said.slice(word.index + word[0].length));
  if (above.length === 0) return null;
  const toTop = above.length === 1 && ['无', 'none'].includes(above[0] ?? '');
  const path = own.length === 0 ? [''] : own;
  return { path: toTop ? path : [...above, ...path], toTop, rebind };
};

const namesIn = (path: string): readonly string[] => readPath(path).map(cleanName);

export type BindingRule = NameFault | 'too-deep' | PlacingRule | 'bound-elsewhere';

/** What the answer is worded from. */
export type BindingFacts = {
  readonly outcome: 'bound' | 'rebound' | 'same';
  readonly unit: string;
  readonly isNew: boolean;
  /** The unit that the group spoke for before. */
  readonly from: string | null;
  /** The unit's parent, when this message set or named it; '' for none. */
  readonly parent: string | null;
  readonly newParents: readonly string[];
  /** How many groups are bound to the unit now. */
  readonly groups: number;
  /** The group is new to the unit, and nobody has said yet how often the unit reports. */
  readonly asksCadence: boolean;
  /**
   * A town or a village: weekly is recommended, and a place of its own needs the county's platform.
   */
  readonly isSmall: boolean;
  readonly isTop: boolean;
};

/** Binds the group `chat` as `order` says. Units that the path names and nobody has made yet are made. */
export const decideBinding = (
  units: readonly Unit[],
  { path: said, toTop, rebind }: BindingOrder,
  chat: string,
): { readonly units: readonly Unit[]; readonly facts: BindingFacts } | Refusal<BindingRule> => {
  const before = units.find(({ chats }) => chats.includes(chat)) ?? null;
  const path = said.map((name) => (name === '' ? (before?.name ?? '') : name));
  const fault = pathFault(path);
  if (fault) return fault;
  const placed = toTop ? placeAtTop(units, path.at(-1) ?? '', before) : placeAlong(units, path, before);
  if ('refused' in placed) return placed;

  const { unit } = placed;
  if (before && before.id !== unit.id && !rebind) {
    return refuse('bound-elsewhere', { bound: unitLabel(units, before), wanted: path.join('/') });
  }

  const tree = placed.tree.map((each) => {
    if (each.id === unit.id) return before?.id === unit.id ? each : { ...each, chats: [...each.chats, chat] };
    return each.id === before?.id ? { ...each, chats: each.chats.filter((bound) => bound !== chat) } : each;
  });
  const known = new Set(units.map(({ id }) => id));
  const parent = tree.find(({ id }) => id === unit.parent);
  return {
    units: tree.filter((each) => !units.includes(each)),
    facts: {
      outcome: !before ? 'bound' : before.id === unit.id ? 'same' : 'rebound',
      unit: unitLabel(tree, unit),
      isNew: !known.has(unit.id),
      from: before && before.id !== unit.id ? unitLabel(tree, before) : null,
      parent: path.length > 1 || toTop ? (parent ? unitLabel(tree, parent) : '') : null,
      newParents: tree.filter(({ id }) => !known.has(id) && id !== unit.id).map(({ name }) => name),
      groups: tree.find(({ id }) => id === unit.id)?.chats.length ?? 0,
      asksCadence: before?.id !== unit.id && asksCadence(unit),
      isSmall: isSmall(unit),
      isTop: unit.parent === null,
    },
  };
};

/** A town or a village, by its name. */
export const isSmall = ({ name }: Pick<Unit, 'name'>): boolean =>
  /(镇|乡|街道|街道办|村|社区|居委会|村委会)$/u.test(name);

/** Whether nobody has said yet how often the unit reports. */
export const asksCadence = ({ settings }: Pick<Unit, 'settings'>): boolean => settings.cadence === undefined;

const pathFault = (path: readonly string[]): Refusal<BindingRule> | null => {
  for (const name of path) {
    const fault = nameFault(name, LONGEST_NAME);
    if (fault) return refuse(fault, { name, maximum: LONGEST_NAME });
  }
  if (path.length > DEEPEST) return refuse('too-deep', { maximum: DEEPEST });
  const isRepeated = path.some((name, i) => path.some((other, j) => j > i && sameName(name, other)));
  return isRepeated ? refuse('below-itself', { unit: path.at(-1) ?? '' }) : null;
};
