import { Hono, type MiddlewareHandler } from 'hono';
import { Temporal } from 'temporal-polyfill';
import { isoTime } from '../domain/local-time.ts';
import { UserError } from '../errors.ts';
import { isMessageKey, type Translate } from '../i18n.ts';
import { MOST_FILE_MB } from '../message.ts';
import type { Log, Playground } from '../ports.ts';
import { announcedUpTo, limitedTo } from './body-limit.ts';
import { hostName } from './host-name.ts';
import { After, FileName, Id, LineNumber, Move, Reset, requests, Said } from './playground-requests.ts';
import { changes } from './playground-stream.ts';
import { lineOut, postOut, replyOut, stateOut } from './playground-wire.ts';
import { refusal, refusals } from './refusal.ts';

/** A text of 100 kB passes, so that the bot itself can answer it in words. */
const MOST_BODY_KB = 1024;

type Deps = {
  playground: Playground;
  /** Whether `name` is a host name under which this page is meant to be opened. */
  isOwnName: (name: string) => boolean;
  t: Translate;
  log: Log;
};

/** The playground's HTTP interface. People script against it: its shapes stay. */
export const playgroundApi = ({ playground, isOwnName, t, log }: Deps): Hono => {
  const app = new Hono();
  const { zone } = playground;
  const { check, read } = requests(t);
  const now = () => isoTime(playground.now(), zone);

  app.onError(refusals(t, log));
  app.use(ownOrigin(isOwnName));
  const json = limitedTo(MOST_BODY_KB, (c) => refusal(c, t, 'playground.body-too-large', { most: MOST_BODY_KB }));
  const file = announcedUpTo(1024 * MOST_FILE_MB, (c) =>
    refusal(c, t, 'playground.file-too-large', { most: MOST_FILE_MB }),
  );

  app.post('/messages', json, async (c) => {
    const { chat, sender, text, id, files } = await read(c, Said);
    const lines = await playground.say({ chat, sender, text, id: id ?? null, files: files ?? [] });
    return c.json({ replies: lines.filter(({ from }) => from === null).map(replyOut) });
  });

  app.post('/files', file, async (c) => {
    const name = check(FileName, c.req.query('name'), 'name');
    return c.json({ file: await playground.upload(name, c.req.raw.body ?? new Blob().stream()) });
  });

  app.get('/files/:file', async (c) => {
    const file = await playground.download(c.req.param('file'));
    if (!file) return refusal(c, t, 'playground.not-found');
    c.header('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`);
    return c.body(file.open(), 200, { 'Content-Type': 'application/octet-stream' });
  });

  app.get('/pictures/:name', async (c) => {
    const png = await playground.picture(c.req.param('name'));
    if (!png) return refusal(c, t, 'playground.not-found');
    // The name stands for what is on it.
    c.header('Cache-Control', 'private, max-age=31536000, immutable');
    return c.body(png, 200, { 'Content-Type': 'image/png' });
  });

  app.post('/clock', json, async (c) => {
    const posts = await playground.moveClock((await read(c, Move)).now);
    return c.json({ now: now(), posts: posts.map(postOut) });
  });

  app.post('/reset', json, async (c) => {
    const { seed } = await read(c, Reset, {});
    const claimCode = await playground.reset(seed ?? 'county');
    return c.json({ now: now(), claimCode });
  });

  app.get('/state', async (c) => {
    const { units, members } = await playground.state();
    return c.json({ now: now(), ...stateOut(units, members) });
  });

  app.get('/posts', async (c) => {
    const chat = c.req.query('chat');
    const after = check(After, c.req.query('after') ?? '0', 'after');
    const posts = await playground.posts(typeof after === 'number' ? after : 0);
    const wanted = posts
      .filter((line) => chat === undefined || line.chat.id === chat)
      .filter((line) => typeof after === 'number' || Temporal.Instant.compare(line.at, after) > 0);
    return c.json({ posts: wanted.map((line) => ({ id: line.n, at: isoTime(line.at, zone), ...postOut(line) })) });
  });

  // What the page needs beside that.
  app.get('/chats', async (c) => c.json({ chats: (await playground.heads()).map((line) => lineOut(line, zone)) }));

  app.get('/transcript', async (c) => {
    const id = check(Id, c.req.query('chat'), 'chat');
    const kind = c.req.query('kind') === 'direct' ? 'direct' : 'group';
    const before = c.req.query('before');
    const lines = await playground.lines(
      { platform: 'playground', id, kind },
      before === undefined ? null : check(LineNumber, before, 'before'),
    );
    return c.json({ lines: lines.map((line) => lineOut(line, zone)) });
  });

  app.get('/events', async (c) => {
    const [coming, { units }] = await Promise.all([playground.coming(), playground.state()]);
    const names = new Map(units.map(({ id, name }) => [id, name]));
    return c.json({
      frozen: playground.frozen,
      events: coming.map(({ at, job, units }) => ({
        at: isoTime(at, zone),
        job,
        title: jobTitle(job, t),
        units: units.map((unit) => names.get(unit) ?? unit),
      })),
    });
  });

  app.get('/commands', async (c) =>
    c.json({ commands: await playground.commandsOf(check(Id, c.req.query('sender'), 'sender')) }),
  );

  app.get('/stream', (c) => changes(c, playground));

  for (const [path, allowed] of Object.entries(methods)) {
    app.all(path, (c) => {
      c.header('Allow', allowed);
      return refusal(c, t, 'playground.wrong-method', { allowed });
    });
  }
  app.all('*', (c) => refusal(c, t, 'playground.not-found'));
  return app;
};

const methods = {
  '/messages': 'POST',
  '/files': 'POST',
  '/clock': 'POST',
  '/reset': 'POST',
  '/state': 'GET',
  '/posts': 'GET',
};

/**
 * A page of another site, opened in the same browser, must not speak here; nor one whose own name has been made to lead
 * to this machine.
 */
const ownOrigin =
  (isOwnName: Deps['isOwnName']): MiddlewareHandler =>
  async (c, next) => {
    const host = c.req.header('host') ?? '';
    const origin = c.req.header('origin');
    const site = c.req.header('sec-fetch-site');
    const isOwn =
      (site === undefined || site === 'same-origin' || site === 'none') &&
      (origin === undefined || URL.parse(origin)?.host === host);
    if (!isOwn || !isOwnName(hostName(c))) throw new UserError('playground.foreign-origin');
    await next();
  };

const jobTitle = (job: string, t: Translate): string => {
  const key = `playground.job.${job}`;
  return isMessageKey(key) ? t(key) : job;
};
