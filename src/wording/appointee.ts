import type { AppointmentText } from '../domain/appointment-text.ts';
import { echoed } from '../domain/names.ts';
import { type Member, newcomer, readPath, unitsNamed } from '../domain/organisation.ts';
import { idSpelt, peopleNamed } from '../domain/people.ts';
import { UserError } from '../errors.ts';
import type { Translate } from '../i18n.ts';
import { type Message, memberId, platformNames } from '../message.ts';
import type { Directory } from '../ports.ts';
import { onlyOne } from './people.ts';

type Asking = { readonly message: Message; readonly directory: Directory; readonly t: Translate };

/** A person's name has no more. */
const MOST_WORDS = 6;

/**
 * Who is appointed and in which unit: by mention, else by user id, else by a name that one person alone has. Somebody
 * who was mentioned may be new to the bot, and so may a user id: WeCom's mentions carry none, and roles come before
 * reports.
 */
export const appointee = async (
  { person, unit }: AppointmentText,
  { message, directory, t }: Asking,
): Promise<{ readonly person: Member; readonly unit: readonly string[] }> => {
  const [mentioned, another] = message.mentions;
  if (another) throw new UserError('appoint.one-at-a-time');
  const spoken = mentioned ?? (['我', 'me'].includes(person) ? message.sender : null);
  if (spoken) return { person: newcomer(memberId(message.platform, spoken), spoken.name ?? null), unit };
  if (person === '') throw new UserError('appoint.nobody');

  const [units, everybody] = await Promise.all([directory.units(), directory.everybody()]);
  const words = person.split(' ');
  // `张三 城关镇 联络员`: the longest beginning that is somebody; the rest is a unit.
  for (let count = Math.min(words.length, MOST_WORDS); count > 0; count -= 1) {
    const who = words.slice(0, count).join(' ');
    const found = peopleNamed(who, message.platform, everybody);
    const where = count < words.length ? readPath(words.slice(count).join(' ')) : unit;
    if (found.length > 0) return { person: onlyOne(found, who, { units, t }), unit: where };
  }
  const [first = '', ...rest] = words;
  const where = readPath(rest.join(' '));
  const isUnit = rest.length === 0 || unitsNamed(units, where).length > 0;
  const id = isUnit ? idSpelt(first, message.platform, platformNames) : null;
  if (id === null) throw new UserError('appoint.unknown', { words: echoed(person) });
  return { person: newcomer(id, null), unit: rest.length === 0 ? unit : where };
};
