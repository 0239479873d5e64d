import IntlMessageFormat from 'intl-messageformat';
import en from '../locales/en.json' with { type: 'json' };
import zhCN from '../locales/zh-CN.json' with { type: 'json' };

export const locales = ['zh-CN', 'en'] as const;
export type Locale = (typeof locales)[number];
export type MessageKey = keyof typeof zhCN;
export type Params = Readonly<Record<string, string | number>>;
export type Translate = (key: MessageKey, params?: Params) => string;

// The annotation is the completeness check: a key that a locale lacks does not compile.
const messages: Record<Locale, Record<MessageKey, string>> = { 'zh-CN': zhCN, en };

export const isMessageKey = (key: string): key is MessageKey => Object.hasOwn(zhCN, key);

/** Speaks one locale. Each message is compiled on first use; `params` are inserted as plain text, never parsed. */
export const translator = (locale: Locale): Translate => {
  const compiled = new Map<MessageKey, IntlMessageFormat>();

  const compile = (key: MessageKey) => {
    const message = new IntlMessageFormat(messages[locale][key], locale, undefined, { ignoreTag: true });
    compiled.set(key, message);
    return message;
  };

  return (key, params = {}) => String((compiled.get(key) ?? compile(key)).format(params));
};
