import type { PlatformName } from '../message.ts';
import type { BoardLinks } from '../ports.ts';
import { signed, ticketUntil } from './board-ticket.ts';

type Deps = {
  /** How addresses begin for people of a platform; null: what we listen on is not to be reached from there. */
  readonly base: (platform: PlatformName) => string | null;
  readonly secret: () => Promise<string>;
};

/** Makes links to board pages. */
export const boardLinks = ({ base, secret }: Deps): BoardLinks => ({
  async board(viewer, unit, span, now) {
    const [platform = ''] = viewer.split(':', 1);
    const start = base(platform as PlatformName);
    if (start === null) return null;
    return `${start}/board/${unit}?k=${signed({ unit, viewer, span, until: ticketUntil(now) }, await secret())}`;
  },
});
