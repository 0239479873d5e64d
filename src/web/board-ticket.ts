/** What a link to a board page carries: who looks, until when, at which days, and the proof that we said so. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { Temporal } from 'temporal-polyfill';
import type { UnitId } from '../domain/organisation.ts';
import { type PageSpan, pageSpans } from '../domain/page-spans.ts';
import type { MemberId } from '../message.ts';

/**
 * A digest's link is read on its day; the next morning brings another, and `/榜` gives one at any time. Who gets hold of
 * the link sees what the leader sees, so it is no longer than that.
 */
export const LINK_HOURS = 24;

export type Ticket = {
  readonly unit: UnitId;
  readonly viewer: MemberId;
  readonly span: PageSpan;
  readonly until: Temporal.Instant;
};

/** The longest that is looked at: ids of platforms have 64 characters at the most. */
const LONGEST = 512;

export const ticketUntil = (now: Temporal.Instant): Temporal.Instant => now.add({ hours: LINK_HOURS });

/** The ticket as it stands in a link. The unit is not in it: that is the page's own address. */
export const signed = ({ unit, viewer, span, until }: Ticket, secret: string): string => {
  const said = [until.epochMilliseconds.toString(36), span, Buffer.from(viewer).toString('base64url')].join('.');
  return `${said}.${signature(said, unit, secret)}`;
};

/** What `text` says of `unit`; null unless we have signed just that and its time has neither passed nor is to come. */
export const ticketIn = (text: string, unit: UnitId, secret: string, now: Temporal.Instant): Ticket | null => {
  if (text.length > LONGEST) return null;
  const cut = text.lastIndexOf('.');
  const said = text.slice(0, Math.max(0, cut));
  // Compared as they are spelt: another spelling of the same bytes is not what we wrote.
  if (!isSame(text.slice(cut + 1), signature(said, unit, secret))) return null;

  const [until = '', spelt = '', viewer = ''] = said.split('.');
  const span = pageSpans.find((name) => name === spelt);
  const end = Temporal.Instant.fromEpochMilliseconds(Number.parseInt(until, 36));
  const isInTime = Temporal.Instant.compare(now, end) <= 0 && Temporal.Instant.compare(end, ticketUntil(now)) <= 0;
  return span && isInTime ? { unit, span, until: end, viewer: Buffer.from(viewer, 'base64url').toString() } : null;
};

const signature = (said: string, unit: UnitId, secret: string): string =>
  createHmac('sha256', secret).update(`board\n${unit}\n${said}`).digest('base64url');

const isSame = (given: string, right: string): boolean => {
  const [a, b] = [Buffer.from(given), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
};
