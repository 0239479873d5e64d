/** Campaigns in words. */

import type { Day } from '../domain/calendar.ts';
import { type Campaign, campaignLabel, campaignState, lastDayOf } from '../domain/campaign.ts';
import type { Translate } from '../i18n.ts';
import type { Block, Reply } from '../message.ts';
import { weekName } from './week.ts';

/** A page on a phone. */
const MOST_LISTED = 20;

/** `C-01 秋季攻坚（11月1日—12月31日，进行中）` */
export const campaignLine = (campaign: Campaign, today: Day, t: Translate): string => {
  const state = campaignState(campaign, today);
  // What was called off never had another end than the one that was announced.
  const to = state === 'cancelled' ? campaign.to : lastDayOf(campaign);
  return t('campaign.line', {
    label: campaignLabel(campaign.number),
    name: campaign.name,
    days: weekName({ from: campaign.from, to }, today, t),
    state,
  });
};

/** Those that run, then those to come, then the past; buttons lead to the boards of what runs. */
export const campaignsReply = (
  all: readonly Campaign[],
  { today, isAdmin, t }: { readonly today: Day; readonly isAdmin: boolean; readonly t: Translate },
): Reply => {
  const admin = isAdmin ? 'yes' : 'no';
  if (all.length === 0) return [{ kind: 'text', text: t('campaign.none', { admin }) }];
  const running = all.filter((one) => campaignState(one, today) === 'running').slice(0, 3);
  const buttons = running.map(({ name }) => ({
    text: t('campaign.board', { name }),
    command: t('campaign.board-command', { name }),
  }));
  const more = Math.max(0, all.length - MOST_LISTED);
  const shown = all.slice(0, MOST_LISTED);
  return [
    { kind: 'text', text: t('campaign.title', { count: all.length }), as: 'heading' },
    { kind: 'list', items: shown.map((one) => campaignLine(one, today, t)) },
    ...(buttons.length > 0 ? [{ kind: 'buttons', buttons, stays: true } satisfies Block] : []),
    ...(more > 0 || isAdmin ? [{ kind: 'text', text: t('campaign.how', { more, admin }) } satisfies Block] : []),
  ];
};
