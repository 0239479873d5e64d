import { expect, test } from 'vitest';
import { subtree } from '../../src/domain/organisation.ts';
import type { PageSpan } from '../../src/domain/page-spans.ts';
import { storedLinkSecret } from '../../src/store/link-secret.ts';
import { signed, ticketUntil } from '../../src/web/board-ticket.ts';
import { site } from '../../src/web/site.ts';
import { calendar, house, redis } from '../house.ts';
import { at, ledger, say, zone } from '../values.ts';

const zhou = { id: 'zhou', name: '周甲' };
const wang = { id: 'wang', name: '王丁' };
const hostile = '<b>镇</b> & "一"';

/** A county with two towns; Zhou leads the first and Zhao all of them; and its pages, at a time that can be moved. */
const county = async (when = '2026-11-27 10:00') => {
  const home = house();
  let now = at(when);
  const top = await home.unit('云岭县');
  const town = await home.unit('城关镇', { parent: top.id });
  const other = await home.unit(hostile, { parent: top.id });
  const leader = (unit: string) => [{ role: 'leader' as const, unit }];
  await home.member({ id: 'zhao', name: '赵甲' }, top, leader(top.id));
  await home.member(zhou, town, leader(town.id));
  await home.member(wang, town);
  await home.member({ id: 'chen', name: '陈乙' }, other);
  const secret = storedLinkSecret(redis, home.keys);
  const { log, errors } = ledger();
  const { reports, directory, boards, lists, t } = home;
  const board = { reports, directory, boards, lists, calendar, secret, t, log };
  const app = site({
    playground: null,
    board: { ...board, now: () => now.toZonedDateTimeISO(zone) },
    isOwnName: (name) => name !== 'rebound.example',
    checks: {},
    t,
    log,
  });
  const get = async (path: string, init: RequestInit = {}) => {
    const response = await app.request(`http://localhost${path}`, {
      ...init,
      headers: { host: 'localhost', ...(init.headers as Record<string, string>) },
    });
    return { status: response.status, headers: response.headers, body: await response.text() };
  };
  const link = async (viewer: string, unit: string, span: PageSpan = 'week') =>
    `/board/${unit}?k=${signed({ unit, viewer: `playground:${viewer}`, span, until: ticketUntil(now) }, await secret())}`;
  const wait = (hours: number) => {
    now = now.add({ hours });
  };
  return { ...home, top, town, other, get, link, wait, secret, pageErrors: errors };
};

test('a leader opens the page: counts of the unit, the board, the line under it, nobody’s name and nobody’s words', async () => {
  const { ask, get, link, town, pageErrors } = await county();
  await ask(say('/日清 走访3户企业；未清：园区征地协议', { sender: wang, at: at('2026-11-26 10:00') }));
  await ask(say('/日清 求助：请协调用地指标', { sender: wang, at: at('2026-11-27 09:00') }));
  const { status, headers, body } = await get(await link('zhou', town.id));
  expect(status).toBe(200);
  expect(body).toContain('城关镇看板');
  expect(body).toContain('1/2');
  expect(body).toContain('B 蓝灯 <b>1</b>');
  expect(body).toContain('<b>H-01</b>');
  expect(body).toContain('/看 H-01');
  expect(body).toContain('规则 r1。仅供工作调度，不作为考核依据');
  expect(body).toContain('还没有公布过红黑榜。');
  for (const word of ['周甲', '王丁', '征地', '用地指标', '走访']) expect(body).not.toContain(word);
  expect(headers.get('cache-control')).toBe('no-store');
  expect(headers.get('referrer-policy')).toBe('no-referrer');
  expect(headers.get('content-security-policy')).toMatch(/default-src 'none'; script-src 'self'; style-src 'self'/);
  expect(body).not.toMatch(/<script(?! src)|\sstyle=|\son\w+=/);
  expect(pageErrors).toEqual([]);
});

test('every number leads to its explanation, by the same link, in the words of /为什么', async () => {
  const { ask, get, link, town } = await county();
  await ask(say('/日清 走访3户企业', { sender: wang, at: at('2026-11-26 10:00') }));
  const { body } = await get(await link('zhou', town.id));
  const ways = new Set([...body.matchAll(/href="([^"#]+\/why\/[^"#]+)#([\w-]+)"/g)].map(([, way = '']) => way));
  expect(ways.size).toBeGreaterThan(0);
  for (const way of ways) {
    const why = await get(new URL(way, 'http://localhost/board/').href.replace('http://localhost', ''));
    expect(why.status).toBe(200);
    expect(why.body).toMatch(/id="score"/);
  }
  const why = await get((await link('zhou', town.id)).replace('?', `/why/${town.id}?`));
  for (const [, , part = ''] of body.matchAll(new RegExp(`href="([^"#]+/why/${town.id}[^"#]+)#([\\w-]+)"`, 'g'))) {
    expect(why.body).toContain(`id="${part}"`);
  }
  expect(why.body).toContain('11/26 周四');
  const told = await ask(
    say('/为什么 城关镇', {
      sender: zhou,
      at: at('2026-11-27 10:00'),
      chat: { platform: 'playground', id: 'zhou', kind: 'direct' },
      addressed: true,
    }),
  );
  const [, arithmetic = '?'] = /(按时率 = [^\n]+)/.exec(told ?? '') ?? [];
  expect(why.body).toContain(arithmetic);
});

test('who leads a unit above sees what is below it, escaped, and who leads one below does not see above', async () => {
  const { get, link, top, other } = await county();
  const { status, body } = await get(await link('zhao', top.id, 'month'));
  expect(status).toBe(200);
  expect(body).toContain('&lt;b&gt;镇&lt;/b&gt; &amp; &quot;一&quot;');
  expect(body).not.toContain('<b>镇');
  expect((await get(await link('zhao', other.id))).status).toBe(200);
  expect((await get(await link('zhou', top.id))).status).toBe(403);
});

test.each<PageSpan>(['week', 'lastWeek', 'month', 'lastMonth', 'quarter'])(
  '%s opens, and leads to the others',
  async (span) => {
    const { get, link, top } = await county();
    const { status, body } = await get(await link('zhao', top.id, span));
    expect(status).toBe(200);
    const others = [...body.matchAll(/<a href="(u1\?k=[^"]+)"/g)].map(([, way]) => `/board/${way}`);
    expect(others).toHaveLength(4);
    for (const way of others) expect((await get(way)).status).toBe(200);
  },
);

test('forged, altered, expired, of another unit, of nobody, under another name: one and the same page', async () => {
  const { get, link, town, other, top, wait } = await county();
  const good = await link('zhou', town.id);
  const shut = await get(`/board/${town.id}`);
  expect(shut.status).toBe(403);
  expect(shut.body).toContain('打不开这个页面');
  expect(shut.headers.get('cache-control')).toBe('no-store');
  const tries: readonly (readonly [string, RequestInit?])[] = [
    [`/board/${town.id}?k=`],
    [`/board/${town.id}?k=mwu81rmf.week.cGxheWdyb3VuZDp6aGFv.AAAA`],
    [good.replace('.week.', '.month.')],
    [good.slice(0, -1)],
    [`${good}A`],
    [good.replace(`/${town.id}?`, `/${other.id}?`)],
    [good.replace(`/${town.id}?`, '/u999?')],
    [await link('zhou', 'u999')],
    [await link('nobody', town.id)],
    [await link('wang', town.id)],
    [await link('zhou', top.id)],
    [good, { headers: { host: 'rebound.example' } }],
    [good, { method: 'POST' }],
    [good.replace('/board/', '/board/x/')],
    ['/board/passwd'],
    ['/board/constructor.js'],
  ];
  for (const [path, init] of tries) {
    const { status, body } = await get(path, init);
    expect([path, status]).toEqual([path, 403]);
    expect(body.replaceAll(/(\.\.\/)+/g, '')).toBe(shut.body);
  }
  expect((await get(good)).status).toBe(200);
  for (const path of [good.replace('?', `/why/${other.id}x?`), good.replace('?', `/why/${top.id}?`)]) {
    expect((await get(path)).status).toBe(403);
  }
  wait(25);
  expect(await get(good)).toMatchObject({ status: 403, body: shut.body });
});

test('somebody whose rights were taken away meanwhile opens nothing any more', async () => {
  const { get, link, town, member } = await county();
  const good = await link('zhou', town.id);
  expect((await get(good)).status).toBe(200);
  await member(zhou, town);
  expect((await get(good)).status).toBe(403);
  expect((await get(good.replace('?', `/why/${town.id}?`))).status).toBe(403);
});

test('somebody who has moved to lead another unit opens that one alone', async () => {
  const { get, link, town, other, member } = await county();
  await member(zhou, other, [{ role: 'unitHead', unit: other.id }]);
  expect((await get(await link('zhou', town.id))).status).toBe(403);
  expect((await get(await link('zhou', other.id))).status).toBe(200);
});

test('a unit without anybody, and one in which nothing was ever filed, have a page all the same', async () => {
  const { get, link, unit, directory, top } = await county('2026-11-23 08:00');
  const empty = await unit('空镇', { parent: top.id });
  const { status, body } = await get(await link('zhao', empty.id));
  expect(status).toBe(200);
  expect(body).toContain('还没有成员');
  expect(body).toContain('不作为考核依据');
  expect(subtree(await directory.units(), top.id).map(({ id }) => id)).toContain(empty.id);
  expect((await get(await link('zhao', top.id, 'quarter'))).status).toBe(200);
});

test('what the page is drawn with comes from the house, packed for whoever can unpack it', async () => {
  const { get } = await county();
  for (const name of ['style.css', 'charts.js', 'echarts.js', 'icon.svg']) {
    const { status, headers } = await get(`/board/${name}`);
    expect([name, status]).toEqual([name, 200]);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  }
  expect(
    (await get('/board/echarts.js', { headers: { 'accept-encoding': 'gzip' } })).headers.get('content-encoding'),
  ).toBe('gzip');
});

test('the secret is one for all copies of the bot, whoever asks first', async () => {
  const { keys } = await county();
  const copies = Array.from({ length: 8 }, () => storedLinkSecret(redis, keys)());
  const [first = '', ...others] = await Promise.all(copies);
  expect(Buffer.from(first, 'base64url')).toHaveLength(32);
  expect(new Set([first, ...others]).size).toBe(1);
  expect(await redis.xrange(keys.log('org'), '-', '+').then((rows) => JSON.stringify(rows))).not.toContain(first);
});

test('when the store is away the page says so, and shows nothing', async () => {
  const { get, link, town, directory } = await county();
  const good = await link('zhou', town.id);
  const { log, errors } = ledger();
  const { Unconfirmed } = await import('../../src/errors.ts');
  const { boardPages } = await import('../../src/web/board-pages.ts');
  const { translator } = await import('../../src/i18n.ts');
  const broken = boardPages({
    directory,
    secret: () => Promise.reject(new Unconfirmed('away')),
    now: () => at('2026-11-27 10:00').toZonedDateTimeISO(zone),
    isOwnName: () => true,
    t: translator('zh-CN'),
    log,
  } as unknown as Parameters<typeof boardPages>[0]);
  const answer = await broken.request(`http://localhost${good}`);
  expect(answer.status).toBe(503);
  expect(await answer.text()).toContain('数据库一时连不上');
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(errors).toEqual([]);
  expect((await get(good)).status).toBe(200);
});
