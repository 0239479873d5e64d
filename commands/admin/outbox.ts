import { z } from 'zod';
import { type CommandContext, defineCommand, MOST_TYPED } from '../../src/command.ts';
import { readOutbox } from '../../src/domain/outbox-text.ts';
import { UserError } from '../../src/errors.ts';
import { type Block, type Reply, text } from '../../src/message.ts';
import { chatNames, chosen, letterLine, numbersOf, waitingLine } from '../../src/wording/outbox.ts';

/** A screen of a phone each; the counts tell of the others. */
const MOST_FAILED = 20;
const MOST_WAITING = 10;

/** `/发件` lists what could not be posted and what waits, `/发件 重发 3` and `/发件 重发 全部` send it again. In private. */
export const outbox = defineCommand({
  name: '发件',
  aliases: ['outbox'],
  help: { line: 'help.outbox', examples: 'help.outbox.examples' },
  args: z.string().max(MOST_TYPED, 'command.too-long'),

  async run(typed, context) {
    const { letters, cause, t } = context;
    const order = readOutbox(typed);
    if (!order) throw new UserError('outbox.unknown');
    if (order.kind === 'listed') return { privately: await listed(context) };
    const { numbers, doubtful } = await letters.resend((all) => chosen(all, order, t), cause);
    const lines = [t('outbox.resent', { count: numbers.length, numbers: numbersOf(numbers, t) })];
    if (doubtful > 0) lines.push(t('outbox.left', { count: doubtful }));
    return { privately: text(lines.join('')) };
  },
});

const listed = async ({ letters, directory, now, t }: CommandContext): Promise<Reply> => {
  const [failed, waiting] = await Promise.all([letters.list(MOST_FAILED), letters.waiting(MOST_WAITING)]);
  if (failed.total + waiting.total === 0) return text(t('outbox.empty'));
  const chats = [...failed.letters, ...waiting.chats].map(({ chat }) => chat);
  const seen = { now, nameOf: await chatNames(chats, directory, t) };
  const blocks: Block[] = [{ kind: 'text', text: t('outbox.failed', { count: failed.total }) }];
  if (failed.total > 0) {
    blocks.push({ kind: 'list', items: failed.letters.map((letter) => letterLine(letter, seen, t)) });
    const rest = failed.total - failed.letters.length;
    if (rest > 0) blocks.push({ kind: 'text', text: t('outbox.more', { count: rest }) });
    blocks.push({ kind: 'text', text: t('outbox.how', { number: failed.letters[0]?.number ?? 1 }) });
  }
  blocks.push({ kind: 'text', text: t('outbox.waiting', { count: waiting.total }) });
  if (waiting.total > 0) {
    blocks.push({ kind: 'list', items: waiting.chats.map((chat) => waitingLine(chat, seen, t)) });
  }
  return blocks;
};
