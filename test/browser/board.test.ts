import type { BrowserContext, Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { call } from '../faults/bot.ts';
import { desk, overhang, phone, says, tooSmall, town } from './visit.ts';

const PATIENCE = 60_000;

/** What the bot sends the leader of the county who asks for the board. */
const linkOf = async (url: string, text = '/榜 本月'): Promise<string> => {
  const { body } = await call(url, 'messages', { chat: 'zhao', sender: 'zhao', text });
  const [, link = ''] = /(http\S+\/board\/\S+)/.exec(body.replies?.[0]?.text ?? '') ?? [];
  return link;
};

/** A page at that address; whatever the browser complains of, and whom else it asks, fails the test. */
const open = async (context: BrowserContext, link: string, house: string): Promise<Page> => {
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => complaints.push(message.text()));
  page.on('response', (response) => {
    if (response.status() >= 400) complaints.push(`${response.status()} ${response.url()}`);
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(house)) complaints.push(`asked ${request.url()}`);
  });
  page.on('requestfinished', async (request) => {
    const { referer } = await request.allHeaders();
    if (referer) complaints.push(`told ${request.url()} that it comes from ${referer}`);
  });
  onTestFinished(() => expect(complaints).toEqual([]));
  await page.goto(link);
  return page;
};

/** What has no name or no heading, and text that is hard to see: what a person would trip over. */
const obstacles = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const found: string[] = [];
    const name = (element: Element) => `${element.tagName} ${element.className} “${element.textContent?.slice(0, 20)}”`;
    const headings = [...document.querySelectorAll('h1, h2, h3')].map(({ tagName }) => Number(tagName.slice(1)));
    if (headings.filter((level) => level === 1).length !== 1) found.push('not one h1');
    if (headings.some((level, i) => level > (headings[i - 1] ?? 0) + 1)) found.push('a heading is left out');
    if (document.documentElement.lang === '') found.push('no language');
    for (const table of document.querySelectorAll('table')) {
      if (!table.caption?.textContent) found.push('a table without a caption');
      for (const head of table.querySelectorAll('th')) if (!head.scope) found.push(`no scope: ${name(head)}`);
    }
    for (const one of document.querySelectorAll('a, summary, [role=img], [role=region], nav, section')) {
      const labelled = one.getAttribute('aria-labelledby');
      const said =
        one.getAttribute('aria-label') ?? (labelled ? document.getElementById(labelled)?.textContent : one.textContent);
      if (!said?.trim()) found.push(`no name: ${name(one)}`);
    }
    const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
    if (new Set(ids).size < ids.length) found.push('an id used twice');

    const rgba = (text: string) => (text.match(/[\d.]+/g) ?? []).map(Number);
    const light = (colour: number[]) => {
      const [r = 0, g = 0, b = 0] = colour.slice(0, 3).map((part) => {
        const share = part / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const ground = (element: Element | null): number[] => {
      if (!element) return [255, 255, 255];
      const colour = rgba(getComputedStyle(element).backgroundColor);
      return colour.length === 3 ? colour : ground(element.parentElement);
    };
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      const element = node.parentElement;
      if (!element || !node.textContent?.trim() || !element.checkVisibility()) continue;
      const [a, b] = [light(rgba(getComputedStyle(element).color)), light(ground(element))];
      const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
      if (contrast < 4.5) found.push(`contrast ${contrast.toFixed(1)}: ${name(element)}`);
    }
    return [...new Set(found)];
  });

test(
  'a leader asks for the board in the playground and opens the link in the answer',
  async () => {
    const { visit, url } = await town();
    const page = await visit(phone);
    await page.click('#back');
    await page.click('#me');
    await page.fill('#people-search', '赵甲');
    await page.locator('.person', { hasText: '赵甲' }).click();
    await page.click('[data-chat^="direct:"]');
    await page.fill('#text', '/榜');
    await page.click('#send');
    const link = says(page).locator('a.link');
    await link.waitFor();
    expect(await link.getAttribute('href')).toMatch(/^\/board\/u1\?k=/);
    const board = page.context().waitForEvent('page');
    await link.click();
    await (await board).locator('h1', { hasText: '云岭县（虚构）看板' }).waitFor();
    expect((await board).url().startsWith(`${url}/board/u1?k=`)).toBe(true);
    expect(await (await board).evaluate(() => document.referrer)).toBe('');
  },
  PATIENCE,
);

const sights = [
  ['on a phone', { ...phone }],
  ['on a phone at night', { ...phone, colorScheme: 'dark' }],
  ['at a desk', { ...desk }],
  ['at a desk at night', { ...desk, colorScheme: 'dark' }],
  ['on a phone without scripts', { ...phone, javaScriptEnabled: false }],
  ['at a desk without scripts', { ...desk, javaScriptEnabled: false }],
] as const;

test.each(sights)(
  'the board page is whole %s: nothing too wide, too small, too pale or without a name',
  async (_, how) => {
    const { url, visit } = await town();
    const browser = (await visit(desk)).context().browser();
    const context = await browser?.newContext(how);
    if (!context) throw new Error('no browser');
    onTestFinished(() => context.close());
    const page = await open(context, await linkOf(url), url);
    const hasScripts = !('javaScriptEnabled' in how);

    expect(await page.locator('h2').allTextContents()).toHaveLength(7);
    const chart = page.locator('.chart');
    if (hasScripts) await chart.locator('canvas').waitFor();
    else expect(await chart.isVisible()).toBe(false);
    expect(await page.locator('.trend table').isVisible()).toBe(!hasScripts);
    expect(await page.locator('.heat .square').count()).toBeGreaterThan(20);

    const views = ['#heat .square.l4', '#board td a'];
    for (const view of views) {
      if (hasScripts) expect([view, await obstacles(page)]).toEqual([view, []]);
      expect([view, await tooSmall(page)]).toEqual([view, []]);
      expect(await overhang(page)).toBe(0);
      await page.locator(view).first().click();
      await page.locator('#score').waitFor();
      expect(await page.textContent('#score')).toContain('按时率 = ');
      expect(await page.textContent('footer')).toContain('仅供工作调度，不作为考核依据');
      if (hasScripts) expect([view, await obstacles(page)]).toEqual([view, []]);
      expect(await tooSmall(page)).toEqual([]);
      expect(await overhang(page)).toBe(0);
      await page.locator('nav a').first().click();
      await page.locator('#heat').waitFor();
    }
    await page.locator('nav a', { hasText: '上周' }).click();
    await page.locator('nav a[aria-current]', { hasText: '上周' }).waitFor();
    expect(await overhang(page)).toBe(0);
  },
  PATIENCE,
);

test(
  'a link that is over shows that it cannot be opened, and nothing else',
  async () => {
    const { url } = await town();
    const link = await linkOf(url);
    const state = (await call(url, 'state')).body as { now?: string };
    const later = new Date(Date.parse(state.now ?? '') + 25 * 3_600_000).toISOString();
    expect((await fetch(link)).status).toBe(200);
    await call(url, 'clock', { now: later });
    const shut = await fetch(link);
    expect(shut.status).toBe(403);
    expect(await shut.text()).not.toContain('云岭县');
  },
  PATIENCE,
);
