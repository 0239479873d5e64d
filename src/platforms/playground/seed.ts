import { Temporal } from 'temporal-polyfill';
import type { Calendar } from '../../domain/calendar.ts';
import { type Chat, chatKey, type Message, text } from '../../message.ts';
import type { Answered, Clock, Line, Receive, Transcript } from '../../ports.ts';
import { dayOne, fourWeeks, type Saying, settingUp } from './history.ts';

type Deps = {
  receive: Receive;
  transcript: Pick<Transcript, 'record'>;
  calendar: Calendar;
  zone: string;
  claimCode(): Promise<string | null>;
};

/** So far back the chats show what was said; the boards know all of it. */
const SHOWN_DAYS = 8;

/** Fills an empty county with people and four weeks of work, said to the bot as they would say it themselves. */
export const seed =
  ({ receive, transcript, calendar, zone, claimCode }: Deps) =>
  async (clock: Clock): Promise<void> => {
    const now = clock().toZonedDateTimeISO(zone);
    const first = dayOne(now.toPlainDate(), calendar);
    const times = {
      at: (day: Temporal.PlainDate, time: string) =>
        day.toZonedDateTime({ timeZone: zone, plainTime: Temporal.PlainTime.from(time) }).toInstant(),
    };
    const code = await claimCode();
    if (code === null) throw new Error('the county to be filled has an administrator already');

    const lines: Omit<Line, 'n'>[] = [];
    const shownFrom = now.subtract({ days: SHOWN_DAYS }).toInstant();
    let count = 0;
    const say = async (saying: Saying): Promise<void> => {
      count += 1;
      const message = messageOf(saying, `seed-${count}`);
      const answers = await receive(message);
      if (Temporal.Instant.compare(saying.at, shownFrom) > 0) lines.push(...linesOf(saying, message, answers));
    };
    const sayAll = (sayings: readonly Saying[]) => Promise.all(sayings.map(say));

    for (const round of settingUp(first, code, times)) await sayAll(round);
    // The inbox keeps what one person says in order.
    for (const day of fourWeeks(first, now, calendar, times)) await sayAll(day.flat());

    lines.sort((a, b) => Temporal.Instant.compare(a.at, b.at));
    const said = [...Map.groupBy(lines, ({ id, chat }) => `m\n${chatKey(chat)}\n${id}`)];
    await Promise.all(said.map(([id, lines]) => transcript.record(id, lines)));
  };

const chatOf = ({ chat, sender }: Saying): Chat => ({
  platform: 'playground',
  id: chat,
  kind: chat === sender.id ? 'direct' : 'group',
});

const messageOf = (saying: Saying, id: string): Message => {
  const chat = chatOf(saying);
  return {
    id,
    platform: 'playground',
    chat,
    sender: { id: saying.sender.id, name: saying.sender.name },
    text: saying.text,
    addressed: chat.kind === 'direct',
    mentions: [],
    files: [],
    at: saying.at,
  };
};

const linesOf = (saying: Saying, { id, sender }: Message, answers: readonly Answered[]): Omit<Line, 'n'>[] => [
  { id, at: saying.at, chat: chatOf(saying), from: sender, said: text(saying.text), source: null },
  ...answers.map(({ chat, reply }) => ({ id, at: saying.at, chat, from: null, said: reply, source: null })),
];
