/**
 * @typedef {{id: string, name: string, chat: string | null, parent: string | null}} Unit
 * @typedef {'good' | 'warning' | 'quiet'} Tone
 * @typedef {{id: string, name: string | null, unit: string | null, roles: string[]}} Member
 * @typedef {{kind: 'text', text: string, as?: 'heading' | Tone}
 *   | {kind: 'list', items: string[], tones?: (Tone | null)[]}
 *   | {kind: 'table', columns: string[], rows: string[][]} | {kind: 'image', url: string, alt: string}
 *   | {kind: 'file', name: string, url: string} | {kind: 'mention', member: string, name: string}
 *   | {kind: 'link', text: string, url: string}
 *   | {kind: 'buttons', buttons: {text: string, command: string}[], stays?: true}} Block
 * @typedef {{chat: string, text: string, blocks: Block[]}} Reply
 * @typedef {Reply & {job: string | null, slot: string | null}} Post
 * @typedef {Post & {n: number, id: string, at: string, kind: 'group' | 'direct', from: {id: string, name?: string} | null}} Line
 * @typedef {{at: string, job: string, title: string, units: string[]}} Coming
 * @typedef {{name: string, aliases: string[], line: string}} Command
 */

/** The interface said no; `message` is for people. */
export class Refused extends Error {
  /**
   * @param {number} status
   * @param {string} code
   * @param {string} message
   */
  constructor(status, code, message) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/**
 * @param {string} path
 * @param {object} [body]
 * @returns {Promise<any>}
 */
const ask = async (path, body) => {
  const response = await fetch(`/playground/api/${path}`, {
    method: body ? 'POST' : 'GET',
    ...(body && { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }),
  });
  const answer = await response.json();
  if (!response.ok) throw new Refused(response.status, answer.error.code, answer.error.message);
  return answer;
};

/** The playground's interface, as the page uses it. */
export const api = {
  /** @returns {Promise<{now: string, units: Unit[], members: Member[]}>} */
  state: () => ask('state'),
  /** @returns {Promise<{chats: Line[]}>} */
  chats: () => ask('chats'),
  /** @returns {Promise<{events: Coming[], frozen: boolean}>} */
  events: () => ask('events'),
  /**
   * @param {string} sender
   * @returns {Promise<{commands: Command[]}>}
   */
  commands: (sender) => ask(`commands?sender=${encodeURIComponent(sender)}`),
  /**
   * @param {string} chat
   * @param {string} kind
   * @param {number} [before] the number of a line
   * @returns {Promise<{lines: Line[]}>}
   */
  transcript: (chat, kind, before) =>
    ask(`transcript?kind=${kind}&chat=${encodeURIComponent(chat)}${before ? `&before=${before}` : ''}`),
  /**
   * @param {{chat: string, sender: string, text: string, id: string}} said
   * @returns {Promise<{replies: Reply[]}>}
   */
  say: (said) => ask('messages', said),
  /**
   * @param {string} now
   * @returns {Promise<{now: string, posts: Post[]}>}
   */
  moveClock: (now) => ask('clock', { now }),
  /**
   * @param {string} seed
   * @returns {Promise<{now: string, claimCode: string | null}>}
   */
  reset: (seed) => ask('reset', { seed }),
};

/**
 * Hears of everything that happens. `again` is called when the connection stands after it was lost: what happened
 * meanwhile has to be asked for.
 *
 * @param {{line(line: Line): void, clock(now: string): void, reset(): void, lost(): void, again(): void}} hear
 * @param {boolean} [wasLost]
 */
export const listen = (hear, wasLost = false) => {
  let isLost = wasLost;
  const stream = new EventSource('/playground/api/stream');
  stream.addEventListener('line', ({ data }) => hear.line(JSON.parse(data)));
  stream.addEventListener('clock', ({ data }) => hear.clock(JSON.parse(data).now));
  stream.addEventListener('reset', () => hear.reset());
  stream.addEventListener('open', () => {
    if (isLost) hear.again();
    isLost = false;
  });
  stream.addEventListener('error', () => {
    isLost = true;
    hear.lost();
    // After an answer that is no stream the browser itself does not try again.
    if (stream.readyState === EventSource.CLOSED) setTimeout(() => listen(hear, true), RETRY_MS);
  });
};

const RETRY_MS = 3_000;
