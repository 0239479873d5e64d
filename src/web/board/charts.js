/**
 * Draws the trend from the table that stands beside it. Without scripts the table is all, and nothing is missing.
 */

/**
 * @typedef {{setOption(option: object): void, resize(): void, dispose(): void}} Chart
 * @typedef {{init(element: Element, theme: null, how: object): Chart}} Charts
 * @typedef {{createPolicy(name: string, rules: {createHTML(text: string): string}): unknown}} Policies
 */

const page = /** @type {Window & {echarts?: Charts, trustedTypes?: Policies}} */ (window);

// The charts empty their place before they draw; no other text ever becomes markup here.
page.trustedTypes?.createPolicy('default', {
  createHTML: (text) => {
    if (text === '') return '';
    throw new TypeError('no markup from scripts');
  },
});

/** @param {string} name */
const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** @param {Element} table */
const read = (table) => {
  const rows = [...table.querySelectorAll('tbody tr')];
  const names = [...table.querySelectorAll('thead th')].slice(1).map((head) => head.textContent ?? '');
  const weeks = rows.map((row) => row.querySelector('[data-short]')?.getAttribute('data-short') ?? '');
  const values = names.map((_, i) =>
    rows.map((row) => {
      const value = row.querySelectorAll('data')[i]?.value ?? '';
      return value === '' ? null : Number(value);
    }),
  );
  return { names, weeks, values };
};

/** @param {ReturnType<typeof read>} shown */
const optionOf = ({ names, weeks, values }) => {
  const [text, line] = [colour('--muted'), colour('--line')];
  const looks = [
    { colour: colour('--accent'), type: 'solid', symbol: 'circle' },
    { colour: colour('--warm'), type: 'dashed', symbol: 'diamond' },
  ];
  return {
    animation: false,
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
    grid: { left: 8, right: 16, top: 40, bottom: 8, containLabel: true },
    legend: { top: 0, left: 0, itemWidth: 28, textStyle: { color: text } },
    tooltip: {
      trigger: 'axis',
      renderMode: 'richText',
      backgroundColor: colour('--surface'),
      borderColor: line,
      textStyle: { color: colour('--text') },
      /** @param {number | null | undefined} value */
      valueFormatter: (value) => (value == null ? '—' : `${value}%`),
    },
    xAxis: {
      type: 'category',
      data: weeks,
      axisLabel: { color: text, hideOverlap: true },
      axisLine: { lineStyle: { color: line } },
      axisTick: { show: false },
    },
    yAxis: {
      type: 'value',
      min: 0,
      max: 100,
      axisLabel: { color: text, formatter: '{value}%' },
      splitLine: { lineStyle: { color: line } },
    },
    series: names.map((name, i) => ({
      name,
      type: 'line',
      data: values[i],
      symbol: looks[i]?.symbol,
      symbolSize: 8,
      itemStyle: { color: looks[i]?.colour },
      lineStyle: { color: looks[i]?.colour, type: looks[i]?.type, width: 2 },
    })),
  };
};

/** @param {Charts} charts @param {HTMLElement} place */
const show = (charts, place) => {
  const table = place.nextElementSibling;
  if (!table) return;
  place.hidden = false;
  // The line says it; the numbers are a touch away.
  if (table instanceof HTMLDetailsElement) table.open = false;
  const chart = charts.init(place, null, { renderer: 'canvas' });
  const draw = () => chart.setOption(optionOf(read(table)));
  draw();
  new ResizeObserver(() => chart.resize()).observe(place);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
};

document.addEventListener('DOMContentLoaded', () => {
  const { echarts } = page;
  if (!echarts) return;
  for (const place of document.querySelectorAll('.chart')) if (place instanceof HTMLElement) show(echarts, place);
});
