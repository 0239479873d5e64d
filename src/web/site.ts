import { Hono } from 'hono';
import type { Translate } from '../i18n.ts';
import type { Log, Playground } from '../ports.ts';
import { type Check, health } from './health.ts';
import { playgroundApi } from './playground.ts';
import { playgroundPage } from './playground-page.ts';

type Deps = {
  /** Null: no page of ours is served. */
  readonly playground: Playground | null;
  /** Whether `name` is a host name under which the playground is meant to be opened. */
  readonly isOwnName: (name: string) => boolean;
  readonly checks: Readonly<Record<string, Check>>;
  readonly t: Translate;
  readonly log: Log;
};

/** Everything that is answered over HTTP. */
export const site = ({ playground, isOwnName, checks, t, log }: Deps): Hono => {
  const app = new Hono();
  app.route('/', health(checks));
  if (playground) {
    app.route('/playground/api', playgroundApi({ playground, isOwnName, t, log }));
    app.route('/', playgroundPage({ t }));
  }
  return app;
};
