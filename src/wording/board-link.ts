/** The way from the chat to the board page, for those who lead. */
import type { Temporal } from 'temporal-polyfill';
import { type Calendar, compareDays } from '../domain/calendar.ts';
import type { Member, Unit } from '../domain/organisation.ts';
import { firstSpan, type PageSpan, pageSpans, periodShown } from '../domain/page-spans.ts';
import type { Span } from '../domain/period.ts';
import type { Translate } from '../i18n.ts';
import type { Block, MemberId } from '../message.ts';
import type { BoardLinks } from '../ports.ts';
import { answersFor } from './requests.ts';

type Sources = {
  readonly links: BoardLinks;
  readonly now: Temporal.ZonedDateTime;
  readonly calendar: Calendar;
  readonly t: Translate;
};

/** A link for `viewer` to the page of `unit` that opens with `period`, where a page has that; none without an address. */
export const linkTo = async (
  viewer: MemberId,
  unit: Unit,
  period: Span | null,
  { links, now, calendar, t }: Sources,
): Promise<readonly Block[]> => {
  const url = await links.board(viewer, unit.id, spanFor(period, { now, calendar }), now.toInstant());
  return url === null ? [] : [{ kind: 'link', text: t('board-page.link', { unit: unit.name }), url }];
};

/** The same for somebody who may not lead at all: to `own` if that is theirs to lead, else to the topmost that is. */
export const linkForLeader = async (
  member: Member | null,
  units: readonly Unit[],
  { own, period }: { readonly own: Unit | null; readonly period: Span },
  sources: Sources,
): Promise<readonly Block[]> => {
  const led = answersFor(member, units);
  const unit = led.find(({ id }) => id === own?.id) ?? led.find(({ parent }) => !led.some(({ id }) => id === parent));
  return member && unit ? linkTo(member.id, unit, period, sources) : [];
};

const spanFor = (period: Span | null, { now, calendar }: Pick<Sources, 'now' | 'calendar'>): PageSpan => {
  const today = now.toPlainDate();
  const isSame = (name: PageSpan) => {
    const shown = periodShown(name, today, calendar);
    return period !== null && compareDays(shown.from, period.from) === 0 && compareDays(shown.to, period.to) === 0;
  };
  return pageSpans.find(isSame) ?? firstSpan(today, calendar);
};
