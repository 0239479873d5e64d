/** The self-check in words: on a phone, what is broken first. */
import { type Evidence, type Finding, judge, selfCheck, type Verdict } from '../domain/compliance.ts';
import { type RuleNumber, sources } from '../domain/compliance-rules.ts';
import { unitLabel } from '../domain/organisation.ts';
import { settingsOf } from '../domain/settings.ts';
import type { Translate } from '../i18n.ts';
import { type Block, list, type Reply, text } from '../message.ts';
import { exceptionLines } from './exceptions.ts';
import { settingValue } from './settings.ts';

/** Units named in one line; of more the rest is counted by the dots. */
const MOST_NAMED = 4;
const MOST_BUTTONS = 3;

export const checkReply = (evidence: Evidence, t: Translate): Reply => {
  const findings = selfCheck(evidence);
  const of = (verdict: Verdict) => findings.filter((finding) => finding.verdict === verdict);
  const names = (verdict: Verdict) => of(verdict).map(({ rule }) => `${rule} ${t(`compliance.name.${rule}`)}`);
  const [fail, excepted, pass, later] = [of('fail'), of('excepted'), of('pass'), names('later')];
  const lines = [...fail, ...excepted].map((finding) => ({
    tone: finding.verdict === 'fail' ? ('warning' as const) : ('quiet' as const),
    text: t(finding.verdict === 'fail' ? 'compliance.fail' : 'compliance.excepted', {
      rule: finding.rule,
      name: t(`compliance.name.${finding.rule}`),
      says: saying(finding, evidence, t),
    }),
  }));
  const counts = { units: evidence.units.length, fail: fail.length, excepted: excepted.length, pass: pass.length };
  return [
    ...text(t('compliance.title', counts)),
    ...(lines.length > 0 ? list(lines) : []),
    ...text(t('compliance.passed', { rules: pass.map(({ rule }) => rule).join(t('list.and')) })),
    ...(later.length > 0 ? text(t('compliance.later', { rules: later.join(t('list.and')) })) : []),
    ...text(t('compliance.hint')),
    ...buttons([...fail, ...excepted], t),
  ];
};

/** One rule: what it says and where, what the bot does, how it stands, what would break it. */
export const ruleReply = (rule: RuleNumber, evidence: Evidence, t: Translate): Reply => {
  const finding = judge(rule, evidence);
  const { verdict, decides } = finding;
  const says = verdict === 'fail' || verdict === 'excepted' ? saying(finding, evidence, t) : '';
  const tops = evidence.units.filter(({ parent }) => parent === null);
  const value = decides ? settingValue(decides, settingsOf(finding.units[0] ?? tops[0] ?? { settings: {} }), t) : '';
  return [
    ...text(`${rule} ${t(`compliance.name.${rule}`)}`),
    ...list([
      t('compliance.text', { text: t(`compliance.rule.${rule}`) }),
      t('compliance.from', {
        papers: sources[rule].map((paper) => t(`compliance.paper.${paper}`)).join(t('list.and')),
      }),
      t('compliance.state', { verdict, says }),
      t('compliance.does', { text: t(`compliance.does.${rule}`) }),
      decides ? t('compliance.decided', { name: t(`settings.name.${decides}`), value }) : t('compliance.built-in'),
      t('compliance.breaks', { text: t(`compliance.breaks.${rule}`) }),
    ]),
    ...text(t('compliance.customer')),
  ];
};

const saying = (finding: Finding, evidence: Evidence, t: Translate): string => {
  const { rule, units, beside, values, verdict } = finding;
  const labels = units.slice(0, MOST_NAMED).map((unit) => unitLabel(evidence.units, unit));
  const more = units.length > MOST_NAMED ? '…' : '';
  const named = { units: labels.join(t('list.and')) + more, unit: labels[0] ?? '' };
  if (rule === 'C13') return t('compliance.says.level', { reason: '', ...values, ...named });
  if (rule === 'C15') return t(verdict === 'fail' ? 'compliance.says.quiet' : 'compliance.says.emergency', named);
  if (rule === 'C16') return t('compliance.says.cadence', named);
  if (rule === 'C17') return t('compliance.says.owner', { ownerless: 0, nameless: 0, ...values, ...named });
  if (beside.length === 0) return t(`compliance.breaks.${rule}`);
  if (verdict === 'fail') {
    return beside
      .map((name) => t('compliance.says.unapproved', { ...named, name: t(`settings.name.${name}`) }))
      .join(t('list.semicolon'));
  }
  return exceptionLines(evidence.units, { now: evidence.now, only: beside }, t).join(t('list.semicolon'));
};

const buttons = (findings: readonly Finding[], t: Translate): Block[] =>
  findings.length === 0
    ? []
    : [
        {
          kind: 'buttons',
          buttons: findings
            .slice(0, MOST_BUTTONS)
            .map(({ rule }) => ({ text: rule, command: t('compliance.command', { rule }) })),
          stays: true,
        },
      ];
