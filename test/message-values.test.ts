import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import IntlMessageFormat from 'intl-messageformat';
import type { Expression, Node, SourceFile } from 'typescript/unstable/ast';
import {
  isCallExpression,
  isNewExpression,
  isObjectLiteralExpression,
  isSpreadAssignment,
} from 'typescript/unstable/ast/is';
import { API, type Checker, SymbolFlags } from 'typescript/unstable/sync';
import { expect, test } from 'vitest';

/**
 * A message said without a value that it needs is an internal error in somebody’s chat. To the compiler its values are
 * any record, so what each call really gives is asked of the compiler’s own checker here.
 */

const root = join(import.meta.dirname, '..');
const messages: Record<string, string> = JSON.parse(readFileSync(join(root, 'locales/zh-CN.json'), 'utf8'));

type Sentences = {
  readonly prefix: string;
  /** Rules that have another sentence. */
  readonly other?: Readonly<Record<string, string>>;
  readonly beside?: readonly string[];
};

/** Which sentence a no of the domain becomes, by the file that says it, and the values that are put beside its own. */
const refusals: Record<string, Sentences> = {
  'src/domain/appointing.ts': { prefix: 'appoint.' },
  'src/domain/approving.ts': { prefix: 'settings.' },
  'src/domain/binding.ts': { prefix: 'bind.' },
  'src/domain/campaign.ts': { prefix: 'campaign.' },
  'src/domain/checking-in.ts': { prefix: 'checkin.' },
  'src/domain/claiming.ts': { prefix: 'claim.' },
  'src/domain/departing.ts': { prefix: 'roster.', other: { 'not-yours': 'roster.not-yours-to-change' } },
  'src/domain/duty.ts': { prefix: 'duty.' },
  'src/domain/emergency.ts': { prefix: 'emergency.' },
  'src/domain/leave-end.ts': { prefix: 'back.' },
  'src/domain/leave-request.ts': { prefix: 'leave.' },
  'src/domain/leaving.ts': { prefix: 'leave.' },
  'src/domain/list-rules.ts': {
    prefix: 'list.no.',
    beside: ['label', 'state', 'noticeOn', 'fileBy', 'decideBy', 'publishOn'],
  },
  'src/domain/merging.ts': { prefix: 'roster.merge-', other: { 'not-merged': 'roster.not-merged' } },
  'src/domain/placing.ts': { prefix: 'bind.' },
  'src/domain/reminding.ts': { prefix: 'remind.' },
  'src/domain/roster-columns.ts': { prefix: 'import.' },
  'src/domain/roster-rows.ts': { prefix: 'import.' },
  'src/domain/setting-change.ts': { prefix: 'settings.', beside: ['nearest'] },
  'src/domain/setting-conflicts.ts': { prefix: 'settings.' },
  'src/domain/sheet-change.ts': { prefix: 'indicator.' },
};

type Said = {
  readonly where: string;
  /** Each message that it may be; null where only the running program knows. */
  readonly keys: readonly string[] | null;
  /** What it certainly gives; null for a record of anything. */
  readonly given: readonly string[] | null;
  /** What the call itself spells out. */
  readonly written: readonly string[];
};

const slotsIn = (parts: ReturnType<IntlMessageFormat['getAst']>): string[] =>
  parts.flatMap((part) => [
    ...(part.type === 0 || part.type === 7 ? [] : [part.value]), // 0: plain text, 7: the # in a plural
    ...('options' in part ? Object.values(part.options).flatMap((option) => slotsIn(option.value)) : []),
  ]);

const slotsOf = (key: string): readonly string[] => [
  ...new Set(slotsIn(new IntlMessageFormat(messages[key] ?? '', 'en', undefined, { ignoreTag: true }).getAst())),
];

/** What is handed to `t`, to UserError and to the domain’s own `refuse`. */
const argumentsOf = (
  node: Node,
  file: SourceFile,
): { said: 'message' | 'refusal'; with: readonly Expression[] } | null => {
  if (isCallExpression(node)) {
    const callee = node.expression.getText(file);
    if (/(?:^|\.)t$/u.test(callee)) return { said: 'message', with: [...node.arguments] };
    if (/^(?:refuse|no)$/u.test(callee)) return { said: 'refusal', with: [...node.arguments] };
  }
  if (isNewExpression(node) && node.expression.getText(file) === 'UserError') {
    return { said: 'message', with: [...(node.arguments ?? [])] };
  }
  return null;
};

const literalsOf = (node: Expression, checker: Checker): readonly string[] | null => {
  const type = checker.getTypeAtLocation(node);
  const all = type?.isUnionType() ? type.getTypes() : type ? [type] : [];
  const literals = all.flatMap((one) => (one.isStringLiteralType() ? [one.value] : []));
  // Of any key at all, nothing can be said.
  const isAny = all.length === 0 || literals.length < all.length || literals.length === Object.keys(messages).length;
  return isAny ? null : literals;
};

const givenBy = (node: Expression | undefined, checker: Checker): readonly string[] | null => {
  if (!node) return [];
  const spread = isObjectLiteralExpression(node) ? [...node.properties].filter(isSpreadAssignment) : [];
  if (spread.some(({ expression }) => givenBy(expression, checker) === null)) return null;
  const type = checker.getTypeAtLocation(node);
  const all = type?.isUnionType() ? type.getTypes() : type ? [type] : [];
  if (all.some((one) => checker.getIndexInfosOfType(one).length > 0)) return null;
  const [first = [], ...others] = all.map((one) =>
    checker
      .getPropertiesOfType(one)
      .filter(({ flags }) => !(flags & SymbolFlags.Optional))
      .map(({ name }) => String(name)),
  );
  return first.filter((name) => others.every((names) => names.includes(name)));
};

const writtenIn = (node: Expression | undefined, file: SourceFile): readonly string[] =>
  node && isObjectLiteralExpression(node)
    ? [...node.properties].flatMap((one) => ('name' in one && one.name ? [one.name.getText(file)] : []))
    : [];

const collect = (): { readonly messages: readonly Said[]; readonly refusals: readonly Said[] } => {
  const api = new API({ cwd: root });
  const [project] = api.updateSnapshot({ openProjects: [join(root, 'tsconfig.json')] }).getProjects();
  const found: Record<'message' | 'refusal', Said[]> = { message: [], refusal: [] };
  for (const name of project?.program.getSourceFileNames() ?? []) {
    const path = relative(root, name);
    const file = /^(?:src|commands|jobs|scripts)\//u.test(path) ? project?.program.getSourceFile(name) : undefined;
    if (!project || !file) continue;
    const visit = (node: Node): void => {
      const call = argumentsOf(node, file);
      const [key, values] = call?.with ?? [];
      // What a no gives is seen where it is said.
      if (call && key && !/\.refused\}/u.test(key.getText(file))) {
        found[call.said].push({
          where: `${path}: ${node.getText(file).replace(/\s+/gu, ' ').slice(0, 80)}`,
          keys: literalsOf(key, project.checker),
          given: givenBy(values, project.checker),
          written: writtenIn(values, file),
        });
      }
      node.forEachChild(visit);
    };
    visit(file);
  }
  api.close();
  return { messages: found.message, refusals: found.refusal };
};
const said = collect();

test('nothing is said without a value that it needs', () => {
  const lacking = said.messages.flatMap(({ where, keys, given }) =>
    (keys ?? []).flatMap((key) => {
      const missing = slotsOf(key).filter((slot) => given && !given.includes(slot));
      return missing.length > 0 ? [`${key} needs ${missing.join(', ')} in ${where}`] : [];
    }),
  );
  expect(lacking).toEqual([]);
});

test('no value is handed over that no sentence says', () => {
  const idle = said.messages.flatMap(({ where, keys, written }) => {
    const slots = keys?.flatMap(slotsOf);
    const spare = written.filter((name) => slots && !slots.includes(name));
    return spare.length > 0 ? [`${spare.join(', ')} in ${where}`] : [];
  });
  expect(idle).toEqual([]);
});

test('every no of the domain has a sentence, and the values that it needs', () => {
  const lacking = said.refusals.flatMap(({ where, keys, given }) => {
    const known = refusals[where.slice(0, where.indexOf(':'))];
    const { prefix = '', other = {}, beside = [] } = known ?? {};
    return (keys ?? []).flatMap((rule) => {
      // Of a file that is not among them, one sentence that ends like that has to do.
      const all = known
        ? [other[rule] ?? `${prefix}${rule}`]
        : Object.keys(messages).filter((key) => key.endsWith(`.${rule}`));
      const needs = all.map((key) => slotsOf(key).filter((slot) => given && ![...given, ...beside].includes(slot)));
      if (!all.some((key) => key in messages)) return [`no sentence ${all[0] ?? rule} for ${where}`];
      const isMet = needs.some((missing) => missing.length === 0);
      return isMet ? [] : [`${all[0]} needs ${needs[0]?.join(', ')} in ${where}`];
    });
  });
  expect(lacking).toEqual([]);
});

test('almost every message is known by its key', () => {
  expect(said.messages.length).toBeGreaterThan(1000);
  expect(said.messages.filter(({ keys }) => keys === null).length).toBeLessThan(30);
  expect(said.refusals.length).toBeGreaterThan(90);
});
