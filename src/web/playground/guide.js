import { byId, el } from './dom.js';
import { keep, recall } from './keep.js';
import { dateOf } from './time.js';

/** @import { Line, Post } from './api.js' */
/** @import { Say } from './texts.js' */
/** @import { Chat, World } from './world.js' */

const STEPS = /** @type {const} */ (['file', 'nudge', 'digest', 'board']);

/** What shows that a step was taken, whichever way. */
const jobs = { nudge: /^nudge$/, digest: /-digest$/ };

/**
 * The first minute: four steps, each a button that does it and shows what came of it.
 *
 * @param {{world: World, say: Say, fill(text: string): void, send(text: string): void,
 *   go(to: string): Promise<Post[]>, show(chat: Chat): Promise<void>}} deps
 */
export const guide = ({ world, say, fill, send, go, show }) => {
  const place = byId('guide', HTMLElement);
  /** @type {string[]} */
  let done = recall('guide-done', []);
  let isHidden = recall('guide-hidden', false);

  const groupOfMine = () => {
    const unit = world.unit(world.member(world.me())?.unit ?? null);
    const chat = unit?.chat ?? world.units().find((unit) => unit.chat !== null)?.chat;
    return chat ? show({ kind: 'group', id: chat }) : Promise.resolve();
  };

  /** Moves to the next event of such a job and opens the chat in which its first post stands. @param {RegExp} job */
  const see = async (job) => {
    const event = world.events().find((coming) => job.test(coming.job));
    const posts = event ? await go(event.at) : [];
    const found = posts.filter((posted) => posted.job !== null && job.test(posted.job));
    const mine = world.member(world.me())?.unit;
    const post = found.find(({ chat }) => world.member(chat)?.unit === mine) ?? found[0];
    if (post) await show({ kind: world.unitOfChat(post.chat) ? 'group' : 'direct', id: post.chat });
  };

  const act = {
    file: () => groupOfMine().then(() => fill(say('page.guide.sample'))),
    nudge: () => see(jobs.nudge),
    digest: () => see(jobs.digest),
    board: () => groupOfMine().then(() => send(say('page.guide.board-command'))),
  };

  const draw = () => {
    place.hidden = isHidden || world.units().length === 0 || world.isFrozen();
    const isOver = STEPS.every((step) => done.includes(step));
    place.replaceChildren(
      isOver ? '' : el('h2', {}, say('page.guide')),
      isOver
        ? el('p', {}, say('page.guide.over'))
        : el(
            'ol',
            {},
            ...STEPS.map((step, i) =>
              el(
                'li',
                { class: done.includes(step) ? 'done' : null },
                el(
                  'button',
                  { type: 'button', 'data-step': step, onclick: () => act[step]() },
                  el('span', { class: 'tick', 'aria-hidden': 'true' }, done.includes(step) ? '✓' : String(i + 1)),
                  el('b', {}, say(`page.guide.${step}`)),
                  done.includes(step)
                    ? el('small', {}, say('page.guide.done'))
                    : el('small', {}, say(`page.guide.${step}-note`)),
                ),
              ),
            ),
          ),
      el(
        'button',
        {
          type: 'button',
          class: 'icon',
          'aria-label': say('page.guide-close'),
          onclick: () => {
            isHidden = true;
            keep('guide-hidden', isHidden);
            draw();
          },
        },
        '×',
      ),
    );
  };

  /** A step is taken when its line stands in the open chat. @param {Line} line @returns {typeof STEPS[number] | null} */
  const stepIn = ({ job, from, text }) => {
    if (job !== null) return jobs.nudge.test(job) ? 'nudge' : jobs.digest.test(job) ? 'digest' : null;
    if (from?.id !== world.me()) return null;
    if (/^\s*[/／]\s*(日清|rq|daily)/i.test(text)) return 'file';
    return /^\s*[/／]\s*(榜|board)/i.test(text) ? 'board' : null;
  };

  const notice = () => {
    const today = world.lines().filter(({ job, at }) => job !== null || dateOf(at) === world.today());
    const taken = today.map(stepIn).filter((step) => step !== null && !done.includes(step));
    if (taken.length === 0) return;
    done = [...new Set([...done, ...taken.filter((step) => step !== null)])];
    keep('guide-done', done);
    draw();
  };

  world.listen(({ kind }) => {
    if (kind === 'line' || kind === 'talk') notice();
    if (kind === 'me' || kind === 'events') draw();
  });

  return {
    again() {
      isHidden = false;
      done = [];
      keep('guide-hidden', isHidden);
      keep('guide-done', done);
      draw();
    },
    draw,
  };
};
