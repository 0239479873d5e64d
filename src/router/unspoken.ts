/** What is answered to words that name no command. */
import type { CommandContext } from '../command.ts';
import { echoed } from '../domain/names.ts';
import { nearestOf } from '../domain/nearest.ts';
import { isCourtesy } from '../domain/offer.ts';
import { isAllowed, mayRun } from '../domain/roles.ts';
import { nameWithoutSlash, type Spoken } from '../domain/spoken.ts';
import { characters, visible } from '../domain/visible.ts';
import { type Block, type Reply, text } from '../message.ts';
import { menu } from './menu.ts';
import { answered, offered, offerOf } from './offering.ts';

/** What is to be said; or the report that the person has agreed to file. */
export const unspoken = async (context: CommandContext): Promise<{ readonly file: string } | Reply> => {
  const { message, unit, commands, t } = context;
  const isDirect = message.chat.kind === 'direct';
  const named = nameWithoutSlash(message.text, commands.flatMap(namesOf));
  if (named) {
    const isDaily = commands.find((command) => namesOf(command).includes(named.name))?.name === '日清';
    if (isDaily && isDirect && unit && named.rest !== '') return offered(named.rest, unit, context);
    return [
      ...text(t('command.slash-missing', { name: named.name })),
      ...buttonsFor([named.name], named.rest, context),
    ];
  }
  const said = isDirect ? ((await answered(context)) ?? (await offerOf(context))) : null;
  return said ?? (isDirect ? about(context) : null) ?? [...notFiled(context), ...(await menu(context))];
};

/** 我想请假, 怎么补报: what is asked about has a command, and its help says how. Null when that is not clear. */
const about = ({ message, member, commands, t }: CommandContext): Reply | null => {
  const said = visible(message.text.slice(0, LONGEST_QUESTION + 1));
  if (characters(said) > LONGEST_QUESTION) return null;
  // 日清 stands in much of what is said, and the menu begins with it.
  const named = commands.filter(
    ({ name }) =>
      name !== '日清' && characters(name) > 1 && said.includes(name) && isAllowed(mayRun[name] ?? [], member),
  );
  const [only, another] = named;
  if (!only || another) return null;
  const command = t('command.help-of', { name: only.name });
  return [
    ...text(t('command.about', { name: only.name, command })),
    { kind: 'buttons', buttons: [{ text: t('command.see', { name: only.name }), command }], stays: true },
  ];
};

/** A question, not a report. */
const LONGEST_QUESTION = 20;

/** Answers a command that does not exist: which ones may be meant, those first that the person may run. */
export const misspoken = ({ name, rest }: Spoken, context: CommandContext): Reply => {
  const { commands, member, t } = context;
  const found = nearestOf(name, commands.flatMap(namesOf));
  const of = (typed: string) => commands.find((command) => namesOf(command).includes(typed));
  const different = found.filter((typed, i) => found.findIndex((other) => of(other) === of(typed)) === i);
  const allowed = different.filter((typed) => isAllowed(mayRun[of(typed)?.name ?? ''] ?? [], member));
  const meant = (allowed.length > 0 ? allowed : different).slice(0, MOST_NAMED);
  const [first, second] = meant;
  if (first === undefined) return text(t('command.unknown', { name: echoed(name) }));
  const words = second
    ? t('command.several', { name: echoed(name), names: meant.map((typed) => `/${typed}`).join(t('list.or')) })
    : t('command.nearest', { name: echoed(name), nearest: first });
  return [...text(words), ...buttonsFor(meant, rest, context)];
};

const MOST_NAMED = 3;

const namesOf = ({ name, aliases }: CommandContext['commands'][number]): readonly string[] => [name, ...aliases];

/** What was meant, to be sent with one tap. Not in a group: what somebody wrote is not repeated there. */
const buttonsFor = (names: readonly string[], rest: string, { message, t }: CommandContext): Reply => {
  if (message.chat.kind === 'group' || characters(rest) > MOST_REPEATED) return [];
  const body = visible(rest).replaceAll('\n', '；');
  const buttons: Block = {
    kind: 'buttons',
    buttons: names.map((name) => ({ text: t('command.send', { name }), command: `/${name} ${body}`.trim() })),
  };
  return [buttons];
};

/** More than that nobody could check on a button. */
const MOST_REPEATED = 600;

/** A greeting is shorter; what is longer may be a report whose author would think it filed. */
const SHORTEST_REPORT = 6;

const notFiled = ({ message, t }: CommandContext): Reply =>
  characters(visible(message.text.slice(0, 100))) < SHORTEST_REPORT || isCourtesy(message.text)
    ? []
    : text(t('command.none'));
