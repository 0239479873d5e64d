import type { Context } from 'hono';

/** The host name under which a page was asked for, as URLs spell it; '' for none that could be one. */
export const hostName = (c: Context): string => URL.parse(`http://${c.req.header('host') ?? ''}`)?.hostname ?? '';
