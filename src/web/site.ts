import { Hono } from 'hono';
import type { Translate } from '../i18n.ts';
import type { Log, Playground } from '../ports.ts';
import type { BoardPageDeps } from './board-pages.ts';
import { type Check, health } from './health.ts';
import { playgroundApi } from './playground.ts';
import { playgroundPage } from './playground-page.ts';

type Deps = {
  /** Null: no page of ours is served. */
  readonly playground: Playground | null;
  readonly board: Omit<BoardPageDeps, 'isOwnName'>;
  /** Whether `name` is a host name under which our pages are meant to be opened. */
  readonly isOwnName: (name: string) => boolean;
  readonly checks: Readonly<Record<string, Check>>;
  readonly t: Translate;
  readonly log: Log;
};

/** Everything that is answered over HTTP. */
export const site = ({ playground, board, isOwnName, checks, t, log }: Deps): Hono => {
  const app = new Hono();
  app.route('/', health(checks));
  // Few ask for it, and it takes the start some milliseconds: read when somebody does.
  const boards = once(async () => (await import('./board-pages.ts')).boardPages({ ...board, isOwnName }));
  app.all('/board/*', async (c) => (await boards()).fetch(c.req.raw));
  if (playground) {
    app.route('/playground/api', playgroundApi({ playground, isOwnName, t, log }));
    app.route('/', playgroundPage({ t }));
  }
  return app;
};

/** What `make` gives, made when it is first asked for; again if that failed. */
const once = <Value>(make: () => Promise<Value>): (() => Promise<Value>) => {
  let made: Promise<Value> | null = null;
  return () => {
    made ??= make().catch((error) => {
      made = null;
      throw error;
    });
    return made;
  };
};
