import IntlMessageFormat from 'intl-messageformat';
import { expect, test } from 'vitest';
import en from '../locales/en.json' with { type: 'json' };
import zhCN from '../locales/zh-CN.json' with { type: 'json' };
import { isMessageKey, translator } from '../src/i18n.ts';

const filed = { day: '11月23日（周一）', onTime: 'yes', done: 2, open: 0, plan: 0, added: 0 };

test('a sentence says the values it is given, each time anew', () => {
  const t = translator('zh-CN');
  const told = [0, 1, 2, 1, 0].map((open) => t('daily.filed', { ...filed, open }));
  expect(told).toEqual([0, 1, 2, 1, 0].map((open) => `11月23日（周一）按时：已记 2 项，未清 ${open} 项。`));
});

test('values that would read the same in a row are told apart', () => {
  const t = translator('zh-CN');
  expect(t('daily.filed', { ...filed, done: 1, open: 11 })).toContain('已记 1 项，未清 11 项');
  expect(t('daily.filed', { ...filed, done: 11, open: 1 })).toContain('已记 11 项，未清 1 项');
  expect(t('daily.filed', { ...filed, open: 11, done: 1 })).toContain('已记 1 项，未清 11 项');
});

test('what people wrote is never read as a pattern', () => {
  const t = translator('zh-CN');
  expect(t('daily.item.done', { text: '{count, plural, other {#}}' })).toBe('完成：{count, plural, other {#}}');
  expect(t('daily.filed', { ...filed, day: '","onTime":"no' })).toMatch(/^","onTime":"no按时/);
});

test('ten thousand different sentences are still said right', () => {
  const t = translator('en');
  for (let n = 0; n < 10_000; n += 1) expect(t('daily.repeated', { count: n })).toContain(n.toLocaleString('en'));
});

test.each([
  ['zh-CN', zhCN],
  ['en', en],
] as const)('every message of %s is said as ICU says it', (locale, messages) => {
  const t = translator(locale);
  for (const [key, message] of Object.entries(messages)) {
    const names = [...message.matchAll(/\{(\w+)/g)].map(([, name]) => [name ?? '', name === 'text' ? "{it's}" : 2]);
    const values = Object.fromEntries(names);
    const format = new IntlMessageFormat(message, locale, undefined, { ignoreTag: true });
    if (isMessageKey(key)) expect(t(key, values)).toBe(format.format(values));
  }
});

test('a value that is missing is a defect, never a gap in a sentence', () => {
  const t = translator('zh-CN');
  expect(() => t('daily.item.done')).toThrow();
  expect(() => t('daily.filed')).toThrow();
});
