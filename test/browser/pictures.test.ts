import { expect, test } from 'vitest';
import { desk, overhang, phone, town } from './visit.ts';

/** Longer than a slow machine needs to start a house and a browser. */
const PATIENCE = 60_000;

test.each([
  ['on a phone', phone],
  ['at a desk', desk],
])(
  'a board is a picture in its bubble %s, opens alone, and its table folds out',
  async (_, how) => {
    const { visit } = await town();
    const page = await visit(how);
    await page.fill('#text', '/榜 上周');
    await page.click('#send');
    const bubble = page.locator('.line.bots .bubble').last();
    const image = bubble.locator('img').first();
    await image.waitFor();
    await page.waitForFunction(() =>
      [...document.querySelectorAll('.bubble img')].every((one) => one instanceof HTMLImageElement && one.complete),
    );
    expect(await image.evaluate((one) => (one instanceof HTMLImageElement ? one.naturalWidth : 0))).toBe(750);
    expect(await image.getAttribute('alt')).toMatch(/单位榜/);
    expect(await image.getAttribute('loading')).toBe('lazy');
    expect(await overhang(page)).toBe(0);
    const box = await image.boundingBox();
    expect(box?.width).toBeGreaterThan(250);
    expect(
      Math.abs((box?.height ?? 0) / (box?.width ?? 1) - Number(await image.getAttribute('height')) / 750),
    ).toBeLessThan(0.02);

    expect(await bubble.locator('table').first().isVisible()).toBe(false);
    await bubble.locator('summary').first().click();
    expect(await bubble.locator('table tbody tr').first().isVisible()).toBe(true);

    const alone = page.waitForEvent('popup');
    await bubble.locator('a.picture').first().click();
    const opened = await alone;
    await opened.waitForLoadState();
    expect(await opened.evaluate(() => document.contentType)).toBe('image/png');
  },
  PATIENCE,
);

test(
  'a picture that is gone leaves its words and its table in sight',
  async () => {
    const { visit } = await town();
    const page = await visit(phone);
    await page.route('**/api/pictures/**', (route) => route.abort());
    await page.fill('#text', '/榜 上周');
    await page.click('#send');
    const bubble = page.locator('.line.bots .bubble').last();
    await bubble.locator('table tbody tr').first().waitFor();
    expect(await bubble.locator('table tbody tr').first().isVisible()).toBe(true);
    expect(await bubble.locator('img').first().getAttribute('alt')).toMatch(/单位榜/);
  },
  PATIENCE,
);
