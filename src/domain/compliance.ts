/**
 * The bot's own check of the rules C01–C19: each is judged against what the units have set and the code's own tables.
 * What the product cannot do yet is said to be so, neither kept nor broken.
 */
import { bannedIndicator, type Paper, postsTo, type RuleNumber, ruleNumbers } from './compliance-rules.ts';
import { exceptionFor } from './exception.ts';
import { isBelowCounty } from './house-settings.ts';
import type { Unit, UnitId } from './organisation.ts';
import { mayRun } from './roles.ts';
import { type SettingName, settingNames, settingRules } from './setting-rules.ts';
import { defaults, settingsOf } from './settings.ts';

export type { Paper };

/** What the check looks at. The tables are the code's own; a test puts others in their place. */
export type Evidence = {
  /** As they are in force. */
  readonly units: readonly Unit[];
  readonly coordinated: ReadonlySet<UnitId>;
  /** Members of units of whom no name is known. */
  readonly nameless: number;
  /** Special indicators, and what each is measured in. */
  readonly indicators: readonly { readonly name: string; readonly unit: string }[];
  /** Names of commands. */
  readonly commands: readonly string[];
  readonly mayRun: Readonly<Record<string, readonly string[]>>;
  readonly postsTo: Readonly<Record<string, readonly string[]>>;
  /** In ms since 1970. */
  readonly now: number;
};

export const tables = { mayRun, postsTo };

export type Verdict = 'fail' | 'excepted' | 'pass' | 'later';
export type Finding = {
  readonly rule: RuleNumber;
  readonly verdict: Verdict;
  /** The units it is about; none: the whole. */
  readonly units: readonly Unit[];
  /** The setting that decides it; null: built in, nobody can change it in chat. */
  readonly decides: SettingName | null;
  /** The settings that stand beside the rule. */
  readonly beside: readonly SettingName[];
  readonly values: Readonly<Record<string, string | number>>;
};

type Judged = Pick<Finding, 'verdict'> & Partial<Finding>;
type Check = { readonly decides?: SettingName; readonly judge: (evidence: Evidence) => Judged };

const pass: Judged = { verdict: 'pass' };
const later: Judged = { verdict: 'later' };
const failIf = (isBroken: boolean): Judged => (isBroken ? { verdict: 'fail' } : pass);
const failFor = (units: readonly Unit[], values: Finding['values'] = {}): Judged =>
  units.length > 0 ? { verdict: 'fail', units, values } : pass;

const spokenTo = ({ units }: Evidence) => units.filter(({ chats }) => chats.length > 0);

/** Under which rule a setting falls that needs approval. */
const ruleOf = (name: SettingName): RuleNumber => (name === 'list-names' || name === 'on-time-weight' ? 'C04' : 'C03');

/** Settings beside the rule: kept where they were approved, broken where not. */
const approvals = (rule: RuleNumber, { units, now }: Evidence): Judged => {
  const beside = settingNames
    .filter((name) => settingRules[name].needsApproval && ruleOf(name) === rule)
    .flatMap((name) =>
      units
        .filter((unit) => settingRules[name].needsApproval?.(settingsOf(unit), defaults))
        .map((unit) => ({ name, unit, isApproved: exceptionFor(unit, name, now) !== null })),
    );
  const bare = beside.filter(({ isApproved }) => !isApproved);
  const shown = bare.length > 0 ? bare : beside;
  const names = [...new Set(shown.map(({ name }) => name))];
  const [decides] = names;
  if (!decides) return pass;
  const verdict = bare.length > 0 ? 'fail' : 'excepted';
  return { verdict, units: [...new Set(shown.map(({ unit }) => unit))], decides, beside: names };
};

/** Names of the indicators that these rules forbid. */
const barred = (rules: readonly RuleNumber[], { indicators }: Evidence): readonly string[] =>
  indicators.flatMap(({ name, unit }) => {
    const rule = bannedIndicator(name, unit);
    return rule && rules.includes(rule) ? [name] : [];
  });

const forbiddenCommands = /考勤|打卡|签到|在线|接龙|点名|位置|定位|attendance|roll-?call|location/iu;

const checks: Readonly<Record<RuleNumber, Check>> = {
  C01: {
    judge: ({ postsTo: posts, commands }) =>
      failIf(
        ['nudge', 'missing-list', 'weekly-draft', 'copy-check'].some((job) => posts[job]?.includes('group')) ||
          commands.some((name) => /接龙|点名|打卡/u.test(name)),
      ),
  },
  C02: {
    judge: ({ commands, mayRun: may }) =>
      commands.includes('交办') ? failIf(may.交办?.some((who) => who === 'anyone' || who === 'member') ?? true) : later,
  },
  C03: {
    judge: (evidence) => {
      const isCounted = Object.keys(defaults).some((field) => /attendance|online|login|location/iu.test(field));
      const { commands } = evidence;
      if (isCounted || commands.some((name) => forbiddenCommands.test(name))) return { verdict: 'fail' };
      const named = barred(['C03'], evidence);
      return named.length > 0 ? { verdict: 'fail' } : approvals('C03', evidence);
    },
  },
  C04: { decides: 'notice', judge: (evidence) => approvals('C04', evidence) },
  C05: { judge: (evidence) => failIf(barred(['C05'], evidence).length > 0) },
  C06: { judge: ({ commands }) => failIf(commands.some((name) => /位置|定位|拍照|location|photo/iu.test(name))) },
  C07: {
    judge: ({ postsTo: posts, commands }) =>
      failIf(!posts['weekly-draft'] || !commands.includes('导出') || !commands.includes('名册')),
  },
  C08: { judge: (evidence) => failIf(barred(['C08'], evidence).length > 0) },
  C09: {
    judge: ({ postsTo: posts, mayRun: may }) =>
      failIf(posts['missing-list']?.join() !== 'coordinator' || may.未报?.join() !== 'coordinator'),
  },
  C10: { judge: ({ commands }) => (['建议', '投诉'].every((name) => commands.includes(name)) ? pass : later) },
  C11: { judge: ({ postsTo: posts }) => failIf(!posts['burden-report']) },
  C12: {
    judge: (evidence) =>
      barred(['C12'], evidence).length > 0 ? { verdict: 'fail' } : evidence.commands.includes('测试') ? pass : later,
  },
  C13: {
    decides: 'level',
    judge: ({ units }) => {
      const tops = units.filter(({ parent }) => parent === null);
      const unsaid = tops.filter((unit) => settingsOf(unit).level === '');
      if (unsaid.length > 0) return failFor(unsaid, { reason: 'unsaid' });
      const alone = tops.filter((unit) => isBelowCounty(settingsOf(unit).level) && settingsOf(unit).platform === '');
      return failFor(alone, { reason: 'platform' });
    },
  },
  C14: {
    judge: ({ postsTo: posts }) =>
      failIf(['daily-digest', 'weekly-digest', 'weekly-draft'].some((job) => posts[job]?.includes('group'))),
  },
  C15: {
    decides: 'quiet',
    judge: ({ units, now }) => {
      const short = units.filter((unit) => {
        const { quietFrom, quietTo } = settingsOf(unit);
        return quietFrom > '21:00' || quietTo < '07:30' || quietFrom <= quietTo;
      });
      if (short.length > 0) return failFor(short);
      const open = units.filter(({ emergency }) => emergency && now < emergency.until);
      return open.length > 0 ? { verdict: 'excepted', units: open } : pass;
    },
  },
  C16: {
    decides: 'cadence',
    judge: (evidence) => failFor(spokenTo(evidence).filter(({ settings }) => settings.cadence === undefined)),
  },
  C17: {
    judge: (evidence) => {
      const ownerless = spokenTo(evidence).filter(({ id }) => !evidence.coordinated.has(id));
      const { nameless } = evidence;
      return ownerless.length > 0 || nameless > 0
        ? { verdict: 'fail', units: ownerless, values: { nameless, ownerless: ownerless.length } }
        : pass;
    },
  },
  C18: { decides: 'secrets', judge: () => pass },
  C19: { judge: ({ commands, postsTo: posts }) => failIf(!commands.includes('减负') || !posts['burden-report']) },
};

export const judge = (rule: RuleNumber, evidence: Evidence): Finding => ({
  rule,
  decides: checks[rule].decides ?? null,
  units: [],
  beside: [],
  values: {},
  ...checks[rule].judge(evidence),
});

/** All of them, what is broken first. */
export const selfCheck = (evidence: Evidence): readonly Finding[] => {
  const order: readonly Verdict[] = ['fail', 'excepted', 'pass', 'later'];
  return ruleNumbers
    .map((rule) => judge(rule, evidence))
    .toSorted((a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict));
};
