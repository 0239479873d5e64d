/**
 * `/board/<unit>` and what explains it. Whoever has no right to it, for whatever reason, gets one and the same page.
 * Read when the first one is asked for.
 */
import { randomUUID } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { html } from 'hono/html';
import { aroundOf } from '../domain/board.ts';
import { subtree, type Unit } from '../domain/organisation.ts';
import { periodShown, weeksBefore } from '../domain/page-spans.ts';
import { Unconfirmed } from '../errors.ts';
import type { Translate } from '../i18n.ts';
import type { ListStore, Log } from '../ports.ts';
import { mayReadWarned } from '../wording/list-people.ts';
import { publishedReply } from '../wording/list-published.ts';
import type { Board } from '../wording/read-board.ts';
import { type PageSources, partOf, readPageBoard, readUnitPage, TREND_WEEKS } from '../wording/read-unit-page.ts';
import { answersFor } from '../wording/requests.ts';
import { boardFile } from './board-files.ts';
import { type Html, layout } from './board-html.ts';
import { type Ticket, ticketIn } from './board-ticket.ts';
import { boardView } from './board-view.ts';
import { whyView } from './board-why.ts';
import { hostName } from './host-name.ts';

export type BoardPageDeps = Omit<PageSources, 'now'> & {
  readonly lists: ListStore;
  readonly now: () => PageSources['now'];
  readonly secret: () => Promise<string>;
  /** Whether `name` is a host name under which our pages are meant to be opened. */
  readonly isOwnName: (name: string) => boolean;
  readonly t: Translate;
  readonly log: Log;
};

/** Whose page it is, and for whom. */
type Visit = { readonly ticket: Ticket; readonly unit: Unit; readonly units: readonly Unit[]; readonly names: boolean };

export const boardPages = (deps: BoardPageDeps): Hono => {
  const { directory, calendar, lists, secret, isOwnName, t, log } = deps;
  const app = new Hono();

  app.use(async (c, next) => {
    await next();
    for (const [name, value] of Object.entries(headers)) c.res.headers.set(name, value);
    if (!c.res.headers.has('Cache-Control')) c.res.headers.set('Cache-Control', 'no-store');
  });

  const closed = (c: Context) =>
    c.html(
      layout({ title: t('board-page.closed'), depth: depthOf(c), t }, html`<p>${t('board-page.closed-hint')}</p>`),
      403,
    );

  /** The link first, then the rights of today: somebody's who has none any more opens nothing. */
  const admit = async (c: Context): Promise<Visit | null> => {
    const now = deps.now().toInstant();
    const ticket = ticketIn(c.req.query('k') ?? '', c.req.param('unit') ?? '', await secret(), now);
    if (!ticket) return null;
    const [viewer, units] = await Promise.all([directory.member(ticket.viewer), directory.units()]);
    const unit = answersFor(viewer, units).find(({ id }) => id === ticket.unit);
    return unit ? { ticket, unit, units, names: mayReadWarned(viewer) } : null;
  };

  const sources = (): PageSources => ({ ...deps, now: deps.now() });

  app.use(async (c, next) => (isOwnName(hostName(c)) && ['GET', 'HEAD'].includes(c.req.method) ? next() : closed(c)));
  app.get('/board/:name{[a-z]+\\.(css|js|svg)}', async (c) => (await boardFile(c)) ?? closed(c));

  app.get('/board/:unit{u\\d+}', async (c) => {
    const visit = await admit(c);
    if (!visit) return closed(c);
    const { ticket, unit, names } = visit;
    const [page, issue] = await Promise.all([readUnitPage(unit, ticket.span, sources()), published(names)]);
    return c.html(boardView(page, issue, { ticket, secret: await secret(), calendar, now: deps.now(), t }));
  });

  app.get('/board/:unit{u\\d+}/why/:below{u\\d+}', async (c) => {
    const visit = await admit(c);
    if (!visit) return closed(c);
    const { ticket, unit, units } = visit;
    const whole = sources();
    const today = whole.now.toPlainDate();
    const about = {
      period: periodShown(ticket.span, today, calendar),
      weeks: weeksBefore(today, TREND_WEEKS, calendar),
      today,
    };
    const board = await readPageBoard(unit, units, about.period, whole);
    const below = c.req.param('below');
    const inside = subtree(units, unit.id).find(({ id }) => id === below);
    const asked = inside ?? sisterOf(below, unit, units, board);
    if (!asked) return closed(c);
    // Of a sister on the same board no more is told than what made its place.
    const part = inside ? await partOf(inside, about, whole) : null;
    const sight = { ticket, secret: await secret(), calendar, now: deps.now(), t };
    return c.html(whyView({ unit: asked, board, part, ...about }, sight));
  });

  app.notFound(closed);
  app.onError((error, c) => {
    const isDown = error instanceof Unconfirmed;
    const ref = randomUUID().slice(0, 8);
    if (!isDown) log.error({ err: error, ref }, 'board page failed');
    const said: Html = html`<p>${isDown ? t('board-page.down') : t('board-page.error', { ref })}</p>`;
    return c.html(layout({ title: t('board-page.failed'), depth: depthOf(c), t }, said), isDown ? 503 : 500);
  });

  /** The newest published issue of both lists, in the words of /红黑榜. */
  const published = async (names: boolean) => {
    const newest = (await lists.all()).findLast(({ state }) => state === 'published' || state === 'corrected');
    const issue = newest ? await lists.issue(newest.number) : null;
    if (!issue?.published) return null;
    const view = { only: null, names: names || issue.published.isNamed, signer: null };
    return publishedReply(issue, view, await lists.words(issue.number), {
      calendar,
      today: deps.now().toPlainDate(),
      t,
    });
  };

  return app;
};

/** Of the units on the same board the page shows the neighbours, and explains no others. */
const sisterOf = (below: string, unit: Unit, units: readonly Unit[], { rows, rule }: Board): Unit | undefined =>
  units.find(({ id }) => id === below && aroundOf(rows, unit.id, rule).some(({ figures }) => figures.unit === id));

const depthOf = (c: Context): number => Math.max(0, c.req.path.split('/').length - '/board/u1'.split('/').length);

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  // The one policy, in charts.js, lets nothing but the empty text become markup.
  "require-trusted-types-for 'script'",
  'trusted-types default',
].join('; ');

const headers = {
  'Content-Security-Policy': policy,
  'X-Content-Type-Options': 'nosniff',
  // The address is the key.
  'Referrer-Policy': 'no-referrer',
  'X-Robots-Tag': 'noindex',
};
