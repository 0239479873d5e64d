import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
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

/** Keys that the code puts together: what follows one of these stands in the code as a word of its own. */
const composed = [
  ...[
    'appoint.',
    'appoint.role.',
    'back.',
    'bind.',
    'campaign.',
    'checkin.',
    'claim.',
    'config.',
    'daily.',
    'daily.item.',
    'duty.',
    'sensitive.',
    'emergency.',
    'export.col.',
    'indicator.',
    'indicator.choose-',
    'indicator.forbidden-',
    'item.kind.',
    'late.',
    'leave.',
    'list.no.',
    'outbox.code.',
  ],
  ...['import.', 'import.fault.', 'page.guide.', 'playground.job.', 'role.', 'roster.', 'roster.merge-', 'undo.'],
  ...['compliance.name.', 'compliance.rule.', 'compliance.does.', 'compliance.breaks.', 'compliance.paper.'],
  ...['settings.', 'settings.name.', 'settings.said.', 'settings.range-', 'settings.value.', 'settings.within.'],
];
/** What stands behind such a word. */
const ENDINGS = /-note$|\.expected$/;

test('every message is said somewhere', () => {
  const root = join(import.meta.dirname, '..');
  const code = ['src', 'commands', 'jobs', 'scripts']
    .flatMap((top) =>
      readdirSync(join(root, top), { recursive: true, encoding: 'utf8' }).map((name) => join(top, name)),
    )
    .filter((path) => /\.(ts|js|mjs|html)$/.test(path))
    .map((path) => readFileSync(join(root, path), 'utf8'))
    .join('\n');
  const words = new Set(
    [...code.matchAll(/(['"`])([\w.-]+)\1|^ {2}(\w+):|\{\{([\w.-]+)\}\}/gm)].map((m) => m[2] ?? m[3] ?? m[4]),
  );
  const isSaid = (key: string) =>
    words.has(key) ||
    composed.some((beginning) => {
      return key.startsWith(beginning) && words.has(key.slice(beginning.length).replace(ENDINGS, ''));
    });
  expect(Object.keys(zhCN).filter((key) => !isSaid(key))).toEqual([]);
});

const slotsOf = (message: string) =>
  [...new Set(slotsIn(new IntlMessageFormat(message, 'en', undefined, { ignoreTag: true }).getAst()))].sort();

const slotsIn = (parts: ReturnType<IntlMessageFormat['getAst']>): string[] =>
  parts.flatMap((part) => [
    ...(part.type === 0 || part.type === 7 ? [] : [part.value]), // 0: plain text, 7: the # in a plural
    ...('options' in part ? Object.values(part.options).flatMap((option) => slotsIn(option.value)) : []),
  ]);
