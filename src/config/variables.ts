import { type Form, guardedUrl, isZoneName, matching, oneOf, url } from './forms.ts';

/** Of the published example of https://developer.work.weixin.qq.com/document/path/90968; a key is 43 characters long. */
const EXAMPLE_AES_KEY = 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C';

/**
 * Every variable: what stands when it is not set ('' for nothing), and a value that would be right. What each is for
 * and what is expected of it stand in the locales, as `config.NAME` and `config.NAME.expected`.
 */
export const variables = {
  HOST: { standard: '127.0.0.1', example: '0.0.0.0' },
  PORT: { standard: '3000', example: '8080' },
  PUBLIC_URL: { standard: '', example: 'https://riqing.example.com' },
  DATA_DIR: { standard: './data', example: '/var/lib/riqing' },
  REDIS_URL: { standard: '', example: 'redis://127.0.0.1:6379' },
  TIME_ZONE: { standard: 'Asia/Shanghai', example: 'Asia/Urumqi' },
  LOCALE: { standard: 'zh-CN', example: 'en' },
  LOG_LEVEL: { standard: 'info', example: 'debug' },
  PLAYGROUND: { standard: '', example: 'on' },
  WECOM_BOT_ID: { standard: '', example: 'aib1a2b3c4d5' },
  WECOM_BOT_SECRET: { standard: '', example: 'k3yF0rTheBot' },
  WECOM_BOT_NAME: { standard: '', example: '日清' },
  WECOM_WS_URL: { standard: '', example: 'wss://openws.work.weixin.qq.com' },
  WECOM_BOT_TOKEN: { standard: '', example: 'QDG6eK' },
  WECOM_BOT_AES_KEY: { standard: '', example: EXAMPLE_AES_KEY },
  WECOM_CORP_ID: { standard: '', example: 'wx5823bf96d3bd56c7' },
  WECOM_AGENT_ID: { standard: '', example: '1000002' },
  WECOM_APP_SECRET: { standard: '', example: 'k3yF0rTheApp' },
  WECOM_APP_TOKEN: { standard: '', example: 'QDG6eK' },
  WECOM_APP_AES_KEY: { standard: '', example: EXAMPLE_AES_KEY },
  WECOM_API_URL: { standard: '', example: 'https://qyapi.weixin.qq.com' },
} as const;
export type VariableName = keyof typeof variables;
export const variableNames = Object.keys(variables) as VariableName[];

const redisUrl = url('redis:', 'rediss:');
const clusterUrl = matching(/^redis\+cluster:\/\/([^@\s/]+@)?[\w.[\]:-]+:\d{1,5}(,[\w.[\]:-]+:\d{1,5})*$/);
const highestPort = 65_535;
const aesKey = matching(/^[A-Za-z0-9]{43}$/);
const callbackToken = matching(/^[A-Za-z0-9]{1,32}$/);

/** A table of our own: to load a library for these took a fifth of the start. */
export const forms = {
  HOST: matching(/^[\w.:-]+$/),
  PORT: (text) => (/^\d{1,5}$/.test(text) && Number(text) <= highestPort ? Number(text) : undefined),
  PUBLIC_URL: url('http:', 'https:'),
  DATA_DIR: matching(/./),
  REDIS_URL: (text) => redisUrl(text) ?? clusterUrl(text),
  // To look at a zone takes Node 10 ms the first time; the standard one is right.
  TIME_ZONE: (text) => (text === variables.TIME_ZONE.standard || isZoneName(text) ? text : undefined),
  LOCALE: oneOf('zh-CN', 'en'),
  LOG_LEVEL: oneOf('trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'),
  PLAYGROUND: oneOf('on', 'off'),
  WECOM_BOT_ID: matching(/^\S+$/),
  WECOM_BOT_SECRET: matching(/^\S+$/),
  WECOM_BOT_NAME: matching(/./),
  WECOM_WS_URL: guardedUrl('wss:', 'ws:'),
  WECOM_BOT_TOKEN: callbackToken,
  WECOM_BOT_AES_KEY: aesKey,
  WECOM_CORP_ID: matching(/^\S+$/),
  WECOM_AGENT_ID: (text) => (/^\d{1,9}$/.test(text) ? Number(text) : undefined),
  WECOM_APP_SECRET: matching(/^\S+$/),
  WECOM_APP_TOKEN: callbackToken,
  WECOM_APP_AES_KEY: aesKey,
  WECOM_API_URL: guardedUrl('https:', 'http:'),
} satisfies Record<VariableName, Form<string | number>>;

/** Null: not set. */
export type Values = {
  readonly [Name in VariableName]:
    | NonNullable<ReturnType<(typeof forms)[Name]>>
    | ((typeof variables)[Name]['standard'] extends '' ? null : never);
};
