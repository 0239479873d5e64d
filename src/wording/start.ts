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
