import { type DestinationStream, destination, pino, stdTimeFunctions } from 'pino';
import type { Log } from './ports.ts';

/** Fields that carry a right to act: whoever reads one in a log could use it. */
const secretFields = [
  'secret',
  'token',
  'accessToken',
  'access_token',
  'password',
  'authorization',
  'cookie',
  'ticket',
  'aesKey',
  'response_url',
  'responseUrl',
  'sessionWebhook',
  'replyHandle',
];
const censored = '[secret]';

/** Where a URL carries one, as WeCom's `?key=` and `?access_token=` do; or the password before its host. */
const inUrl = /([?&](?:key|token|access_token|ticket|secret|sign|response_code)=)[^&#"\\\s]+/gi;
const beforeHost = /(:\/\/[^\s"/@:]*:)[^\s"/@]+@/g;

/**
 * The log: a line of JSON an event, or in colours for a person at a terminal. `secrets` are values that must not stand
 * in it wherever they come from, a library's error message included.
 */
export const pinoLog = async (
  level: string,
  secrets: readonly string[] = [],
  to: DestinationStream & { readonly isTTY?: boolean } = process.stdout,
): Promise<Log> => {
  const hidden = secrets.filter((secret) => secret !== '').map((secret) => JSON.stringify(secret).slice(1, -1));
  const options = {
    level,
    base: null,
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: {
      // `key` alone is a name that errors and messages use as well.
      paths: ['key', ...secretFields.flatMap((name) => [name, `*.${name}`, `*.*.${name}`, `*.*.*.${name}`])],
      censor: censored,
    },
    hooks: {
      streamWrite: (line: string) =>
        hidden
          .reduce((text, secret) => text.replaceAll(secret, censored), line)
          .replace(inUrl, `$1${censored}`)
          .replace(beforeHost, `$1${censored}@`),
    },
  };
  // Sync: a line is out before what it tells of goes on, also when the process dies of it.
  const plain = to === process.stdout ? destination({ dest: 1, sync: true }) : to;
  const log: Log = pino(options, to.isTTY ? await inColours(to) : plain);
  return log;
};

const inColours = async (to: DestinationStream): Promise<DestinationStream> => {
  const { default: pretty } = await import('pino-pretty');
  return pretty({ destination: to as NodeJS.WritableStream, translateTime: 'SYS:HH:MM:ss', singleLine: true });
};
