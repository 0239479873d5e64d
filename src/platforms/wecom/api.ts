import { randomUUID } from 'node:crypto';
import { type Dispatcher, Pool } from 'undici';
import { z } from 'zod';
import type { PlatformError } from '../../errors.ts';
import { foreign, refusal, unanswered, unreachable } from './codes.ts';

export type Upload = { readonly field: 'media'; readonly name: string; readonly bytes: Uint8Array };

export type ApiCall = {
  /** Such as /cgi-bin/message/send. */
  readonly path: string;
  /** Never told to anybody: tokens, secrets and keys stand here. */
  readonly query: Readonly<Record<string, string>>;
  /** With one it is a POST. */
  readonly body?: object;
  readonly upload?: Upload;
  /** Nothing can come of doing it twice. */
  readonly isRepeatable?: boolean;
};

/** The answer of an errcode 0. Throws PlatformError. */
export type Api = {
  call(call: ApiCall): Promise<Readonly<Record<string, unknown>>>;
  close(): Promise<void>;
};

export type ApiTiming = { readonly connectMs: number; readonly answerMs: number };
export const apiTiming: ApiTiming = { connectMs: 5_000, answerMs: 10_000 };

/** As many calls at once; WeCom answers 45033 to a corp that has many more. */
const CONNECTIONS = 50;
/** No answer is longer than a list of a corp's people. */
const MOST_BYTES = 4 * 1024 * 1024;
/** Of what WeCom says of a refusal. */
const MOST_SAID = 200;
const LONGEST_PAUSE_MS = 3_600_000;
const SHORTEST_SECRET = 6;

const Answer = z.looseObject({ errcode: z.int(), errmsg: z.string().catch('') });

/** Errors of a connection that was not made: nothing was sent over it. */
const notMade =
  /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT)$|CERT|TLS|UNABLE_TO_VERIFY/u;

/**
 * WeCom's HTTP API, at `url` and nowhere else: redirects are not followed. Answers are awaited for so long and read up
 * to so many bytes, and judged by their errcode.
 */
export const wecomApi = (url: string, timing: ApiTiming = apiTiming): Api => {
  const { origin, pathname } = new URL(url);
  const base = pathname.replace(/\/+$/u, '');
  const pool = new Pool(origin, {
    connections: CONNECTIONS,
    connect: { timeout: timing.connectMs },
    headersTimeout: timing.answerMs,
    bodyTimeout: timing.answerMs,
    maxResponseSize: MOST_BYTES,
  });

  return {
    async call({ path, query, body, upload, isRepeatable = false }) {
      const asked = `${base}${path}?${new URLSearchParams(query)}`;
      const sent = upload ? multipart(upload) : body ? json(body) : null;
      let answer: { readonly status: number; readonly text: string; readonly pause: unknown };
      try {
        const { statusCode, headers, body } = await pool.request({
          method: sent ? 'POST' : 'GET',
          path: asked,
          ...sent,
          // A body that comes a byte at a time is never late by the other two.
          signal: AbortSignal.timeout(timing.answerMs),
        });
        answer = { status: statusCode, text: await body.text(), pause: headers['retry-after'] };
      } catch (error) {
        throw failed(error, isRepeatable);
      }
      const read = Answer.safeParse(parsed(answer.text));
      if (!read.success) throw foreign(answer.status, pauseMs(answer.pause), isRepeatable);
      const { errcode, errmsg } = read.data;
      if (errcode !== 0) throw refusal(errcode, discreet(errmsg, query));
      return read.data;
    },
    close: () => pool.destroy(),
  };
};

type Sent = Pick<Dispatcher.RequestOptions, 'headers' | 'body'>;

const json = (body: object): Sent => ({
  headers: { 'content-type': 'application/json; charset=utf-8' },
  body: JSON.stringify(body),
});

/** By hand, since WeCom wants the name of the file in plain UTF-8 and its length in the head of the part. */
const multipart = ({ field, name, bytes }: Upload): Sent => {
  const boundary = `riqing-${randomUUID()}`;
  const file = name.replace(/[\p{Cc}"\\]/gu, '_');
  const head = [
    `--${boundary}`,
    `Content-Disposition: form-data; name="${field}"; filename="${file}"; filelength=${bytes.length}`,
    'Content-Type: application/octet-stream',
  ];
  return {
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    body: Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]),
  };
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

/** By the error's code alone: its words may hold the address that was called. */
const failed = (error: unknown, isRepeatable: boolean): PlatformError => {
  const { code, name } = Failure.catch({ code: '', name: 'error' }).parse(error);
  const detail = code || name;
  return notMade.test(code) ? unreachable(detail) : unanswered(detail, isRepeatable);
};
const Failure = z.object({ code: z.string().catch(''), name: z.string().catch('error') });

const pauseMs = (header: unknown): number | null => {
  const seconds = typeof header === 'string' && /^\d{1,6}$/u.test(header) ? Number(header) : null;
  return seconds === null ? null : Math.min(seconds * 1_000, LONGEST_PAUSE_MS);
};

/** What was asked with is repeated to nobody, should WeCom do so. */
const discreet = (errmsg: string, query: ApiCall['query']): string =>
  Object.values(query)
    .filter(({ length }) => length >= SHORTEST_SECRET)
    .reduce((said, value) => said.replaceAll(value, '…'), errmsg)
    .slice(0, MOST_SAID);
