import type { MessageKey, Translate } from '../i18n.ts';

/** The lines that say what boards and lists are for. */
export const disclaimers: ReadonlySet<MessageKey> = new Set(['board.footer']);

/**
 * Adds what the organisation wants said to the line 仅供工作调度，不作为考核依据, wherever it stands; nobody can take the
 * line itself away. `notice` is asked each time, since it can be changed.
 */
export const withNotice =
  (t: Translate, notice: () => string): Translate =>
  (key, params) => {
    const said = t(key, params);
    if (!disclaimers.has(key)) return said;
    const more = notice();
    return more === '' ? said : t('board.footer-more', { line: said, more });
  };
