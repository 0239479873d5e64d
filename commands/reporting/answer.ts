import { z } from 'zod';
import { type Answer, type CommandContext, defineCommand } from '../../src/command.ts';
import { labelled } from '../../src/domain/organisation.ts';
import { fullLabel } from '../../src/domain/people.ts';
import { readRequest, requestLabel } from '../../src/domain/requests.ts';
import { visible } from '../../src/domain/visible.ts';
import { UserError } from '../../src/errors.ts';
import { text } from '../../src/message.ts';
import { dayName } from '../../src/wording/day.ts';
import { requestsIn } from '../../src/wording/read-requests.ts';
import { answersFor, waitingLine } from '../../src/wording/requests.ts';

/** As long as an item of a report may be: an answer is a decision, not a paper. */
const MOST_CHARACTERS = 500;
/** A list that fits a phone's screen. */
const MOST_LISTED = 15;

/** `/答复 H-07 同意，周五前办`: a leader answers a request for help; alone it lists what waits for an answer. */
export const answer = defineCommand({
  name: '答复',
  aliases: ['answer'],
  help: { line: 'help.answer', examples: 'help.answer.examples' },
  args: z
    .string()
    .max(2 * MOST_CHARACTERS, 'answer.too-long')
    .transform((typed) => typed.trim()),

  async run(typed, context) {
    if (visible(typed) === '') return waitingFor(context);
    const read = readRequest(typed);
    if (!read) throw new UserError('answer.which');
    const said = visible(read.rest);
    if (said === '') throw new UserError('answer.empty', { label: requestLabel(read.number) });
    if (said.length > MOST_CHARACTERS) throw new UserError('answer.too-long');
    return answered(read.number, said, context);
  },
});

const answered = async (number: number, said: string, context: CommandContext): Promise<Answer> => {
  const { member, reports, directory, today, now, cause, tell, t } = context;
  const label = requestLabel(number);
  const [request, units] = await Promise.all([reports.helpRequest(number), directory.units()]);
  const unit = units.find(({ id }) => id === request?.unit);
  if (!request || !unit) throw new UserError('request.unknown', { label });
  if (!answersFor(member, units).includes(unit)) throw new UserError('answer.not-yours', { label, unit: unit.name });
  if (!request.answer) {
    const open = await reports.open(request.unit, request.member);
    const waits = open.some(({ entry, index }) => entry === request.entry && index === request.index);
    if (!waits) throw new UserError('answer.gone', { label });
  }

  const outcome = await reports.answerHelp(number, said, today, cause);
  if (outcome.state === 'unknown') throw new UserError('request.unknown', { label });
  if (outcome.state === 'before') {
    const by = await directory.member(outcome.by);
    const day = dayName(outcome.at.toZonedDateTimeISO(now.timeZoneId).toPlainDate(), today, t);
    throw new UserError('answer.before', { label, who: by ? fullLabel(by) : '', day });
  }
  const [author, [asked = null]] = await Promise.all([
    directory.member(request.member),
    reports.texts(request.unit, [request]),
  ]);
  if (author && member && author.id !== member.id) {
    const told = t('answer.told', {
      label,
      asked: asked ?? t('item.erased'),
      who: member.name ?? fullLabel(member),
      text: said,
    });
    await tell('answer', [{ to: author, unit: unit.id, reply: text(told) }]);
  }
  const isReachable = author !== null && !author.unreachable;
  return text(t('answer.done', { label, who: author ? fullLabel(author) : '', told: isReachable ? 'yes' : 'no' }));
};

const waitingFor = async (context: CommandContext): Promise<Answer> => {
  const { member, directory, t } = context;
  const units = await directory.units();
  const asked = await requestsIn(labelled(units, answersFor(member, units)), context);
  if (asked.length === 0) return { privately: text(t('answer.none')) };
  const shown = asked.slice(0, MOST_LISTED).map(({ unit, ...request }) => waitingLine({ ...request, unit }, context));
  return {
    privately: [
      {
        kind: 'text',
        text: t('answer.list', {
          count: asked.length,
          shown: shown.length,
          more: asked.length > shown.length ? 'yes' : 'no',
        }),
      },
      { kind: 'list', items: shown },
      { kind: 'text', text: t('answer.hint', { label: requestLabel(asked[0]?.number ?? 1) }) },
    ],
  };
};
