import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { call } from '../faults/bot.ts';
import { desk, englishTown, overhang, phone, says, tooSmall, town } from './visit.ts';

/** Longer than a slow machine needs to start a house and a browser. */
const PATIENCE = 60_000;
const waitFor = (page: Page, text: string | RegExp) => page.locator('#lines').getByText(text).last().waitFor();
const filledIn = (page: Page, text: string) =>
  page.waitForFunction((start) => document.querySelector('textarea')?.value.startsWith(start), text);
const send = async (page: Page, text: string) => {
  await page.fill('#text', text);
  await page.click('#send');
};

test(
  'a newcomer at a desk files a report, sees the nudge, the digest and the board, all within a minute',
  async () => {
    const { visit } = await town();
    const page = await visit(desk);
    const begun = performance.now();

    await page.click('[data-step="file"]');
    await filledIn(page, '/日清 走访3户企业');
    await page.click('#send');
    await waitFor(page, /已记 \d+ 项/);

    await page.click('[data-step="nudge"]');
    await waitFor(page, /日清还没报/);
    expect(await page.textContent('.now-time')).toMatch(/^17:0\d$/);

    await page.click('[data-step="digest"]');
    await waitFor(page, /简报 · /);
    expect(
      await page
        .locator('#lines')
        .getByRole('heading', { name: /^简报 · / })
        .count(),
    ).toBe(1);
    expect(await page.locator('#lines li.warning', { hasText: '超期未清' }).count()).toBe(1);
    expect(await page.textContent('.now-time')).toMatch(/^09:0\d$/);

    await page.click('[data-step="board"]');
    await waitFor(page, '单位榜 · ');
    expect(await page.locator('.line.bots').last().locator('table tbody tr').count()).toBeGreaterThan(3);
    expect(await page.locator('#guide .done, #guide > p').count()).toBeGreaterThan(0);
    expect(performance.now() - begun).toBeLessThan(60_000);
    expect(await overhang(page)).toBe(0);
  },
  PATIENCE,
);

test(
  'the same on a phone: two panes, a clock that comes up from below, nothing too wide or too small',
  async () => {
    const { visit } = await town();
    const page = await visit(phone);
    expect(await overhang(page)).toBe(0);
    await send(page, '/日清 走访3户企业；未清：园区征地协议，等县局批复');
    await waitFor(page, /已记 \d+ 项/);

    await page.click('.talk [data-opens="clock"]');
    await page.locator('#events button').first().waitFor();
    expect(await tooSmall(page)).toEqual([]);
    const happened = page.locator('#happened');
    for (let i = 0; i < 4 && !/日清还没报/.test((await happened.textContent()) ?? ''); i += 1) {
      const heading = await happened.textContent();
      await page.click('#next');
      await page.waitForFunction((was) => document.querySelector('#happened')?.textContent !== was, heading);
      await page.locator('#next:enabled').waitFor();
    }
    await happened.locator('button', { hasText: '日清还没报' }).first().click();
    await waitFor(page, /日清还没报/);
    expect(await overhang(page)).toBe(0);
    expect(await tooSmall(page)).toEqual([]);

    await page.click('#back');
    expect(await page.locator('.chat .badge').count()).toBeGreaterThan(0);
    expect(await overhang(page)).toBe(0);
    expect(await tooSmall(page)).toEqual([]);
    await page.click('[data-chat="group:chengguan"]');
    await send(page, '/榜');
    await waitFor(page, '单位榜 · ');
    expect(await overhang(page)).toBe(0);
  },
  PATIENCE,
);

test(
  'what people write stays text, whatever it looks like',
  async () => {
    const { visit } = await town();
    const page = await visit();
    const hostile = '<img src=x onerror="document.title=1"><script>document.title=2</script>[a](javascript:1)';
    await send(page, hostile);
    await page.locator('.line.mine .text', { hasText: '<img src=x' }).waitFor();
    await send(page, `/日清 ${hostile}`);
    await waitFor(page, /已记 \d+ 项/);
    expect(await page.locator('#lines img:not(.avatar), #lines script').count()).toBe(0);
    expect(await page.title()).toBe('日清 · 演示场');
  },
  PATIENCE,
);

test(
  'a message whose answer was lost is sent again under its id and counted once',
  async () => {
    const { visit, url } = await town();
    const page = await visit();
    // The request arrives and the answer is lost; then a request that does not even arrive.
    await page.route(
      '**/api/messages',
      async (route) => {
        await route.fetch();
        await route.abort();
      },
      { times: 1 },
    );
    await send(page, '/日清 只记一次的事');
    await page.locator('.line.mine:not(.pending) .text', { hasText: '只记一次的事' }).waitFor();
    await page.route('**/api/messages', (route) => route.abort(), { times: 1 });
    await send(page, '/日清 没有送到的事');
    await page.locator('.failed', { hasText: '没有送到的事' }).getByText('再发一次').click();
    await page.locator('.line.mine:not(.pending) .text', { hasText: '没有送到的事' }).waitFor();
    expect(await page.locator('.pending').count()).toBe(0);
    const { lines } = (await (await fetch(`${url}/playground/api/transcript?chat=chengguan`)).json()) as {
      lines: { text: string }[];
    };
    expect(lines.filter(({ text }) => /只记一次|没有送到/.test(text))).toHaveLength(2);
  },
  PATIENCE,
);

test(
  'what was said long ago is fetched when it is asked for, and the place being read stays',
  async () => {
    const { visit, url } = await town();
    for (let i = 0; i < 120; i += 1) {
      await call(url, 'messages', { chat: 'minzheng', sender: 'yu', text: `闲聊第 ${i} 句` });
    }
    const page = await visit();
    await page.click('[data-chat="group:minzheng"]');
    await waitFor(page, '闲聊第 119 句');
    expect(await page.locator('.line').count()).toBe(100);
    await page.click('.earlier');
    await page.locator('.line', { hasText: '闲聊第 0 句' }).waitFor();
    expect(
      await page.locator('.line', { hasText: '闲聊第 20 句' }).evaluate((line) => line.getBoundingClientRect().top),
    ).toBeGreaterThan(0);
  },
  PATIENCE,
);

test(
  'typing a slash lists what this person may do; keys choose, Enter sends, a composed character does not',
  async () => {
    const { visit } = await town();
    const page = await visit();
    await page.locator('#text').pressSequentially('/');
    const options = page.locator('[role="option"]');
    await options.first().waitFor();
    expect(await options.allTextContents()).toContainEqual(expect.stringContaining('/日清'));
    expect((await options.allTextContents()).join()).not.toContain('/任命');

    await page.locator('#text').pressSequentially('我');
    expect(await options.count()).toBe(1);
    await page.keyboard.press('Enter');
    expect(await page.inputValue('#text')).toBe('/我的 ');
    await page.keyboard.press('Enter');
    await page.locator('#notice').waitFor();
    expect(await page.textContent('#notice')).toContain('日清私信了你');
    await page.click('#notice');
    await waitFor(page, /你在城关镇/);

    await page.fill('#text', '@王');
    await page.locator('[role="option"]', { hasText: '王丁' }).click();
    expect(await page.inputValue('#text')).toBe('@王丁 ');
  },
  PATIENCE,
);

test(
  'somebody else sees other chats and may do other things',
  async () => {
    const { visit } = await town();
    const page = await visit();
    await page.click('#me');
    await page.fill('#people-search', '管理员');
    await page.locator('.person', { hasText: '孙丙' }).click();
    expect(await page.textContent('#me-name')).toBe('孙丙');
    await page.fill('#text', '/任');
    await page.locator('[role="option"]', { hasText: '/任命' }).waitFor();
  },
  PATIENCE,
);

test(
  'two people at two screens see each other’s lines, and the clock moves for both',
  async () => {
    const { visit } = await town();
    const [one, other] = await Promise.all([visit(), visit(phone)]);
    await send(one, '明天谁去现场？');
    await other.locator('.line.mine .text, .line.theirs .text', { hasText: '明天谁去现场？' }).waitFor();
    const before = await other.textContent('.talk [data-clock="time"]');
    await one.click('#next');
    await one.locator('#happened h3').waitFor();
    await other.waitForFunction(
      (time) => document.querySelector('.talk [data-clock="time"]')?.textContent !== time,
      before,
    );
    expect(await other.textContent('.talk [data-clock="time"]')).toBe(await one.textContent('.now-time'));
  },
  PATIENCE,
);

test(
  'from nothing: the bot is claimed, a group made and bound; then the county comes back',
  async () => {
    const { visit } = await town();
    const page = await visit();
    await page.click('#reset');
    await page.click('[data-seed="empty"]');
    await page.locator('.nothing').waitFor();
    await page.waitForFunction(() => /认领/.test(document.querySelector('textarea')?.value ?? ''));
    await page.click('#send');
    await waitFor(page, /认领成功/);
    await page.getByText('新建群聊…').click();
    await page.fill('#name-input', '城关镇工作群');
    await page.click('#name-form .primary');
    await page.locator('#talk-name', { hasText: '城关镇工作群' }).waitFor();
    await send(page, '/绑定 城关镇');
    await waitFor(page, /已新建单位城关镇/);

    await page.click('#reset');
    await page.click('[data-seed="county"]');
    await page.locator('[data-chat="group:minzheng"]').waitFor();
    expect(await says(page).textContent()).toBeTruthy();
  },
  PATIENCE,
);

test(
  'with the keyboard alone: to a chat, into the conversation, out of a dialog',
  async () => {
    const { visit } = await town();
    const page = await visit();
    await page.focus('[data-chat="group:baishi"]');
    await page.keyboard.press('Enter');
    await page.locator('#talk-name', { hasText: '白石镇' }).waitFor();
    await page.locator('#not-here button').waitFor();
    await page.focus('#me');
    await page.keyboard.press('Enter');
    expect(await page.locator('#people').isVisible()).toBe(true);
    await page.keyboard.press('Escape');
    expect(await page.locator('#people').isVisible()).toBe(false);
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('me');
  },
  PATIENCE,
);

test(
  'in English the page is English',
  async () => {
    const { visit } = await englishTown();
    const page = await visit();
    await page.click('[data-step="file"]');
    await filledIn(page, '/daily ');
    await page.click('#send');
    await waitFor(page, /done, 1 open/);
    expect(await page.textContent('#next')).toMatch(/Go to the next event/);
  },
  PATIENCE,
);
