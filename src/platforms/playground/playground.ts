import type { Temporal } from 'temporal-polyfill';
import type { Command } from '../../command.ts';
import { isoTime } from '../../domain/local-time.ts';
import type { Member } from '../../domain/organisation.ts';
import { isAllowed, mayRun } from '../../domain/roles.ts';
import { UserError } from '../../errors.ts';
import type { Translate } from '../../i18n.ts';
import type {
  Clock,
  Coming,
  Directory,
  Line,
  Platform,
  Playground,
  PlaygroundChange,
  Receive,
  Seed,
  Transcript,
} from '../../ports.ts';
import type { MovingClock } from './clock.ts';
import type { Shelf } from './files.ts';
import type { Gallery } from './pictures.ts';
import { talk } from './talk.ts';

/** Further at once nobody needs to see, and each day on the way is worked through. */
const MOST_DAYS_AT_ONCE = 400;
/** What the page lists as coming: enough for a working week without the weekly jobs pushing each other out. */
const COMING_DAYS = 14;
/** Nobody waits for a post: it may wait for its picture. In ms. */
const POST_PICTURE_MS = 5_000;

type Deps = {
  clock: MovingClock;
  zone: string;
  frozen: boolean;
  receive: Receive;
  directory: Pick<Directory, 'member' | 'units' | 'everybody'>;
  transcript: Transcript;
  shelf: Shelf;
  gallery: Gallery;
  commands: readonly Command[];
  t: Translate;
  /** The first minute after `from`, up to `to`, at which a job or a waiting post falls due. */
  nextDue(from: Temporal.Instant, to: Temporal.Instant): Promise<Temporal.Instant | null>;
  /** Runs what is due by now and posts what may go out. */
  step(now: Temporal.Instant): Promise<void>;
  coming(from: Temporal.Instant, to: Temporal.Instant): Promise<readonly Coming[]>;
  /** Empties the county's store, and everything that remembers it. */
  wipe(): Promise<void>;
  /** Fills an empty county with people and four weeks of work. */
  fill(now: Clock): Promise<void>;
  claimCode(): Promise<string | null>;
  realNow: Clock;
  wait(ms: number): Promise<void>;
};

/** A group chat on a web page, with a clock that can be moved: the platform for trying, showing and testing. */
export const playground = (deps: Deps) => {
  const { clock, frozen, directory, transcript, shelf, gallery, commands, t, nextDue, step } = deps;
  const listeners = new Set<(change: PlaygroundChange) => void>();
  const publish = (change: PlaygroundChange) => {
    for (const listener of listeners) listener(change);
  };

  const posted = (line: Line) => publish({ kind: 'line', line });
  const say = talk({ ...deps, now: clock.now, botName: t('playground.bot-name'), publish: posted });

  // Moves and resets one after the other; what people say waits for a reset alone.
  let moves: Promise<unknown> = Promise.resolve();
  let emptying: Promise<unknown> = Promise.resolve();
  const saying = new Set<Promise<unknown>>();
  let lastMove: Temporal.Instant | null = null;
  /** What is posted while the clock is moved; null when it stands. */
  let moved: Line[] | null = null;

  const inTurn = <Value>(move: () => Promise<Value>): Promise<Value> => {
    const mine = moves.then(move);
    moves = mine.catch(() => {});
    return mine;
  };

  const refuseWhenFrozen = () => {
    if (frozen) throw new UserError('playground.frozen');
  };

  const move = async (to: Temporal.Instant): Promise<readonly Line[]> => {
    const now = clock.now();
    // Told the same again, as after a lost answer, it has nothing to do.
    if (lastMove?.equals(to)) return [];
    // The interface tells the time in whole seconds: whoever asks for what it told asks for now.
    if (to.epochMilliseconds < now.epochMilliseconds - 999) {
      throw new UserError('playground.clock-backwards', { now: isoTime(now, deps.zone) });
    }
    if (to.since(now).total('hours') > MOST_DAYS_AT_ONCE * 24) {
      throw new UserError('playground.clock-too-far', { days: MOST_DAYS_AT_ONCE });
    }

    const posts: Line[] = [];
    const unsubscribe = listen((change) => {
      if (change.kind === 'line' && change.line.source) posts.push(change.line);
    });
    moved = posts;
    try {
      // A minute that has begun may not have had its tick yet.
      await step(now);
      for (let at = await nextDue(now, to); at !== null; at = await nextDue(at, to)) {
        await clock.forward(at);
        await step(at);
      }
      await clock.forward(to);
      // Nothing is due any more; what was passed is settled, before a unit comes along that was not there then.
      await step(to);
    } finally {
      moved = null;
      unsubscribe();
      publish({ kind: 'clock' });
    }
    lastMove = to;
    return posts;
  };

  const listen: Playground['subscribe'] = (listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };

  /** Leaves a mark, so that a county whose filling was cut off is filled anew at the next start. */
  const begin = async (seed: Seed) => {
    await transcript.setSeeded({ seed, done: false });
    await deps.wipe();
    await Promise.all([shelf.clear(), gallery.clear()]);
    await clock.restart();
    lastMove = null;
    if (seed === 'county') await deps.fill(clock.now);
    await transcript.setSeeded({ seed, done: true });
  };

  const reset = (seed: Seed): Promise<string | null> =>
    inTurn(async () => {
      await Promise.allSettled(saying);
      await begin(seed);
      publish({ kind: 'reset' });
      return seed === 'empty' ? deps.claimCode() : null;
    });

  const face: Playground = {
    zone: deps.zone,
    frozen,
    now: clock.now,

    async say(said) {
      await emptying.catch(() => {});
      const answered = say(said);
      saying.add(answered);
      return answered.finally(() => saying.delete(answered));
    },

    async moveClock(to) {
      refuseWhenFrozen();
      return inTurn(() => move(to));
    },

    async reset(seed) {
      refuseWhenFrozen();
      const done = reset(seed);
      emptying = done;
      return done;
    },

    upload: shelf.put,
    download: shelf.get,
    picture: gallery.get,
    async state() {
      const [units, everybody] = await Promise.all([directory.units(), directory.everybody()]);
      const place = new Map(units.map(({ id }, i) => [id, i]));
      const placeOf = ({ unit }: Member) => (unit === null ? undefined : place.get(unit)) ?? units.length;
      return { units, members: everybody.toSorted((a, b) => placeOf(a) - placeOf(b)) };
    },
    posts: transcript.posts,
    lines: transcript.chat,
    heads: transcript.heads,
    coming: async () => deps.coming(clock.now(), clock.now().add({ hours: 24 * COMING_DAYS })),

    async commandsOf(sender) {
      const member = await directory.member(`playground:${sender}`);
      return commands
        .filter(({ name }) => isAllowed(mayRun[name] ?? [], member))
        .map(({ name, aliases, help }) => ({ name, aliases, line: t(help.line) }));
    },

    subscribe: listen,
  };

  const platform: Platform = {
    name: 'playground',
    async send(chat, reply, id, source) {
      const said = await gallery.illustrated(reply, POST_PICTURE_MS);
      const line = { id, at: clock.now(), chat, from: null, said, source };
      const { fresh, lines } = await transcript.record(`p\n${id}`, [line]);
      if (fresh) for (const line of lines) posted(line);
    },
    isUp: () => true,
    async stop() {
      publish({ kind: 'closed' });
      await Promise.allSettled(saying);
      await moves;
    },
  };

  return {
    platform,
    face,
    /** `other`, whose posts a move of the clock lists as well. */
    alongside: (other: Platform): Platform => ({
      ...other,
      async send(chat, reply, id, source) {
        await other.send(chat, reply, id, source);
        if (source) moved?.push({ n: 0, id, at: clock.now(), chat, from: null, said: reply, source });
      },
    }),
    /** Fills a county that nobody has touched, or whose filling was cut off. */
    async open(): Promise<void> {
      const seeded = await transcript.seeded();
      if (seeded?.done) return;
      const { units, members } = seeded ? { units: [], members: [] } : await face.state();
      if (units.length + members.length === 0) await begin(seeded?.seed ?? 'county');
    },
  };
};
