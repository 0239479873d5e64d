/** A county of real stores, told in short: who files what when, and what a job makes of it. */
import { Temporal } from 'temporal-polyfill';
import type { Member, Unit } from '../src/domain/organisation.ts';
import { type Settings, settingsOf } from '../src/domain/settings.ts';
import type { Locale } from '../src/i18n.ts';
import type { Job } from '../src/job.ts';
import { type Chat, chatKey, type Person, plain } from '../src/message.ts';
import type { BoardLinks } from '../src/ports.ts';
import { calendar, house } from './house.ts';
import { at, monday, say, zone } from './values.ts';

export const groupOf = (name: string): Chat => ({ platform: 'playground', id: name, kind: 'group' });
export const person = (id: string, name: string = id): Person => ({ id, name });

/** A house with units and people in it; everybody joined on Friday, 20 November 2026. */
export const county = (locale: Locale = 'zh-CN', links?: BoardLinks) => {
  /** Of what was last said or run. */
  let clock = at(monday).epochMilliseconds;
  const home = house({ locale, clock: () => clock, ...(links && { links }) });

  /** A unit with a group of its name, and people with the roles they are given. */
  const unit = async (
    name: string,
    people: readonly Person[],
    over: {
      settings?: Partial<Settings>;
      parent?: string;
      roles?: Readonly<Record<string, Member['roles'][number]['role'][]>>;
    } = {},
  ): Promise<Unit> => {
    const { settings = {}, parent = null, roles = {} } = over;
    const made = await home.unit(name, { chats: [chatKey(groupOf(name))], settings, parent });
    for (const one of people) {
      await home.member(
        one,
        made,
        (roles[one.id] ?? []).map((role) => ({ role, unit: made.id })),
      );
    }
    return made;
  };

  /** Says it in private, or in the group of a unit. */
  const tell = (who: Person, when: string, text: string, where?: string) => {
    clock = at(when).epochMilliseconds;
    return home.hear(
      say(text, {
        sender: who,
        at: at(when),
        chat: where === undefined ? { platform: 'playground', id: who.id, kind: 'direct' } : groupOf(where),
        addressed: where === undefined,
      }),
    );
  };

  /** What a job posts for `unit` at a minute of Shanghai's time: chat → words. */
  const run = async (job: Job, { id }: Unit, when: string) => {
    clock = at(when).epochMilliseconds;
    const unit = await home.directory.unit(id);
    if (!unit) throw new Error(`no unit ${id}`);
    const now = at(when).toZonedDateTimeISO(zone);
    const { reports, directory, boards, lists, burden, links, t } = home;
    const context = { unit, settings: settingsOf(unit), calendar, at: now.toPlainDateTime(), now, late: false };
    const whole = { ...context, reports, directory, boards, lists, burden, links, t };
    const posts = await job.run(whole);
    await job.kept?.(whole);
    return posts.map(({ chat, reply }) => ({ chat: `${chat.kind}:${chat.id}`, text: plain(reply), reply }));
  };

  return { ...home, unit, tell, run };
};

/** The minutes at which a job falls due for a unit, from one moment to another. */
export const minutesOf = (
  job: Job,
  settings: Partial<Settings>,
  from: string,
  to: string,
  chats = ['playground:group:g'],
  more: Partial<Unit> = {},
) =>
  job
    .due(
      {
        unit: { id: 'u1', name: '城关镇', parent: null, settings, chats, ...more },
        settings: settingsOf({ settings }),
        calendar,
      },
      Temporal.PlainDateTime.from(from),
      Temporal.PlainDateTime.from(to),
    )
    .map((minute) => minute.toString({ smallestUnit: 'minute' }).replace('T', ' '));
