import { z } from 'zod';
import { defineCommand, MOST_TYPED } from '../../src/command.ts';
import { tables } from '../../src/domain/compliance.ts';
import { ruleNamed } from '../../src/domain/compliance-rules.ts';
import { cleanName, echoed } from '../../src/domain/names.ts';
import { ownSheet } from '../../src/domain/sheet.ts';
import { plain } from '../../src/domain/spoken.ts';
import { UserError } from '../../src/errors.ts';
import { checkReply, ruleReply } from '../../src/wording/compliance.ts';

/** What asks for the whole check, as no word at all does. */
const WHOLE = new Set(['', '自检', '检查', 'check', 'all']);

/** `/合规` judges every rule that the product can break, `/合规 C03` explains one: its source and what decides it. */
export const compliance = defineCommand({
  name: '合规',
  aliases: ['compliance'],
  help: { line: 'help.compliance', examples: 'help.compliance.examples' },
  args: z.string().max(MOST_TYPED, 'command.too-long').transform(cleanName),

  async run(typed, { directory, indicators, commands, now, today, t }) {
    const rule = ruleNamed(typed);
    if (!rule && !WHOLE.has(plain(typed))) throw new UserError('compliance.unknown', { word: echoed(typed) });
    const [units, officers, sheets] = await Promise.all([directory.units(), directory.officers(), indicators.sheets()]);
    const month = today.toPlainYearMonth().toString();
    const nameless = new Set<string>();
    for await (const some of directory.people()) {
      for (const { id, name, unit } of some) if (unit !== null && name === null) nameless.add(id);
    }
    const coordinators = officers.flatMap(({ roles }) => roles.filter(({ role }) => role === 'coordinator'));
    const evidence = {
      ...tables,
      units,
      coordinated: new Set(coordinators.flatMap(({ unit }) => unit ?? [])),
      nameless: nameless.size,
      indicators: units.flatMap(({ id }) => ownSheet(sheets, id, month)?.items ?? []),
      commands: commands.map(({ name }) => name),
      now: now.epochMilliseconds,
    };
    return { privately: rule ? ruleReply(rule, evidence, t) : checkReply(evidence, t) };
  },
});
