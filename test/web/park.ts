import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Temporal } from 'temporal-polyfill';
import { afterAll, inject } from 'vitest';
import { calendarFrom } from '../../src/domain/calendar.ts';
import type { Member, Unit } from '../../src/domain/organisation.ts';
import { type Locale, translator } from '../../src/i18n.ts';
import { chatKey, type Message, type Reply, text } from '../../src/message.ts';
import { movingClock } from '../../src/platforms/playground/clock.ts';
import { shelf } from '../../src/platforms/playground/files.ts';
import { gallery } from '../../src/platforms/playground/pictures.ts';
import { playground } from '../../src/platforms/playground/playground.ts';
import type { DrawPicture, Post, Receive, Transcript } from '../../src/ports.ts';
import { redisDirectory } from '../../src/store/directory.ts';
import { keysIn } from '../../src/store/keys.ts';
import { connect, ready } from '../../src/store/redis.ts';
import { redisTranscript } from '../../src/store/transcript.ts';
import { playgroundApi } from '../../src/web/playground.ts';
import { at, cause, day, ledger, zone } from '../values.ts';

const { log, errors } = ledger();
export const redis = connect(inject('redis'), log);
const folder = await mkdtemp(join(tmpdir(), 'rq-park-'));
afterAll(async () => {
  redis.disconnect();
  await rm(folder, { recursive: true });
});

type Over = {
  locale?: Locale;
  frozen?: boolean;
  /** Real time when the park opens. */
  realNow?: string;
  receive?: Receive;
  /** Local times at which something falls due, and what is posted then. */
  due?: readonly { at: string; job: string; chat: Message['chat']; reply: Reply }[];
  namespace?: string;
  transcript?: (real: Transcript) => Transcript;
  draw?: DrawPicture;
};

/** A playground with a real store behind it, and a bot that says back whatever begins with a slash or mentions it. */
export const park = async (over: Over = {}) => {
  const namespace = over.namespace ?? `p-${randomUUID().slice(0, 8)}`;
  const keys = keysIn(namespace);
  await ready(redis, 2_000);
  const directory = redisDirectory(redis, keys, () => Date.now());
  const stored = redisTranscript(redis, keys, () => Date.now());
  const transcript = over.transcript ? over.transcript(stored) : stored;
  const t = translator(over.locale ?? 'zh-CN');
  const frozen = over.frozen ?? false;
  let real = at(over.realNow ?? '2026-11-23 09:00');
  const realNow = () => real;
  const heard: Message[] = [];
  const steps: string[] = [];

  const echo: Receive = async (message) => {
    const isForBot = message.addressed || message.text.startsWith('/');
    return isForBot ? [{ chat: message.chat, reply: text(`收到：${message.text}`) }] : [];
  };
  const receive: Receive = async (message) => {
    heard.push(message);
    return (over.receive ?? echo)(message);
  };

  const clock = await movingClock({ transcript, realNow, calendar: calendarFrom(), zone, frozen });
  const due = (over.due ?? []).map((event) => ({ ...event, at: at(event.at) }));
  const between = (from: Temporal.Instant, to: Temporal.Instant) =>
    due
      .filter(({ at }) => Temporal.Instant.compare(at, from) > 0 && Temporal.Instant.compare(at, to) <= 0)
      .sort((a, b) => Temporal.Instant.compare(a.at, b.at));
  let stepped = clock.now();

  const { face, platform, open } = playground({
    clock,
    zone,
    frozen,
    receive,
    directory,
    transcript,
    shelf: shelf(join(folder, namespace)),
    gallery: gallery({ dir: join(folder, `${namespace}-pictures`), draw: over.draw ?? (async () => null), log }),
    commands: [],
    t,
    nextDue: async (from, to) => between(from, to)[0]?.at ?? null,
    async step(now) {
      steps.push(local(now));
      for (const { at, job, chat, reply } of between(stepped, now)) {
        const source: Post['source'] = { job, slot: local(at), unit: 'u1' };
        await platform.send(chat, reply, `${job}/${local(at)}/${chat.id}`, source);
      }
      stepped = now;
    },
    coming: async (from, to) => between(from, to).map(({ at, job }) => ({ at, job, units: ['u1'] })),
    async wipe() {
      const left = await redis.keys(`${namespace}:*`);
      if (left.length > 0) await redis.del(...left);
      directory.forget();
    },
    async fill(now) {
      const message = {
        platform: 'playground',
        chat: group('g1'),
        sender: { id: 'wang', name: '王一' },
        at: now(),
      } as const;
      const said = { id: 'seed-1', text: '/种子', addressed: false, mentions: [], files: [] };
      const answers = await receive({ ...message, ...said });
      const line = { id: said.id, at: now(), chat: message.chat, source: null };
      const answered = answers.map(({ reply }) => ({ ...line, from: null, said: reply }));
      await transcript.record('seed-1', [{ ...line, from: message.sender, said: text(said.text) }, ...answered]);
    },
    claimCode: async () => 'ABCD-1234',
    realNow: () => Temporal.Now.instant(),
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  });

  const app = playgroundApi({ playground: face, isOwnName: (name) => name !== 'rebound.example', t, log });

  /** Asks the interface as a script would. */
  const call = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const response = await app.request(`http://localhost/${path}`, {
      method,
      headers: body === undefined ? headers : { 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    // biome-ignore lint/suspicious/noExplicitAny: a test says what it expects of the answer.
    return { status: response.status, headers: response.headers, body: (await response.json()) as any };
  };
  const post = (path: string, body: unknown, headers?: Record<string, string>) => call('POST', path, body, headers);
  const get = (path: string) => call('GET', path);
  const say = (said: object) => post('messages', { chat: 'g1', sender: 'wang', text: '/日清 走访', ...said });

  const unit = (name: string, more: Partial<Unit> = {}) =>
    directory.change(
      'bind',
      [],
      ({ units }) => {
        const made: Unit = { id: `u${units.length + 1}`, name, parent: null, settings: {}, chats: [], ...more };
        return { units: [made], facts: made.id };
      },
      cause('playground:setup'),
    );
  const member = (id: string, name: string | null, unit: string | null, roles: Member['roles'] = []) => {
    const since = unit ? day('2026-11-20') : null;
    const made = { id, name, unit, since, roles, unreachable: false };
    return directory.change('join', [id], () => ({ members: [made], facts: id }), cause('playground:setup'));
  };

  return {
    ...{ namespace, face, platform, open, app, call, post, get, say, unit, member, directory, transcript },
    ...{ heard, steps, errors, clock, t },
    /** Lets real time pass. */
    pass: (minutes: number) => {
      real = real.add({ milliseconds: minutes * 60_000 });
    },
  };
};

export const local = (moment: Temporal.Instant) =>
  moment.toZonedDateTimeISO(zone).toPlainDateTime().toString({ smallestUnit: 'minute' });

export const group = (id: string): Message['chat'] => ({ platform: 'playground', kind: 'group', id });
export const direct = (id: string): Message['chat'] => ({ platform: 'playground', kind: 'direct', id });
export { at, chatKey };
