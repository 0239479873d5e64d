/** What `/看` opens of one thing: a request, or one's own unfinished items. */
import { lampRuleOf } from '../domain/lamp.ts';
import type { Unit } from '../domain/organisation.ts';
import { requestLabel } from '../domain/requests.ts';
import { holds } from '../domain/roles.ts';
import { settingsOf } from '../domain/settings.ts';
import { UserError } from '../errors.ts';
import type { Reply } from '../message.ts';
import { lampLines } from './items.ts';
import { answersFor, requestReply } from './requests.ts';
import type { ShowTalk } from './show-units.ts';

/** Whoever may not see it learns no more than that there is nothing to see. */
export const showRequest = async (number: number, context: ShowTalk): Promise<Shown> => {
  const { me, member, reports, directory } = context;
  const [request, units] = await Promise.all([reports.helpRequest(number), directory.units()]);
  const unit = units.find(({ id }) => id === request?.unit) ?? null;
  const mayLead = unit !== null && answersFor(member, units).includes(unit);
  const isTheirs = request !== null && (request.member === me || holds(member, 'coordinator', request.unit));
  if (!request || !(isTheirs || mayLead)) throw new UserError('request.unknown', { label: requestLabel(number) });
  return { privately: await requestReply(request, unit, context) };
};

/** By their numbers, in the unit of whoever asks. */
export const showItems = async (unit: Unit, numbers: readonly number[], context: ShowTalk): Promise<Shown> => {
  const { me, reports, today, calendar, t } = context;
  const [open, period] = await Promise.all([reports.open(unit.id, me), reports.period(unit.id, today, today)]);
  const meant = open.filter(({ number }) => numbers.includes(number));
  if (meant.length < new Set(numbers).size) {
    const unknown = numbers.filter((number) => !open.some((item) => item.number === number));
    throw new UserError('show.no-item', { numbers: unknown.join(t('list.and')) });
  }
  const sight = { today, calendar, rule: lampRuleOf(settingsOf(unit)), t };
  return {
    privately: [
      { kind: 'list', items: lampLines(meant, { leave: period.leave.get(me) ?? [] }, sight) },
      { kind: 'text', text: t('show.clear', { numbers: meant.map(({ number }) => number).join(' ') }) },
    ],
  };
};

type Shown = { readonly privately: Reply };
