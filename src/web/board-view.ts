/** The board page of a unit: made for a phone, whole without scripts, every number a way to how it came about. */
import { html } from 'hono/html';
import type { Temporal } from 'temporal-polyfill';
import { aroundOf, type BoardRow, rankedOf } from '../domain/board.ts';
import type { Calendar } from '../domain/calendar.ts';
import { type Lamp, lampRuleOf } from '../domain/lamp.ts';
import type { UnitId } from '../domain/organisation.ts';
import { pageSpans } from '../domain/page-spans.ts';
import { answerLamp, answerTerm, requestLabel } from '../domain/requests.ts';
import { inTenths, perMille, ratesOf, sumOf } from '../domain/score.ts';
import { settingsOf } from '../domain/settings.ts';
import type { Translate } from '../i18n.ts';
import type { Reply } from '../message.ts';
import { boardNotes } from '../wording/board.ts';
import { footer, rateName } from '../wording/figures.ts';
import { lampRuleWords } from '../wording/items.ts';
import { periodName } from '../wording/period.ts';
import type { PagePart, UnitPage } from '../wording/read-unit-page.ts';
import { shortDay } from '../wording/week.ts';
import { heatMap } from './board-heat.ts';
import { blocks, type Html, lampMark, layout, section, table } from './board-html.ts';
import { signed, type Ticket } from './board-ticket.ts';
import { dayWords, owed, reported, trendTable } from './board-words.ts';

export type Sight = {
  readonly ticket: Ticket;
  readonly secret: string;
  readonly calendar: Calendar;
  readonly now: Temporal.ZonedDateTime;
  readonly t: Translate;
};

export const boardView = (page: UnitPage, issue: Reply | null, sight: Sight): Html => {
  const { t, now } = sight;
  const title = t('board-page.title', { unit: page.unit.name });
  const at = t('board-page.at', { day: shortDay(page.today, t), time: now.toPlainTime().toString().slice(0, 5) });
  const parts = page.parts.length > 0;
  return layout(
    { title, depth: 0, hasCharts: true, t },
    html`<p class="muted">${at}</p>
${spans(page, sight)}
${page.left > 0 ? html`<p class="note">${t('board-page.left', { shown: page.parts.length, left: page.left })}</p>` : ''}
${parts ? html`${todaySection(page, sight)}${lampSection(page, sight)}` : html`<p>${t('board-page.nobody')}</p>`}
${parts ? section('heat', t('board-page.heat', { period: periodName(page.period, page.today, t) }), heatMap(page, sight, why(page, sight))) : ''}
${parts ? trendSection(page, sight) : ''}
${boardSection(page, sight)}
${section('lists', t('board-page.lists'), issue ? blocks(issue, t('board-page.lists')) : html`<p>${t('list.none-yet')}</p>`)}
${parts ? openSection(page, sight) : ''}
<footer><p>${footer(t, page.board.rule)}</p><p class="muted">${t('board-page.yours')}</p></footer>`,
  );
};

/** Where a number of a unit is explained. */
export const why =
  ({ unit }: UnitPage, { ticket, secret }: Sight) =>
  (below: UnitId, part: string, words: Html | string): Html =>
    html`<a href="${unit.id}/why/${below}?k=${signed(ticket, secret)}#${part}">${words}</a>`;

/** Other days, by the same link: for as long as this one is good. */
const spans = ({ unit }: UnitPage, { ticket, secret, t }: Sight): Html =>
  html`<nav aria-label="${t('board-page.spans')}">${pageSpans.map((span) =>
    span === ticket.span
      ? html`<a aria-current="page" href="#heat">${t('board-page.span', { span })}</a>`
      : html`<a href="${unit.id}?k=${signed({ ...ticket, span }, secret)}">${t('board-page.span', { span })}</a>`,
  )}</nav>`;

const todaySection = (page: UnitPage, sight: Sight): Html => {
  const { t } = sight;
  const all = sumOf(page.parts.map(({ today }) => today));
  const [done, whole] = [reported(all), owed(all)];
  const link = why(page, sight);
  const rows = page.parts.map(({ unit, today }) => [
    link(unit.id, 'today', unit.name),
    owed(today) === 0 ? t('board-page.none') : link(unit.id, 'today', `${reported(today)}/${owed(today)}`),
    today.leave === 0 ? '0' : link(unit.id, 'today', `${today.leave}`),
  ]);
  const columns = [{ title: t('board.unit') }, { title: t('board-page.reported'), isNumber: true }];
  const titles = [...columns, { title: t('board-page.on-leave'), isNumber: true }];
  return section(
    'today',
    t('board-page.today'),
    html`<details><summary><span class="big">${whole === 0 ? t('board-page.none') : `${done}/${whole}`}</span>
${whole === 0 ? '' : html`<span>${t('board-page.percent', { percent: inTenths(perMille({ part: done, whole })) })}</span>`}
<span class="more">${t('board-page.how')}</span></summary><p>${dayWords(all, t)}</p></details>
${whole === 0 ? '' : html`<progress max="${whole}" value="${done}">${done}/${whole}</progress>`}
${table(t('board-page.today'), titles, rows)}`,
  );
};

const lampsShown: readonly Lamp[] = ['red', 'yellow', 'blue', 'green', 'paused'];

const countOf = ({ open }: PagePart, lamp: Lamp): number => open.filter((mark) => mark.lamp === lamp).length;

const lampSection = (page: UnitPage, sight: Sight): Html => {
  const { t } = sight;
  const link = why(page, sight);
  const columns = lampsShown.map((lamp) => ({ title: t('board-page.lamp', { lamp }), isNumber: true }));
  const rows = page.parts
    .filter(({ open }) => open.length > 0)
    .map((part) => [
      link(part.unit.id, 'lamps', part.unit.name),
      ...lampsShown.map((lamp) => {
        const count = countOf(part, lamp);
        return count === 0 ? '0' : link(part.unit.id, 'lamps', `${count}`);
      }),
    ]);
  const rules = new Set(page.parts.map(({ unit }) => lampRuleWords(lampRuleOf(settingsOf(unit)), t)));
  const totals = lampsShown.map((lamp) => {
    const count = page.parts.reduce((sum, part) => sum + countOf(part, lamp), 0);
    return html`<li>${lampMark(lamp, t)} <b>${count}</b></li>`;
  });
  return section(
    'lamps',
    t('board-page.lamps'),
    html`<details><summary><ul class="lamps">${totals}</ul><span class="more">${t('board-page.how')}</span></summary>
${[...rules].map((rule) => html`<p>${rule}</p>`)}</details>
${rows.length === 0 ? html`<p>${t('board-page.nothing-open')}</p>` : table(t('board-page.lamps'), [{ title: t('board.unit') }, ...columns], rows)}`,
  );
};

const trendSection = (page: UnitPage, { t }: Sight): Html => {
  const weeks = page.weeks.map((week, i) => ({
    week,
    figures: sumOf(page.parts.flatMap((part) => part.weeks[i] ?? [])),
  }));
  return section('trend', t('board-page.trend'), trendTable(weeks, t));
};

const boardSection = (page: UnitPage, sight: Sight): Html => {
  const { t } = sight;
  const { board, unit, period, today } = page;
  const isOwn = board.rows.some(({ figures }) => figures.unit === unit.id);
  const ranked = isOwn ? aroundOf(board.rows, unit.id, board.rule) : rankedOf(board.rows);
  const unranked = board.rows.filter(({ rank, figures }) => rank === null && (!isOwn || figures.unit === unit.id));
  const link = why(page, sight);
  const row = ({ figures, rank, score }: BoardRow): (Html | string)[] => [
    rank === null ? t('board-page.none') : `${rank}`,
    figures.unit === unit.id ? html`<b>${figures.name}</b>` : figures.name,
    link(figures.unit, 'score', score === null ? t('board.too-few') : inTenths(score)),
    link(figures.unit, 'score', rateCell(figures, 'onTimeReport', t)),
    link(figures.unit, 'score', rateCell(figures, 'cleared', t)),
  ];
  const columns = [
    { title: t('board.rank'), isNumber: true },
    { title: t('board.unit') },
    { title: t('board.score'), isNumber: true },
    { title: rateName('onTimeReport', t), isNumber: true },
    { title: rateName('cleared', t), isNumber: true },
  ];
  const title = t('board-page.board', { period: periodName(period, today, t) });
  const notes = boardNotes(board, sight.calendar, t).map((note) => html`<p class="muted">${note}</p>`);
  return section('board', title, html`${table(title, columns, [...ranked, ...unranked].map(row))}${notes}`);
};

const rateCell = (figures: BoardRow['figures'], name: 'onTimeReport' | 'cleared', t: Translate): string => {
  const rate = ratesOf(figures)[name];
  return rate ? t('board-page.percent', { percent: inTenths(perMille(rate)) }) : t('rate.none');
};

/** By number and lamp: what people wrote stays in the chat, where the command opens it. */
const openSection = (page: UnitPage, sight: Sight): Html => {
  const { t, calendar, now } = sight;
  const minute = now.hour * 60 + now.minute;
  const asked = page.parts.flatMap((part) => part.asked);
  const requests = asked.map(({ number, day, unit }) => {
    const term = answerTerm(day, settingsOf(unit).answerWorkdays, calendar);
    const { lamp } = answerLamp(term, { day: page.today, minute }, calendar);
    const label = requestLabel(number);
    return html`<li><b>${label}</b> ${lampMark(lamp, t)} ${t('board-page.request', { unit: unit.name, due: shortDay(term.due, t), hour: term.hour })} <code>${t('board-page.show', { what: label })}</code></li>`;
  });
  const link = why(page, sight);
  const units = page.parts
    .filter(({ open }) => open.length > 0)
    .map(
      ({ unit, open }) =>
        html`<li>${link(unit.id, 'lamps', t('board-page.items', { unit: unit.name, count: open.length }))} <code>${t('board-page.show', { what: unit.name })}</code></li>`,
    );
  const isEmpty = requests.length + units.length === 0;
  return section(
    'open',
    t('board-page.open'),
    isEmpty
      ? html`<p>${t('board-page.nothing-open')}</p>`
      : html`<p class="muted">${t('board-page.open-hint')}</p><ul class="plain">${requests}${units}</ul>`,
  );
};
