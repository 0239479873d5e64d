/** Robots that speak in a unit's groups, and groups that are made for it: what `/绑定` does and says about them. */
import {
  decideMade,
  decideNewGroup,
  decideNoRobot,
  decideRobot,
  decideUnmade,
  type VoiceFacts,
  type VoiceOrder,
  type VoiceRule,
} from '../domain/group-voice.ts';
import { type UnitId, unitLabel } from '../domain/organisation.ts';
import { PlatformError, UserError } from '../errors.ts';
import type { Translate } from '../i18n.ts';
import { type Chat, chatKey, chatOf, list, type MemberId, type Message, type Reply, text } from '../message.ts';
import type { Cause, Decision, Directory, GroupVoices, Organisation } from '../ports.ts';
import { unlessRefused } from './refusals.ts';

type Talk = {
  readonly message: Message;
  readonly cause: Cause;
  readonly me: MemberId;
  readonly directory: Pick<Directory, 'change' | 'units' | 'membersOf'>;
  readonly voices: GroupVoices | null;
  readonly t: Translate;
  announce(
    kind: string,
    said: readonly { readonly chat: Chat; readonly unit: UnitId; readonly reply: Reply }[],
  ): Promise<void>;
};

/** A group of the app has the owner and one more at least. */
const FEWEST = 2;

/** Does what was ordered, and says what came of it. */
export const orderVoice = async (order: VoiceOrder, talk: Talk): Promise<Reply> => {
  const { message, voices } = talk;
  // Whatever else is wrong with it: everybody has read it now.
  if (order.kind === 'robot' && message.chat.kind === 'group') throw new UserError('bind.key-in-group');
  if (!voices) throw new UserError('bind.no-voices');
  switch (order.kind) {
    case 'robots':
      return robots(voices, talk);
    case 'robot':
      return text(await robot(order, voices, talk));
    case 'no-robot':
      return text(await noRobot(order, voices, talk));
    case 'make':
      return text(await made(order.unit, voices, talk));
    case 'unmake':
      return text(await unmade(order.unit, talk));
  }
};

type Decided = ReturnType<typeof decideRobot>;

const changed = async ({ directory, cause, t }: Talk, decide: (now: Organisation) => Decided): Promise<VoiceFacts> =>
  directory.change<VoiceFacts>('bind', [], (now): Decision<VoiceFacts> => unlessRefused(decide(now), keyOf, t), cause);

const keyOf = (rule: VoiceRule) => `bind.${rule}` as const;

const robot = async (
  order: Extract<VoiceOrder, { kind: 'robot' }>,
  voices: GroupVoices,
  talk: Talk,
): Promise<string> => {
  const { directory, cause, t } = talk;
  const key = voices.keyIn(order.address);
  if (key === null) throw new UserError('bind.no-address');
  if (order.unit === '') throw new UserError('bind.robot-unit');
  const alone = chatKey(voices.chatOf(key));
  const decide = ({ units }: Pick<Organisation, 'units'>) => decideRobot(units, order, alone);
  // First whether the unit is clear, then whether the robot speaks: a wrong order says nothing in any group.
  const { facts } = unlessRefused(decide({ units: await directory.units() }), keyOf, t);
  await greeted(voices, key, t('bind.robot-hello', { unit: facts.unit }));
  const { unit, chat, dropped, isRobotOnly } = await changed(talk, decide);
  await voices.robots.set(chat, key, cause.at);
  if (dropped !== null) await voices.robots.set(dropped, null, cause.at);
  return t('bind.robot', { unit, end: key.slice(-4), alone: isRobotOnly ? 'yes' : 'no' });
};

const greeted = async (voices: GroupVoices, key: string, words: string): Promise<void> => {
  try {
    await voices.greet(key, words);
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    if (error.outcome === 'refused') throw new UserError('bind.robot-refused', { code: String(error.code) });
    throw new UserError('bind.robot-silent', { code: String(error.code) });
  }
};

const noRobot = async (
  order: Extract<VoiceOrder, { kind: 'no-robot' }>,
  { robots }: GroupVoices,
  talk: Talk,
): Promise<string> => {
  const speaking = new Set((await robots.all()).keys());
  const { unit, chat, isRobotOnly } = await changed(talk, ({ units }) => decideNoRobot(units, order, speaking));
  await robots.set(chat, null, talk.cause.at);
  return talk.t('bind.robot-off', { unit, alone: isRobotOnly ? 'yes' : 'no' });
};

const robots = async ({ robots }: GroupVoices, { directory, t }: Talk): Promise<Reply> => {
  const [ends, units] = await Promise.all([robots.all(), directory.units()]);
  const lines = units.flatMap((unit) =>
    unit.chats.flatMap((chat) => {
      const end = ends.get(chat);
      return end === undefined ? [] : [t('bind.robots.one', { unit: unitLabel(units, unit), end })];
    }),
  );
  return lines.length === 0 ? text(t('bind.robots-none')) : [...text(t('bind.robots')), ...list(lines)];
};

const made = async (said: string, voices: GroupVoices, talk: Talk): Promise<string> => {
  const { directory, cause, me, t } = talk;
  if (!voices.make) throw new UserError('bind.no-app');
  const unit = unlessRefused(
    decideNewGroup(await directory.units(), said, chatKey(voices.groupOf(cause.message))),
    keyOf,
    t,
  );
  const members = await directory.membersOf(unit.id);
  const users = [...new Set([me, ...members.map(({ id }) => id)].flatMap(userOf))];
  if (users.length < FEWEST) throw new UserError('bind.too-few', { unit: unit.name });
  const chat = await voices.make({ id: cause.message, name: unit.name, members: users }).catch((error: unknown) => {
    if (!(error instanceof PlatformError)) throw error;
    throw new UserError('bind.make-refused', { code: String(error.code) });
  });
  const facts = await changed(talk, ({ units }) => decideMade(units, said, chatKey(chat)));
  // WeCom shows a group only when something was said in it.
  const hello = text(t('bind.group-hello', { unit: facts.unit }));
  await talk.announce('group-made', [{ chat: chatOf(facts.chat), unit: facts.id, reply: hello }]);
  return t('bind.group', { unit: facts.unit, count: users.length });
};

const unmade = async (said: string, talk: Talk): Promise<string> => {
  const { unit } = await changed(talk, ({ units }) => decideUnmade(units, said));
  return talk.t('bind.group-off', { unit });
};

const WECOM = 'wecom:';
const userOf = (id: MemberId): readonly string[] => (id.startsWith(WECOM) ? [id.slice(WECOM.length)] : []);
