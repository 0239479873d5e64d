/** Help requests (求助) as their authors and leaders read them. */
import type { Temporal } from 'temporal-polyfill';
import type { Calendar, Day } from '../domain/calendar.ts';
import { echoed } from '../domain/names.ts';
import { type Member, reach, type Unit } from '../domain/organisation.ts';
import { fullLabel } from '../domain/people.ts';
import type { Filed } from '../domain/report.ts';
import { type Asked, answerLamp, answerTerm, isLed, requestLabel } from '../domain/requests.ts';
import { settingsOf } from '../domain/settings.ts';
import type { Translate } from '../i18n.ts';
import type { MemberId, Reply } from '../message.ts';
import type { Cause, Directory, HelpItem, HelpRequest, ReportStore } from '../ports.ts';
import { dayName } from './day.ts';
import { lampWords } from './items.ts';
import { shortDay } from './week.ts';

/** What a letter of a report asks for help. */
const HELP = 'h';

/** `was`: what the item at a place was before its day was rewritten. */
type Asker = { readonly unit: Unit; readonly member: MemberId; readonly was?: (index: number) => HelpItem['was'] };

const NOTHING: Asked = { numbers: [], isLed: true };

/**
 * The numbers of the requests in what was filed; none in most reports, and nothing is asked of the store then. Cut off
 * before, the same message numbers them when it comes again.
 */
export const numbersFor = async (
  { entry, day, letters }: Filed,
  { unit, member, was = () => undefined }: Asker,
  { reports, directory, cause }: { reports: ReportStore; directory: Directory; cause: Cause },
): Promise<Asked> => {
  const items = [...letters].flatMap((letter, index) =>
    letter === HELP ? [{ unit: unit.id, member, day, entry, index, was: was(index) }] : [],
  );
  if (items.length === 0) return NOTHING;
  const [numbers, officers, units] = await Promise.all([
    reports.numberHelp(items, { ...cause, message: `${cause.message}\nhelp` }),
    directory.officers(),
    directory.units(),
  ]);
  return { numbers, isLed: isLed(unit.id, units, officers) };
};

/** The units whose requests a person may answer. */
export const answersFor = (member: Member | null, units: readonly Unit[]): readonly Unit[] => [
  ...new Set([...reach(member, 'leader', units), ...reach(member, 'unitHead', units)]),
];

type Sight = {
  readonly now: Temporal.ZonedDateTime;
  readonly calendar: Calendar;
  readonly t: Translate;
};

/** How the clock of whoever is to answer stands, by the rule of the unit that asked. */
const clockOf = (asked: Day, unit: Pick<Unit, 'settings'> | null, { now, calendar }: Sight) => {
  const term = answerTerm(asked, settingsOf(unit ?? { settings: {} }).answerWorkdays, calendar);
  const { lamp } = answerLamp(term, { day: now.toPlainDate(), minute: now.hour * 60 + now.minute }, calendar);
  return { lamp, ...term };
};

/** The day on which the answer is due, by the rule of the unit that asked. */
export const answerDue = (asked: Day, unit: Pick<Unit, 'settings'>, calendar: Calendar): Day =>
  answerTerm(asked, settingsOf(unit).answerWorkdays, calendar).due;

/** `H-07 🟡Y 黄灯 请协调用地指标（城关镇，应在12月1日 18:00 前答复）` */
export const waitingLine = (
  request: { readonly number: number; readonly day: Day; readonly text: string; readonly unit: Unit },
  sight: Sight,
): string => {
  const { number, day, text, unit } = request;
  const { lamp, due, hour } = clockOf(day, unit, sight);
  const { t } = sight;
  const said = { label: requestLabel(number), words: lampWords(lamp, t), text: echoed(text), unit: unit.name };
  return t('request.waiting-line', { ...said, due: shortDay(due, t), hour });
};

/** Everything there is to a request, on one screen. */
export const requestReply = async (
  request: HelpRequest,
  unit: Unit | null,
  { reports, directory, ...sight }: Sight & { readonly reports: ReportStore; readonly directory: Directory },
): Promise<Reply> => {
  const { t, now } = sight;
  const today = now.toPlainDate();
  const [[text = null], author, open] = await Promise.all([
    reports.texts(request.unit, [request]),
    directory.member(request.member),
    reports.open(request.unit, request.member),
  ]);
  const { lamp, due, hour } = clockOf(request.day, unit, sight);
  const isOpen = open.some(({ entry, index }) => entry === request.entry && index === request.index);
  const state = request.answer ? 'answered' : isOpen ? 'waiting' : 'gone';
  const who = author ? fullLabel(author) : '';
  const lines = [
    text ?? t('item.erased'),
    t('request.asked', { who, unit: unit?.name ?? '', day: dayName(request.day, today, t) }),
  ];
  if (request.answer) {
    const by = await directory.member(request.answer.by);
    const at = request.answer.at.toZonedDateTimeISO(now.timeZoneId).toPlainDate();
    const said = request.answer.text ?? t('item.erased');
    lines.push(t('request.answered', { who: by ? fullLabel(by) : '', day: dayName(at, today, t), text: said }));
  } else if (isOpen) {
    lines.push(t('request.due', { words: lampWords(lamp, t), due: dayName(due, today, t), hour }));
  }
  return [
    { kind: 'text', text: t('request.title', { label: requestLabel(request.number), state }), as: 'heading' },
    { kind: 'list', items: lines },
  ];
};
