import { createRequire } from 'node:module';
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
    const message = messages[locale][key];
    const say = hasGrammar(message) ? remembering(inflecting(message, locale)) : filling(message);
    compiled.set(key, say);
    return say;
  };

  return (key, params = {}) => (compiled.get(key) ?? compile(key))(params);
};

/** Whether there is more in it than values to be filled in: `{count, plural, …}`, `{onTime, select, …}`, quotes. */
const hasGrammar = (message: string): boolean => !/^(?:[^{}']|\{\w+\})*$/.test(message);

// Read when the first grammar is needed: a start says nothing that has one.
const grammar = (): typeof import('intl-messageformat') => createRequire(import.meta.url)('intl-messageformat');

const inflecting = (message: string, locale: Locale): Say => {
  const { IntlMessageFormat } = grammar();
  const format = new IntlMessageFormat(message, locale, undefined, { ignoreTag: true });
  return (params) => String(format.format(params));
};

/** Without a grammar: to read the first one takes Node 10 ms, and a start says nothing that needs it. */
const filling = (message: string): Say => {
  // Every other part is a name.
  const parts = message.split(/\{(\w+)\}/);
  return (params) => parts.map((part, i) => (i % 2 === 0 ? part : given(part, params))).join('');
};

const given = (name: string, params: Params): string => {
  if (!Object.hasOwn(params, name)) throw new RangeError(`no value for ${name}`);
  return String(params[name]);
};

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
