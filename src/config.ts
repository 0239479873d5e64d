import type { CallbackSecrets, WecomConfig } from './ports.ts';

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

export type Config = {
  readonly host: string;
  readonly port: number;
  /** How links to the bot's pages begin, without a slash at the end; null when they are not to be had from outside. */
  readonly publicUrl: string | null;
  readonly dataDir: string;
  /** Null for the private Redis in `dataDir`. */
  readonly redisUrl: string | null;
  readonly timeZone: string;
  readonly locale: 'zh-CN' | 'en';
  readonly logLevel: Values['LOG_LEVEL'];
  readonly hasPlayground: boolean;
  /** Null when WeCom is not configured. */
  readonly wecom: WecomConfig | null;
};

const WECOM_API = 'https://qyapi.weixin.qq.com';

/** What is wrong with a variable, as keys of the locales. missing: another one that is set needs it. */
export type Problem = {
  readonly variable: VariableName;
  readonly trouble: 'config.unexpected' | 'config.missing';
  readonly expected: `config.${VariableName}.expected`;
  readonly example: string;
};

const isZoneName = (name: string): boolean => {
  // Offsets are taken as well, and know no summer time.
  if (!/^[A-Z]/i.test(name)) return false;
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
};

/** What a text says; undefined when it says nothing of the kind. */
type Form<Value> = (text: string) => Value | undefined;

const matching =
  (form: RegExp): Form<string> =>
  (text) =>
    form.test(text) ? text : undefined;

const oneOf =
  <const Word extends string>(...words: readonly Word[]): Form<Word> =>
  (text) =>
    words.find((word) => word === text);

const url =
  (...protocols: readonly string[]): Form<string> =>
  (text) => {
    const parsed = URL.parse(text);
    return parsed !== null && protocols.includes(parsed.protocol) && parsed.hostname !== '' ? text : undefined;
  };

const redisUrl = url('redis:', 'rediss:');
const clusterUrl = matching(/^redis\+cluster:\/\/([^@\s/]+@)?[\w.[\]:-]+:\d{1,5}(,[\w.[\]:-]+:\d{1,5})*$/);
const highestPort = 65_535;
/** Credentials go over these: in the clear at most within this machine. */
const guardedUrl =
  (guarded: string, clear: string): Form<string> =>
  (text) => {
    const found = url(guarded, clear)(text);
    if (found === undefined || found.startsWith(guarded)) return found;
    return isLoopback(bareHost(found)) ? found : undefined;
  };
const aesKey = matching(/^[A-Za-z0-9]{43}$/);
const callbackToken = matching(/^[A-Za-z0-9]{1,32}$/);

/** A table of our own: to load a library for these took a fifth of the start. */
const forms = {
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
  WECOM_WS_URL: url('ws:', 'wss:'),
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
type Values = {
  readonly [Name in VariableName]:
    | NonNullable<ReturnType<(typeof forms)[Name]>>
    | ((typeof variables)[Name]['standard'] extends '' ? null : never);
};

/** One without the other cannot be meant. */
const together: readonly (readonly VariableName[])[] = [
  ['WECOM_BOT_ID', 'WECOM_BOT_SECRET'],
  ['WECOM_BOT_TOKEN', 'WECOM_BOT_AES_KEY'],
  ['WECOM_CORP_ID', 'WECOM_AGENT_ID', 'WECOM_APP_SECRET'],
  ['WECOM_APP_TOKEN', 'WECOM_APP_AES_KEY'],
];
/** The second means something only with the first. */
const needed: readonly (readonly [VariableName, VariableName])[] = [['WECOM_APP_SECRET', 'WECOM_APP_TOKEN']];

/**
 * Reads the environment; an empty variable counts as not set. All problems are given at once, and the value of none.
 */
export const readConfig = (
  env: Readonly<Record<string, string | undefined>> = process.env,
): { readonly config: Config } | { readonly problems: readonly Problem[]; readonly locale: Config['locale'] } => {
  const texts = new Map(variableNames.map((name) => [name, env[name]?.trim() || variables[name].standard]));
  const values = [...texts].map(([name, text]) => [name, text === '' ? null : forms[name](text)] as const);
  const problems = [
    ...values.flatMap(([name, value]) => (value === undefined ? [problem(name, 'config.unexpected')] : [])),
    ...missingIn(texts).map((name) => problem(name, 'config.missing')),
  ];
  if (problems.length > 0) return { problems, locale: texts.get('LOCALE') === 'en' ? 'en' : 'zh-CN' };

  const set = Object.fromEntries(values) as Values;
  const wecom = wecomOf(set);
  return {
    config: {
      host: set.HOST,
      port: set.PORT,
      publicUrl: set.PUBLIC_URL?.replace(/\/+$/, '') ?? null,
      dataDir: set.DATA_DIR,
      redisUrl: set.REDIS_URL,
      timeZone: set.TIME_ZONE,
      locale: set.LOCALE,
      logLevel: set.LOG_LEVEL,
      // Whoever reaches it can speak as anybody, so on an open address only by an express word.
      hasPlayground: set.PLAYGROUND ? set.PLAYGROUND === 'on' : wecom === null && isLoopback(set.HOST),
      wecom,
    },
  };
};

const wecomOf = (set: Values): WecomConfig | null => {
  const bot = set.WECOM_BOT_ID && set.WECOM_BOT_SECRET ? { id: set.WECOM_BOT_ID, secret: set.WECOM_BOT_SECRET } : null;
  const botCallback = callbackOf(set.WECOM_BOT_TOKEN, set.WECOM_BOT_AES_KEY);
  const app =
    set.WECOM_CORP_ID && set.WECOM_AGENT_ID !== null && set.WECOM_APP_SECRET
      ? {
          corpId: set.WECOM_CORP_ID,
          agentId: set.WECOM_AGENT_ID,
          secret: set.WECOM_APP_SECRET,
          callback: callbackOf(set.WECOM_APP_TOKEN, set.WECOM_APP_AES_KEY),
        }
      : null;
  if (!bot && !botCallback && !app) return null;
  const wsUrl = set.WECOM_WS_URL;
  const isPublic = wsUrl === null || app !== null || botCallback !== null;
  const apiUrl = set.WECOM_API_URL?.replace(/\/+$/, '') ?? (isPublic ? WECOM_API : null);
  return { bot, botCallback, botName: set.WECOM_BOT_NAME, app, wsUrl, apiUrl };
};

const callbackOf = (token: string | null, aesKey: string | null): CallbackSecrets | null =>
  token !== null && aesKey !== null ? { token, aesKey } : null;

/** What must never stand in a log. */
export const secretsIn = ({ wecom, redisUrl }: Config): readonly string[] => {
  const callbacks = [wecom?.botCallback, wecom?.app?.callback].flatMap((one) => (one ? [one.token, one.aesKey] : []));
  const password = /^[^/]*\/\/[^@/]*?:([^@/]*)@/.exec(redisUrl ?? '')?.[1] ?? '';
  const ours = [wecom?.bot?.secret, wecom?.app?.secret, ...callbacks, password, decoded(password)];
  return ours.flatMap((secret) => (secret ? [secret] : []));
};

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

const missingIn = (texts: ReadonlyMap<VariableName, string>): readonly VariableName[] => [
  ...together.flatMap((names) => {
    const missing = names.filter((name) => texts.get(name) === '');
    return missing.length < names.length ? missing : [];
  }),
  ...needed.flatMap(([base, more]) => (texts.get(more) !== '' && texts.get(base) === '' ? [base] : [])),
];

const problem = (variable: VariableName, trouble: Problem['trouble']): Problem => ({
  variable,
  trouble,
  expected: `config.${variable}.expected`,
  example: variables[variable].example,
});

/** Where the house keeps its state: the playground's county lives apart from the real organisation's. */
export const homeOf = ({
  dataDir,
  wecom,
  hasPlayground,
}: Config): { readonly dir: string; readonly namespace: string } =>
  wecom === null && hasPlayground
    ? { dir: `${dataDir}/playground`, namespace: 'rqp' }
    : { dir: dataDir, namespace: 'rq' };

/**
 * Whether clock and reset of the playground would touch a real organisation: a platform outside this machine is
 * configured.
 */
export const isInEarnest = ({ wecom }: Config): boolean => {
  if (wecom === null) return false;
  const { bot, wsUrl, apiUrl } = wecom;
  const isHere = (address: string | null) => address !== null && isLoopback(bareHost(address));
  return (bot !== null && !isHere(wsUrl)) || (apiUrl !== null && !isHere(apiUrl));
};

/**
 * How links to the pages begin: as PUBLIC_URL says, else with the address that is listened on, where somebody on another
 * machine could reach that. The playground's people are on this one. Null: there is no such address.
 */
export const linkStart = ({ host, publicUrl }: Config, listening: string, isPlayground: boolean): string | null => {
  if (publicUrl !== null || isPlayground) return publicUrl ?? listening;
  return isLoopback(host) || host === '0.0.0.0' || host === '::' ? null : listening;
};

/**
 * Under which host names, as URLs spell them, the pages may be asked for. Where only this machine is listened to, those
 * of this machine and of PUBLIC_URL: any other was made up to get in through somebody's browser.
 */
export const ownNames = ({ host, publicUrl }: Config): ((name: string) => boolean) => {
  const outside = publicUrl === null ? null : new URL(publicUrl).hostname;
  return (name) => !isLoopback(host) || name === outside || isLoopback(name.replace(/^\[|\]$/g, ''));
};

const bareHost = (address: string): string => new URL(address).hostname.replace(/^\[|\]$/g, '');
const isLoopback = (host: string): boolean => host === 'localhost' || host === '::1' || /^127\./.test(host);
