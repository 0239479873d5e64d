import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished } from 'vitest';
import { bots, call } from '../faults/bot.ts';

/** Debian's; a browser of playwright's own would have to be downloaded. */
const executablePath = process.env.CHROMIUM || '/usr/bin/chromium';
const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

let browser: Browser;
let house: string;
const endings: (() => Promise<void>)[] = [];
beforeAll(async () => {
  const { start } = await bots((end) => endings.push(end));
  [browser, { url: house }] = await Promise.all([chromium.launch({ executablePath, args }), start()]);
}, 60_000);
afterAll(async () => {
  await browser?.close();
  for (const end of endings) await end();
});

export const desk: BrowserContextOptions = { viewport: { width: 1280, height: 800 } };
export const phone: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  isMobile: true,
  hasTouch: true,
};

/**
 * The seeded county as it is at the beginning, and a way to look at it. What the browser complains about fails the
 * test.
 */
export const town = async () => {
  await call(house, 'reset', {});
  return { url: house, visit: (how?: BrowserContextOptions) => visit(house, how) };
};

/** A house that speaks English. */
export const englishTown = async () => {
  const { start } = await bots();
  const { url } = await start({ LOCALE: 'en' });
  return { url, visit: (how?: BrowserContextOptions) => visit(url, how) };
};

const visit = async (url: string, how: BrowserContextOptions = desk): Promise<Page> => {
  const context = await browser.newContext(how);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(url)) complaints.push(`asked ${request.url()}`);
  });
  onTestFinished(async () => {
    await context.close();
    expect(complaints.filter((complaint) => !EXPECTED.test(complaint))).toEqual([]);
  });
  await page.goto(url);
  await page.locator('.line').first().waitFor();
  return page;
};

/** A refusal or a lost connection that a test brings about on purpose. */
const EXPECTED = /Failed to load resource|net::ERR/;

/** How far the page can be scrolled sideways. */
export const overhang = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);

/** What can be pressed and is too small for a thumb. */
export const tooSmall = (page: Page, most = 40): Promise<string[]> =>
  page.evaluate(
    (least) =>
      [...document.querySelectorAll('button, input, textarea, a')]
        .filter((element) => element.checkVisibility({ visibilityProperty: true }))
        .map((element) => ({ element, box: element.getBoundingClientRect() }))
        .filter(({ box }) => box.width > 0 && (box.width < least - 4 || box.height < least - 4))
        .map(({ element, box }) => `${element.id || element.textContent} ${box.width}×${box.height}`),
    most,
  );

export const says = (page: Page) => page.locator('.line.bots .bubble').last();
