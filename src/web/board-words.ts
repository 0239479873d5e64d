/** Figures in the words and tables that both of the board's pages have. */
import { html } from 'hono/html';
import { type Figures, perMille, ratesOf } from '../domain/score.ts';
import type { Week } from '../domain/weeks.ts';
import type { Translate } from '../i18n.ts';
import { rateName, rateWords } from '../wording/figures.ts';
import { shortDay } from '../wording/week.ts';
import { type Html, table } from './board-html.ts';

/** Reports that have come, on time or late. */
export const reported = ({ onTime, late }: Figures): number => onTime + late;

/** Reports that have come or are still to come. */
export const owed = ({ expected, pending }: Figures): number => expected + pending;

export const missing = ({ expected, onTime, late }: Figures): number => expected - onTime - late;

/** `应报 15：按时 10，补报 1，未报 2，还没到截止 2；请假 1` */
export const dayWords = (figures: Figures, t: Translate): string => {
  const { onTime, late, pending, leave, provisional } = figures;
  return t('board-page.day', {
    owed: owed(figures),
    onTime,
    late,
    missing: missing(figures),
    pending,
    leave,
    provisional,
  });
};

const weekDays = ({ from, to }: Week, t: Translate): string =>
  t('board-page.week-days', { fromMonth: from.month, fromDay: from.day, toMonth: to.month, toDay: to.day });

type WeekFigures = { readonly week: Week; readonly figures: Figures };

/** Both rates week by week; charts.js draws it from the numbers in it. */
export const trendTable = (weeks: readonly WeekFigures[], t: Translate): Html => {
  const cell = (figures: Figures, name: 'onTimeReport' | 'cleared') => {
    const rate = ratesOf(figures)[name];
    return html`<data value="${rate ? perMille(rate) / 10 : ''}">${rateWords(rate, t)}</data>`;
  };
  const rows = weeks.map(({ week, figures }) => [
    html`<span data-short="${shortDay(week.from, t)}">${weekDays(week, t)}</span>`,
    cell(figures, 'onTimeReport'),
    cell(figures, 'cleared'),
  ]);
  const columns = [
    { title: t('board-page.week') },
    { title: rateName('onTimeReport', t), isNumber: true },
    { title: rateName('cleared', t), isNumber: true },
  ];
  return html`<div class="chart" hidden role="img" aria-label="${t('board-page.trend')}"></div>
<details class="trend" open><summary><span class="more">${t('board-page.numbers')}</span></summary>${table(t('board-page.trend'), columns, rows)}</details>`;
};
