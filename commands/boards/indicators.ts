import { z } from 'zod';
import { defineCommand, MOST_TYPED } from '../../src/command.ts';
import { readIndicators } from '../../src/domain/indicator-text.ts';
import { defineIndicator, retarget, stopMeasuring, weighIndicators } from '../../src/wording/indicator-sheets.ts';
import { judgeValue, reportValue } from '../../src/wording/indicator-values.ts';
import { showIndicators } from '../../src/wording/indicator-view.ts';

/**
 * `/指标` shows what a unit is measured by beside its base: `新建`, `权重`, `目标` and `停` shape it, `报` brings a value with
 * its source, `核` and `退回` are for a second person.
 */
export const indicators = defineCommand({
  name: '指标',
  aliases: ['zb', 'indicators'],
  help: { line: 'help.indicators', examples: 'help.indicators.examples' },
  args: z.string().max(MOST_TYPED, 'command.too-long'),

  async run(typed, context) {
    const said = readIndicators(typed);
    // Half a command shows what it could be about.
    if (said.head === '' && Object.keys(said.fields).length === 0) return showIndicators(said, context);
    switch (said.verb) {
      case 'list':
        return showIndicators(said, context);
      case 'define':
        return defineIndicator(said, context);
      case 'weights':
        return weighIndicators(said, context);
      case 'target':
        return retarget(said, context);
      case 'stop':
        return stopMeasuring(said, context);
      case 'report':
        return reportValue(said, context);
      case 'verify':
        return judgeValue(said, true, context);
      case 'return':
        return judgeValue(said, false, context);
    }
  },
});
