/** How the numbers of one unit on a board page came about, in the words of /为什么. */
import { html } from 'hono/html';
import { compareDays, type Day } from '../domain/calendar.ts';
import { lampRuleOf } from '../domain/lamp.ts';
import type { Unit } from '../domain/organisation.ts';
import type { Period } from '../domain/period.ts';
import { settingsOf } from '../domain/settings.ts';
import type { Week } from '../domain/weeks.ts';
import type { Translate } from '../i18n.ts';
import { dayName } from '../wording/day.ts';
import { footer } from '../wording/figures.ts';
import { lampRuleWords } from '../wording/items.ts';
import { periodName } from '../wording/period.ts';
import type { Board } from '../wording/read-board.ts';
import type { PagePart } from '../wording/read-unit-page.ts';
import { shortDay } from '../wording/week.ts';
import { unitExplained } from '../wording/why-unit.ts';
import { blocks, type Html, lampMark, layout, section, table } from './board-html.ts';
import { signed } from './board-ticket.ts';
import type { Sight } from './board-view.ts';
import { dayWords, missing, trendTable } from './board-words.ts';

type Explained = {
  readonly unit: Unit;
  readonly board: Board;
  /** Null for a sister on the same board: only its place is explained. */
  readonly part: PagePart | null;
  readonly period: Period;
  readonly weeks: readonly Week[];
  readonly today: Day;
};

export const whyView = ({ unit, board, part, period, weeks, today }: Explained, sight: Sight): Html => {
  const { ticket, secret, calendar, t } = sight;
  const name = part?.unit.name ?? board.rows.find(({ figures }) => figures.unit === unit.id)?.figures.name ?? unit.name;
  const title = t('board-page.why', { unit: name, period: periodName(period, today, t) });
  const said = unitExplained(unit, board, { today, calendar, t });
  const own = { ...ticket, unit: unit.id };
  return layout(
    { title, depth: 2, hasCharts: true, t },
    html`<nav aria-label="${t('board-page.ways')}"><a href="../../${ticket.unit}?k=${signed(ticket, secret)}">${t('board-page.back')}</a>${
      part && unit.id !== ticket.unit
        ? html`<a href="../../${unit.id}?k=${signed(own, secret)}">${t('board-page.of', { unit: name })}</a>`
        : ''
    }</nav>
${said.length > 0 ? section('score', t('board.score'), blocks(said, title)) : ''}
${part ? html`${todayOf(part, today, sight)}${days(part, today, sight)}${lamps(part, sight)}` : ''}
${
  part
    ? section(
        'trend',
        t('board-page.trend'),
        trendTable(
          weeks.flatMap((week, i) => (part.weeks[i] ? [{ week, figures: part.weeks[i] }] : [])),
          t,
        ),
      )
    : ''
}
<footer><p>${footer(t, board.rule)}</p></footer>`,
  );
};

const todayOf = ({ today, members }: PagePart, day: Day, { t }: Sight): Html =>
  section(
    'today',
    t('board-page.today'),
    html`<p>${dayName(day, day, t)} · ${t('board-page.members', { count: members })}</p><p>${dayWords(today, t)}</p>`,
  );

const days = (part: PagePart, today: Day, { t }: Sight): Html => {
  const asked = part.days.filter(
    ({ span, figures: { expected, pending, leave, provisional } }) =>
      compareDays(span.from, today) <= 0 && expected + pending + leave + provisional > 0,
  );
  const rows = asked.map(({ span, figures }) => {
    const { expected, onTime, late, leave, pending } = figures;
    const name = html`<span id="d${span.from}">${dayShort(span.from, t)}</span>`;
    return [name, `${expected}`, `${onTime}`, `${late}`, `${missing(figures)}`, `${leave}`, `${pending}`];
  });
  const counts = ['expected', 'onTime', 'late', 'missing', 'leave', 'pending'] as const;
  const columns = counts.map((count) => ({ title: t('board-page.count', { count }), isNumber: true }));
  const title = t('board-page.days');
  return section(
    'days',
    title,
    rows.length === 0
      ? html`<p>${t('board-page.no-days')}</p>`
      : html`<p class="muted">${t('board-page.days-hint')}</p>${table(title, [{ title: t('board-page.date') }, ...columns], rows)}`,
  );
};

/** Narrow enough for seven columns on a phone. */
const dayShort = ({ month, day, dayOfWeek }: Day, t: Translate): string =>
  `${t('board-page.day-from', { month, day })} ${t('weekday.name', { weekday: dayOfWeek })}`;

const lamps = ({ unit, open }: PagePart, { t }: Sight): Html => {
  const columns = [
    { title: t('board-page.lamp-title') },
    { title: t('board-page.age'), isNumber: true },
    { title: t('board-page.due'), isNumber: true },
    { title: t('board-page.over'), isNumber: true },
  ];
  const rows = open.map(({ lamp, age, due, over }) => [lampMark(lamp, t), `${age}`, shortDay(due, t), `${over}`]);
  return section(
    'lamps',
    t('board-page.lamps'),
    html`<p>${lampRuleWords(lampRuleOf(settingsOf(unit)), t)}</p>
${rows.length === 0 ? html`<p>${t('board-page.nothing-open')}</p>` : html`<p>${t('board-page.open-hint')} <code>${t('board-page.show', { what: unit.name })}</code></p>${table(t('board-page.lamps'), columns, rows)}`}`,
  );
};
