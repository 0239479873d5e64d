import { Hono } from 'hono';

/** Whether a part of the house can do its work now, or another copy of the bot does. Throwing and silence count as no. */
type Standing = boolean | 'standby';
export type Check = () => Standing | Promise<Standing>;

/** Whoever asks has given up by then. */
const patienceMs = 2_000;

/**
 * `/healthz`: the process is alive (200). `/readyz`: every check by name: ok, standby, failing; 503 with the names of
 * those that fail.
 * Neither says more than that: anybody may ask.
 */
export const health = (checks: Readonly<Record<string, Check>>): Hono => {
  const app = new Hono();
  // Of everything that is answered here: nothing is kept that does not say so itself.
  app.use(async (context, next) => {
    await next();
    if (!context.res.headers.has('Cache-Control')) context.header('Cache-Control', 'no-store');
  });
  app.get('/healthz', (context) => context.json({ status: 'alive' }));
  app.get('/readyz', async (context) => {
    const named = await Promise.all(
      Object.entries(checks).map(async ([name, check]) => [name, words(await standing(check))] as const),
    );
    const failing = named.filter(([, state]) => state === 'failing').map(([name]) => name);
    const isReady = failing.length === 0;
    const body = { status: isReady ? 'ready' : 'not ready', checks: Object.fromEntries(named), failing };
    return context.json(body, isReady ? 200 : 503);
  });
  return app;
};

const words = (standing: Standing) => (standing === true ? 'ok' : standing || 'failing');

const standing = async (check: Check): Promise<Standing> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), patienceMs);
  });
  try {
    return await Promise.race([check(), late]);
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
};
