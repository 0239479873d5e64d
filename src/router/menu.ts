/** What `/` alone shows: what this person can do now, here. Short enough for a phone; the rest is behind /帮助. */
import { type CommandContext, calledIn } from '../command.ts';
import { isLastWorkdayOfWeek } from '../domain/calendar.ts';
import { factsOf, reckoningOf, standingOn } from '../domain/owing.ts';
import { isAllowed, mayRun, type Role, rolesOf } from '../domain/roles.ts';
import { settingsOf } from '../domain/settings.ts';
import { type Reply, text } from '../message.ts';

/** With a line above and one below it fits on a phone without scrolling. */
const MOST_LINES = 8;

export const menu = async (context: CommandContext): Promise<Reply> => {
  const { member, message, t } = context;
  if (rolesOf(member).size === 0) return beginning(context);
  const state = message.chat.kind === 'direct' ? await stateOf(context) : null;
  const items = namesFor(context, state)
    .flatMap((name) => context.commands.find((command) => command.name === name) ?? [])
    .filter(({ name }) => isAllowed(mayRun[name] ?? [], member))
    .slice(0, MOST_LINES)
    .map((command) => t('help.entry', { name: calledIn(command, t), line: t(command.help.line) }));
  return [
    { kind: 'text', text: (state === null ? '' : t('menu.state', state.said)) + t('menu.title') },
    { kind: 'list', items },
    { kind: 'text', text: t('menu.more') },
  ];
};

/** How somebody begins whom the bot does not know yet. */
const beginning = async ({ message, chatUnit, claimCode, t }: CommandContext): Promise<Reply> => {
  if ((await claimCode()) !== null) return text(t('menu.unclaimed'));
  if (chatUnit) return text(t('menu.join', { unit: chatUnit.name }));
  return text(t(message.chat.kind === 'group' ? 'menu.unbound' : 'menu.no-unit'));
};

type State = {
  readonly hasFiled: boolean;
  readonly open: number;
  readonly closesWeek: boolean;
  readonly said: { readonly state: 'filed' | 'owing' | 'other'; readonly open: number; readonly deadline: string };
};

/** Where the person stands today; only ever told to that person. */
const stateOf = async ({ member, unit, now, today, calendar, reports }: CommandContext): Promise<State | null> => {
  if (!member || !unit) return null;
  const facts = factsOf(member, await reports.period(unit.id, today, today));
  const standing = standingOn(today, facts, reckoningOf(unit, calendar, now.toPlainDateTime()));
  const hasFiled = facts.days.has(today.toString());
  const open = facts.open.length;
  const state = hasFiled ? 'filed' : standing === 'pending' || standing === 'provisional' ? 'owing' : 'other';
  const closesWeek = calendar.isWorkday(today) && isLastWorkdayOfWeek(today, calendar);
  return { hasFiled, open, closesWeek, said: { state, open, deadline: settingsOf(unit).deadline } };
};

/** The most useful first; what a role is for stands among the first as well. */
const namesFor = ({ member }: CommandContext, state: State | null): readonly string[] => {
  const own = state?.hasFiled ? ['改', '撤回', '日清'] : ['日清'];
  const week = state?.closesWeek ? ['周结'] : [];
  const open = (state?.open ?? 0) > 0 ? ['清'] : [];
  const roles = rolesOf(member);
  const duties = (Object.keys(duty) as Role[]).flatMap((role) => (roles.has(role) ? (duty[role] ?? []) : []));
  const mine = roles.has('member') ? [...own, ...open, ...week] : [];
  return [...new Set([...mine, ...duties, ...(state === null ? inGroup : alone), ...rest])];
};

/** What each role is for. */
const duty: Readonly<Partial<Record<Role, readonly string[]>>> = {
  coordinator: ['未报', '名册'],
  leader: ['答复', '看'],
  unitHead: ['答复', '看'],
  admin: ['绑定', '任命', '名册', '设置'],
};
const inGroup = ['日清', '榜', '周结'];
const alone = ['请假', '我的', '周结', '榜'];
const rest = ['设置', '为什么', '补报', '报到', '提醒', '点评'];
