import { z } from 'zod';
import { type Answer, atHome, type CommandContext, defineCommand, MOST_TYPED } from '../../src/command.ts';
import { previousWorkday, workdaysBetween } from '../../src/domain/calendar.ts';
import { readItemNumbers } from '../../src/domain/item-numbers.ts';
import { carriedLamp, type Lamp, lampRuleOf } from '../../src/domain/lamp.ts';
import { echoed } from '../../src/domain/names.ts';
import { labelled, readPath, type Unit, unitsNamed } from '../../src/domain/organisation.ts';
import { factsOf, isOnLeave } from '../../src/domain/owing.ts';
import { labels } from '../../src/domain/people.ts';
import { readRequest, requestLabel } from '../../src/domain/requests.ts';
import { holds } from '../../src/domain/roles.ts';
import { settingsOf } from '../../src/domain/settings.ts';
import { visible } from '../../src/domain/visible.ts';
import { UserError } from '../../src/errors.ts';
import { type Reply, text } from '../../src/message.ts';
import { digestReply } from '../../src/wording/digest.ts';
import { lampLines, lampWords } from '../../src/wording/items.ts';
import { answersFor, requestReply } from '../../src/wording/requests.ts';

/** What a phone shows without much scrolling. */
const MOST_LISTED = 15;

/** `/看 H-07` a request, `/看 3` one's own unfinished item, `/看 城关镇` a unit's last workday: what a line names, opened. */
export const show = defineCommand({
  name: '看',
  aliases: ['show'],
  help: { line: 'help.show', examples: 'help.show.examples' },
  args: z
    .string()
    .max(MOST_TYPED, 'command.too-long')
    .transform((typed) => (visible(typed) === '' ? '' : typed.trim())),

  run(typed, context) {
    if (typed === '') throw new UserError('show.what');
    const request = readRequest(typed);
    if (request && request.rest === '') return showRequest(request.number, context);
    const numbers = readItemNumbers(typed);
    if (numbers !== null && numbers !== 'all' && numbers.length > 0) return showItems(numbers, context);
    return showUnit(typed, context);
  },
});

/** Whoever may not see it learns no more than that there is nothing to see. */
const showRequest = async (number: number, context: CommandContext): Promise<Answer> => {
  const { me, member, reports, directory } = context;
  const [request, units] = await Promise.all([reports.helpRequest(number), directory.units()]);
  const unit = units.find(({ id }) => id === request?.unit) ?? null;
  const mayLead = unit !== null && answersFor(member, units).includes(unit);
  const isTheirs = request !== null && (request.member === me || holds(member, 'coordinator', request.unit));
  if (!request || !(isTheirs || mayLead)) throw new UserError('request.unknown', { label: requestLabel(number) });
  return { privately: await requestReply(request, unit, context) };
};

const showItems = async (numbers: readonly number[], context: CommandContext): Promise<Answer> => {
  const { me, reports, today, calendar, t } = context;
  const { unit } = atHome(context);
  const [open, period] = await Promise.all([reports.open(unit.id, me), reports.period(unit.id, today, today)]);
  const meant = open.filter(({ number }) => numbers.includes(number));
  if (meant.length < new Set(numbers).size) {
    const unknown = numbers.filter((number) => !open.some((item) => item.number === number));
    throw new UserError('clear.unknown', { numbers: unknown.join(t('list.and')) });
  }
  const sight = { today, calendar, rule: lampRuleOf(settingsOf(unit)), t };
  return {
    privately: [
      { kind: 'list', items: lampLines(meant, { leave: period.leave.get(me) ?? [] }, sight) },
      { kind: 'text', text: t('show.clear', { numbers: meant.map(({ number }) => number).join(' ') }) },
    ],
  };
};

const showUnit = async (typed: string, context: CommandContext): Promise<Answer> => {
  const { member, directory, today, calendar, t } = context;
  const units = await directory.units();
  const found = labelled(units, unitsNamed(units, readPath(typed)));
  const [unit, second] = found;
  if (!unit) throw new UserError('show.unknown', { text: echoed(typed) });
  if (second) {
    throw new UserError('why.which', { text: echoed(typed), units: found.map(({ name }) => name).join(t('list.and')) });
  }
  const own = answersFor(member, units);
  if (!own.some(({ id }) => id === unit.id)) throw new UserError('show.not-yours', { unit: unit.name });

  const day = previousWorkday(today, calendar);
  const about = { kind: 'day', day, before: previousWorkday(day, calendar) } as const;
  const [digest, open] = await Promise.all([
    digestReply(unit, { reach: [unit], own: [unit] }, about, context),
    openLinesOf(unit, context),
  ]);
  const lines = open.slice(0, MOST_LISTED);
  const list: Reply = [
    {
      kind: 'text',
      text: t('show.open', {
        count: open.length,
        shown: lines.length,
        more: open.length > lines.length ? 'yes' : 'no',
      }),
    },
    { kind: 'list', items: lines },
  ];
  const reply = [...(digest ?? []), ...(open.length > 0 ? list : [])];
  return { privately: reply.length > 0 ? reply : text(t('show.nothing', { unit: unit.name })) };
};

/** Every unfinished item of the unit with its owner, the most urgent first: a leader has to know whom to ask. */
const openLinesOf = async (
  unit: Unit,
  { reports, directory, today, calendar, t }: CommandContext,
): Promise<string[]> => {
  const [people, period] = await Promise.all([directory.membersOf(unit.id), reports.period(unit.id, today, today)]);
  const names = labels(people);
  const rule = lampRuleOf(settingsOf(unit));
  return people
    .flatMap((person) => factsOf(person, period).open.map((item) => ({ item, owner: factsOf(person, period), person })))
    .map(({ item, owner, person }) => {
      const { lamp } = carriedLamp(item, today, calendar, (on) => isOnLeave(on, owner), rule);
      const who = names.get(person.id) ?? '';
      const age = workdaysBetween(item.day, today, calendar);
      return {
        urgency: urgency.indexOf(lamp),
        age,
        line: t('show.open-item', { text: item.text, who, age, words: lampWords(lamp, t) }),
      };
    })
    .sort((a, b) => a.urgency - b.urgency || b.age - a.age)
    .map(({ line }) => line);
};

const urgency: readonly Lamp[] = ['red', 'yellow', 'blue', 'paused', 'green'];
