import { z } from 'zod';
import { type Answer, type CommandContext, defineCommand, MOST_TYPED } from '../../src/command.ts';
import {
  type Campaign,
  campaignLabel,
  campaignNamed,
  campaignsInOrder,
  readCampaign,
} from '../../src/domain/campaign.ts';
import { echoed } from '../../src/domain/names.ts';
import { holds } from '../../src/domain/roles.ts';
import { UserError } from '../../src/errors.ts';
import { type Reply, text } from '../../src/message.ts';
import { campaignLine, campaignsReply } from '../../src/wording/campaign.ts';
import { unlessRefused } from '../../src/wording/refusals.ts';

/** `/活动` lists campaigns; an admin starts one (`启动 秋季攻坚 11-01 至 12-31`) and ends it (`结束 C-01`). */
export const campaign = defineCommand({
  name: '活动',
  aliases: ['campaign'],
  help: { line: 'help.campaign', examples: 'help.campaign.examples' },
  args: z.string().max(MOST_TYPED, 'command.too-long'),

  async run(typed, context): Promise<Answer> {
    const { campaigns, member, today } = context;
    const order = readCampaign(typed, today);
    const isAdmin = holds(member, 'admin', null);
    if (order.act === 'list') {
      const all = campaignsInOrder(await campaigns.campaigns(), today);
      return campaignsReply(all, { today, isAdmin, t: context.t });
    }
    if (order.act === 'unreadable') throw new UserError('campaign.unreadable', { text: echoed(typed) });
    if (!isAdmin) throw new UserError('campaign.not-yours');
    return order.act === 'start' ? start(order, context) : end(order.which, context);
  },
});

const start = async (
  { name, span }: Extract<ReturnType<typeof readCampaign>, { act: 'start' }>,
  { campaigns, directory, today, cause, t }: CommandContext,
): Promise<Reply> => {
  const unitNames = (await directory.units()).map((unit) => unit.name);
  const started = await campaigns.start({ name, span }, { today, unitNames }, cause);
  const { campaign: made, overlaps } = unlessRefused(started, (rule) => `campaign.${rule}`, t);
  const others = overlaps.map((one: Campaign) => `${campaignLabel(one.number)} ${one.name}`).join(t('list.and'));
  return text(
    [
      t('campaign.started', {
        campaign: campaignLine(made, today, t),
        name: made.name,
        label: campaignLabel(made.number),
      }),
      ...(others === '' ? [] : [t('campaign.overlaps', { others })]),
    ].join('\n'),
  );
};

const end = async (which: string, { campaigns, today, cause, t }: CommandContext): Promise<Reply> => {
  const meant = which === '' ? null : campaignNamed(await campaigns.campaigns(), which);
  const ended = meant && (await campaigns.end(meant.number, today, cause));
  if (!ended) throw new UserError('campaign.unknown', { text: echoed(which) });
  const campaign = campaignLine(ended.campaign, today, t);
  if (ended.state === 'over') throw new UserError('campaign.over', { campaign });
  return text(t(`campaign.${ended.state}`, { campaign, name: ended.campaign.name }));
};
