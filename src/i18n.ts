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

type Say = (params: Params) => string;

/** Speaks one locale. Each message is compiled on first use; `params` are inserted as plain text, never parsed. */
export const translator = (locale: Locale): Translate => {
  const compiled = new Map<MessageKey, Say>();

  const compile = (key: MessageKey): Say => {
    const message = new IntlMessageFormat(messages[locale][key], locale, undefined, { ignoreTag: true });
    const plain: Say = (params) => String(message.format(params));
    const say = isInflected(messages[locale][key]) ? remembering(plain) : plain;
    compiled.set(key, say);
    return say;
  };

  return (key, params = {}) => (compiled.get(key) ?? compile(key))(params);
};

/** Whether words hang on a value: `{count, plural, …}`, `{onTime, select, …}`. */
const isInflected = (message: string): boolean => /\{\w+, /.test(message);

const MOST_REMEMBERED = 200;

/**
 * The same few counts are said all day, and to put a sentence around them takes five times as long as to find it again.
 */
const remembering = (say: Say): Say => {
  const said = new Map<string, string>();
  return (params) => {
    const values = JSON.stringify(params);
    const known = said.get(values);
    if (known !== undefined) return known;
    const words = say(params);
    if (said.size === MOST_REMEMBERED) said.clear();
    said.set(values, words);
    return words;
  };
};
