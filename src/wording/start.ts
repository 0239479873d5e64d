import { Unconfirmed, UserError } from '../errors.ts';
import type { MessageKey, Translate } from '../i18n.ts';

/** Why the bot did not start: one line for each variable that is set wrong. */
export const wrongSettings = (
  problems: readonly {
    readonly variable: string;
    readonly trouble: MessageKey;
    readonly expected: MessageKey;
    readonly example: string;
  }[],
  t: Translate,
): string =>
  [
    t('config.wrong', { count: problems.length }),
    ...problems.map(
      ({ variable, trouble, expected, example }) => `  ${t(trouble, { variable, expected: t(expected), example })}`,
    ),
  ].join('\n');

/** Why the bot or one of the operator's commands does not start. A fault of ours keeps its stack. */
export const whyNotStarted = (error: unknown, t: Translate): string => {
  if (error instanceof UserError) return t(error.key, error.params);
  if (error instanceof Unconfirmed) return t('start.no-redis', { reason: error.message });
  // Of the system's own errors a start meets this one: the port is taken, or not for everybody.
  if (error instanceof Error && 'syscall' in error && error.syscall === 'listen') {
    return t('start.port-taken', { reason: error.message });
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
};
