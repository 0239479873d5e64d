import { randomUUID } from 'node:crypto';
import { coordinatorsOf } from './domain/offices.ts';
import { newcomer } from './domain/organisation.ts';
import type { Translate } from './i18n.ts';
import { type Chat, chatKey, directChat, type MemberId, type Message, memberId, text } from './message.ts';
import type { Clock, Directory, Log, Outbox, Post } from './ports.ts';
import { amongColleagues } from './wording/people.ts';

type Deps = {
  readonly directory: Pick<Directory, 'member' | 'membersOf' | 'officers' | 'unitOfChat' | 'change'>;
  readonly outbox: Outbox;
  readonly now: Clock;
  readonly t: Translate;
  /** Whether an app writes to people, who then need not have opened a chat. */
  readonly hasApp?: () => boolean;
  readonly log: Log;
};

/** How long the coordinator's notice is of use: two days, over a weekend's Monday too. */
const NOTICE_HOURS = 96;

/**
 * Who can be written to privately. A person who never opened the direct chat with the bot is remembered as unreachable
 * when a post is refused; the unit's coordinators are told once; the first private word of that person ends it.
 */
export const reach = ({ directory, outbox, now, t, hasApp = () => false, log }: Deps) => {
  const mark = (id: MemberId, unreachable: boolean, message: string): Promise<boolean> =>
    directory.change(
      'reach',
      [id],
      (known) => {
        const member = known.member(id);
        // What a second identity opened or refused says nothing of the first.
        if (!member || member.id !== id || member.unreachable === unreachable) return { facts: false };
        return { members: [{ ...member, unreachable }], facts: true };
      },
      { message, by: id, at: now() },
    );

  /** A person who has no name yet gets the one that the platform tells now. */
  const call = (id: MemberId, name: string): Promise<boolean> =>
    directory.change(
      'name',
      [id],
      (known) => {
        const member = known.member(id);
        const called = newcomer(id, name).name;
        if (!member || member.id !== id || member.name !== null || called === null) return { facts: false };
        return { members: [{ ...member, name: called }], facts: true };
      },
      { message: `name/${randomUUID()}`, by: id, at: now() },
    );

  return {
    /** The platform said that the post's person cannot be written to. */
    async refused(post: Post): Promise<void> {
      if (post.chat.kind !== 'direct') return;
      const id = memberId(post.chat.platform, post.chat);
      if (!(await mark(id, true, `reach/${post.id}`))) return;
      const member = await directory.member(id);
      if (!member?.unit) return;
      const { unit } = member;
      const called = await amongColleagues(member, directory);
      const told = coordinatorsOf(await directory.officers(), unit).filter(({ unreachable }) => !unreachable);
      await outbox.enqueue(
        told.map((coordinator) => ({
          id: `unreachable/${id}/${post.id}/${chatKey(directChat(coordinator.id))}`,
          chat: directChat(coordinator.id),
          reply: text(t(hasApp() ? 'reach.told-app' : 'reach.told', { name: called })),
          delivery: 'atLeastOnce',
          notBefore: post.notBefore,
          expiresAt: now().add({ hours: NOTICE_HOURS }),
          // What has a source waits through the unit's quiet hours.
          source: { job: 'unreachable', slot: post.source?.slot ?? '', unit },
        })),
      );
      log.info({ member: id, told: told.length }, 'cannot be written to');
    },

    /** A group has lost the robot that spoke there: its coordinators are told, or else the administrators. */
    async voiceLost(chat: Chat): Promise<void> {
      const unit = await directory.unitOfChat(chat);
      if (!unit) return;
      const officers = await directory.officers();
      const own = coordinatorsOf(officers, unit.id);
      const admins = officers.filter(({ roles }) => roles.some(({ role }) => role === 'admin'));
      const told = (own.length > 0 ? own : admins).filter(({ unreachable }) => !unreachable);
      const hasBot = chat.id.startsWith('webhook/') ? 'no' : 'yes';
      const at = now();
      await outbox.enqueue(
        told.map(({ id }) => ({
          id: `voice-lost/${chatKey(chat)}/${at.epochMilliseconds}/${id}`,
          chat: directChat(id),
          reply: text(t('reach.voice-lost', { unit: unit.name, hasBot })),
          delivery: 'atLeastOnce',
          notBefore: at,
          expiresAt: at.add({ hours: NOTICE_HOURS }),
          source: { job: 'voice-lost', slot: '', unit: unit.id },
        })),
      );
      log.warn({ chat: chatKey(chat), told: told.length }, 'a group has lost its robot');
    },

    /** Somebody spoke; privately, they can be answered there from now on. */
    async heard(message: Message): Promise<void> {
      const id = memberId(message.platform, message.sender);
      const member = await directory.member(id);
      const { name } = message.sender;
      if (member && member.id === id && member.name === null && name) await call(id, name);
      if (message.chat.kind === 'direct' && member?.unreachable) await mark(id, false, `reach/${randomUUID()}`);
    },
  };
};
