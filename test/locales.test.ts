import IntlMessageFormat from 'intl-messageformat';
import { expect, test } from 'vitest';
import en from '../locales/en.json' with { type: 'json' };
import zhCN from '../locales/zh-CN.json' with { type: 'json' };

// That no key of en is missing, the compiler says. These it cannot see.

test('en has no message that zh-CN lacks', () => {
  expect(Object.keys(en).filter((key) => !(key in zhCN))).toEqual([]);
});

const english = en as Record<string, string>;

test.each(Object.entries(zhCN))('%s takes the same values in both', (key, message) => {
  expect(slotsOf(english[key] ?? '')).toEqual(slotsOf(message));
});

test('Chinese sentences use Chinese punctuation', () => {
  const wrong = Object.entries(zhCN).filter(([, message]) => {
    const words = message.replace(/\{[^{}]*\}|\{\w+, (plural|select),/gu, '');
    return /[\u4e00-\u9fff][,;:!?]|[,;!?][\u4e00-\u9fff]/u.test(words);
  });
  expect(wrong).toEqual([]);
});

const slotsOf = (message: string) =>
  [...new Set(slotsIn(new IntlMessageFormat(message, 'en', undefined, { ignoreTag: true }).getAst()))].sort();

const slotsIn = (parts: ReturnType<IntlMessageFormat['getAst']>): string[] =>
  parts.flatMap((part) => [
    ...(part.type === 0 || part.type === 7 ? [] : [part.value]), // 0: plain text, 7: the # in a plural
    ...('options' in part ? Object.values(part.options).flatMap((option) => slotsIn(option.value)) : []),
  ]);
