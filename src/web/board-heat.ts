/** How much of what was owed came in, unit by unit and week by week; of one unit alone, day by day. */
import { html } from 'hono/html';
import { compareDays } from '../domain/calendar.ts';
import type { UnitId } from '../domain/organisation.ts';
import { perMille } from '../domain/score.ts';
import type { Translate } from '../i18n.ts';
import { type Cell, type UnitPage, weeksIn } from '../wording/read-unit-page.ts';
import { shortDay } from '../wording/week.ts';
import { type Html, table } from './board-html.ts';
import { dayWords, reported } from './board-words.ts';

type Link = (unit: UnitId, part: string, words: Html | string) => Html;

export const heatMap = (page: UnitPage, { t }: { readonly t: Translate }, link: Link): Html => {
  const caption = t('board-page.heat-caption');
  const [only] = page.parts;
  const body =
    only && page.parts.length === 1 ? monthOf(page, only.days, caption, t, link) : unitsOf(page, caption, t, link);
  const legend = (['l4', 'l3', 'l2', 'l1', 'l0'] as const).map(
    (level) => html`<li><span class="swatch ${level}"></span>${t('board-page.level', { level })}</li>`,
  );
  return html`<div class="heat">${body}</div><ul class="legend">${legend}</ul>`;
};

const unitsOf = (page: UnitPage, caption: string, t: Translate, link: Link): Html => {
  const first = page.parts[0]?.cells ?? [];
  const isWeek = page.period.kind === 'week';
  const columns = first.map(({ span }) => ({
    title: isWeek ? t('weekday.name', { weekday: span.from.dayOfWeek }) : t('board-page.day-from', day(span)),
    isNumber: true,
  }));
  const rows = page.parts.map(({ unit, cells }) => [
    link(unit.id, 'days', unit.name),
    ...cells.map((cell) =>
      square(cell, page, t, (words) => link(unit.id, isWeek ? `d${cell.span.from}` : 'days', words)),
    ),
  ]);
  return table(caption, [{ title: t('board.unit') }, ...columns], rows);
};

/** A calendar: a row a week. */
const monthOf = (page: UnitPage, days: readonly Cell[], caption: string, t: Translate, link: Link): Html => {
  const weekdays = [1, 2, 3, 4, 5, 6, 7] as const;
  const unit = page.parts[0]?.unit.id ?? page.unit.id;
  const begun = weeksIn(page.period).filter(({ from }) => compareDays(from, page.today) <= 0);
  const rows = begun.map((week) => [
    t('board-page.day-from', day(week)),
    ...weekdays.map((weekday) => {
      const cell = days.find(
        ({ span: { from } }) =>
          from.dayOfWeek === weekday && compareDays(week.from, from) <= 0 && compareDays(from, week.to) <= 0,
      );
      return cell ? square(cell, page, t, (words) => link(unit, `d${cell.span.from}`, words)) : '';
    }),
  ]);
  const titles = weekdays.map((weekday) => ({ title: t('weekday.name', { weekday }), isNumber: true }));
  return table(caption, [{ title: t('board-page.week') }, ...titles], rows);
};

const day = ({ from }: Cell['span']) => ({ month: from.month, day: from.day });

/** In parts of a thousand: from here on it is as dark. */
const levels = [
  ['l4', 1000],
  ['l3', 900],
  ['l2', 750],
  ['l1', 500],
  ['l0', 0],
] as const;

const square = ({ span, figures }: Cell, { today }: UnitPage, t: Translate, link: (words: Html) => Html): Html => {
  const days = span.from.equals(span.to) ? shortDay(span.from, t) : `${shortDay(span.from, t)}—${shortDay(span.to, t)}`;
  if (figures.expected === 0) {
    const why = compareDays(span.from, today) > 0 ? 'toCome' : figures.pending > 0 ? 'pending' : 'not-asked';
    const words = t('board-page.no-cell', { days, why });
    return html`<span class="square" title="${words}"><span aria-hidden="true">·</span><span class="unseen">${words}</span></span>`;
  }
  const part = perMille({ part: reported(figures), whole: figures.expected });
  const level = levels.find(([, least]) => part >= least)?.[0] ?? 'l0';
  const words = t('board-page.cell', { days, said: dayWords(figures, t) });
  return link(
    html`<span class="square ${level}" title="${words}">${Math.floor(part / 10)}<span class="unseen">%</span></span>`,
  );
};
