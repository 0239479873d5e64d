import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { type Answer, type Command, type CommandContext, calledIn } from './command.ts';
import { isAllowed, mayRun, type Role } from './domain/roles.ts';
import { sensitiveIn } from './domain/sensitive.ts';
import { readCommand } from './domain/spoken.ts';
import { Unconfirmed, UserError } from './errors.ts';
import { isMessageKey, type MessageKey } from './i18n.ts';
import { directChat, memberId, type Reply, text } from './message.ts';
import type { Answered, Log } from './ports.ts';
import { menu } from './router/menu.ts';
import { misspoken, unspoken } from './router/unspoken.ts';

/**
 * Finds the command that a message names, checks who may run it, and runs it. Whatever happens becomes words here, and
 * only here; Unconfirmed passes through, since the inbox decides whether to try again. Empty: not said to us.
 */
export const router = (commands: readonly Command[], log: Log) => {
  const byName = new Map(commands.flatMap((c) => [c.name, ...c.aliases].map((name) => [name, c] as const)));

  return async (context: CommandContext): Promise<readonly Answered[]> => {
    const { message, t } = context;
    const spoken = readCommand(message.text, byName);
    if (spoken === null && !message.addressed && message.chat.kind === 'group') return [];
    const refused = (reply: Reply): Answered[] => [{ chat: message.chat, reply, isRefusal: true }];

    try {
      const sensitive = mayHoldNumbers.has(byName.get(spoken?.name ?? '')?.name ?? '')
        ? null
        : sensitiveIn(message.text, context.directory.common().secrets);
      if (sensitive) throw new UserError(`sensitive.${sensitive}`, { where: message.chat.kind });
      return deliver(await run(spoken, byName, context), context);
    } catch (error) {
      if (error instanceof Unconfirmed) throw error;
      if (error instanceof UserError) return refused(text(t(error.key, error.params)));
      const ref = randomUUID().slice(0, 8);
      log.child({ messageId: message.id, command: spoken?.name ?? '' }).error({ err: error, ref }, 'command failed');
      return refused(text(t('error.internal', { ref })));
    }
  };
};

/** Here stand ids of people, which on some platforms are numbers; the words to look for; and sums of money. */
const mayHoldNumbers: ReadonlySet<string> = new Set(['任命', '名册', '设置', '指标']);

const run = async (
  spoken: ReturnType<typeof readCommand>,
  byName: ReadonlyMap<string, Command>,
  context: CommandContext,
): Promise<Answer> => {
  if (spoken === null) {
    const said = await unspoken(context);
    const daily = byName.get('日清');
    if ('file' in said && daily) return daily.run(parse(daily, said.file), context);
    return 'file' in said ? [] : said;
  }
  if (spoken.name === '') return menu(context);
  const command = byName.get(spoken.name);
  if (!command) return misspoken(spoken, context);
  const allowed = mayRun[command.name] ?? [];
  if (!isAllowed(allowed, context.member)) throw refusal(command, allowed, context);
  return command.run(parse(command, spoken.rest), context);
};

const refusal = (command: Command, allowed: readonly (Role | 'anyone')[], { t, member }: CommandContext): UserError => {
  if (allowed.includes('member') && !member?.unit) return new UserError('unit.none');
  const names = allowed.filter((role) => role !== 'anyone').map((role) => t(`role.${role}` satisfies MessageKey));
  return new UserError('command.not-allowed', { name: calledIn(command, t), roles: names.join(t('list.or')) });
};

const deliver = (answer: Answer, { message, t }: CommandContext): readonly Answered[] => {
  if ('receipt' in answer) return [{ chat: message.chat, reply: answer.receipt, isReceipt: true }];
  if (!('privately' in answer)) return answer.length === 0 ? [] : [{ chat: message.chat, reply: answer }];
  if (message.chat.kind === 'direct') return [{ chat: message.chat, reply: answer.privately }];
  return [
    { chat: message.chat, reply: text(t('reply.sent-privately')) },
    { chat: directChat(memberId(message.platform, message.sender)), reply: answer.privately },
  ];
};

const parse = (command: Command, rest: string): unknown => {
  const parsed = command.args.safeParse(rest);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw issue && isMessageKey(issue.message) ? new UserError(issue.message, numbersIn(issue)) : parsed.error;
};

const numbersIn = (issue: z.core.$ZodIssue): Record<string, number> =>
  Object.fromEntries(Object.entries(issue).filter((field): field is [string, number] => typeof field[1] === 'number'));
