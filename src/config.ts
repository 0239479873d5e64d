import { z } from 'zod';

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
  readonly logLevel: z.infer<typeof logLevel>;
  readonly hasPlayground: boolean;
  /** Null when WeCom is not configured. `url` null: the public service. */
  readonly wecom: {
    readonly botId: string;
    readonly secret: string;
    readonly name: string | null;
    readonly url: string | null;
  } | null;
};

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

const url = (...protocols: readonly string[]) =>
  z.string().refine((text) => {
    const parsed = URL.parse(text);
    return parsed !== null && protocols.includes(parsed.protocol) && parsed.hostname !== '';
  });

const clusterUrl = /^redis\+cluster:\/\/([^@\s/]+@)?[\w.[\]:-]+:\d{1,5}(,[\w.[\]:-]+:\d{1,5})*$/;
const logLevel = z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']);

const always = () => true;
const params = { isMissing: true };

const schema = z
  .object({
    HOST: z.string().regex(/^[\w.:-]+$/),
    PORT: z
      .string()
      .regex(/^\d{1,5}$/)
      .transform(Number)
      .refine((port) => port <= 65_535),
    PUBLIC_URL: url('http:', 'https:').optional(),
    DATA_DIR: z.string(),
    REDIS_URL: z.union([url('redis:', 'rediss:'), z.string().regex(clusterUrl)]).optional(),
    // To look at a zone takes Node 10 ms the first time; the standard one is right.
    TIME_ZONE: z.string().refine((name) => name === variables.TIME_ZONE.standard || isZoneName(name)),
    LOCALE: z.enum(['zh-CN', 'en']),
    LOG_LEVEL: logLevel,
    PLAYGROUND: z.enum(['on', 'off']).optional(),
    WECOM_BOT_ID: z.string().regex(/^\S+$/).optional(),
    WECOM_BOT_SECRET: z.string().regex(/^\S+$/).optional(),
    WECOM_BOT_NAME: z.string().optional(),
    WECOM_WS_URL: url('ws:', 'wss:').optional(),
  } satisfies Record<VariableName, z.ZodType>)
  .refine((set) => !set.WECOM_BOT_ID || set.WECOM_BOT_SECRET, { path: ['WECOM_BOT_SECRET'], when: always, params })
  .refine((set) => !set.WECOM_BOT_SECRET || set.WECOM_BOT_ID, { path: ['WECOM_BOT_ID'], when: always, params });

/**
 * Reads the environment; an empty variable counts as not set. All problems are given at once, and the value of none.
 */
export const readConfig = (
  env: Readonly<Record<string, string | undefined>> = process.env,
): { readonly config: Config } | { readonly problems: readonly Problem[]; readonly locale: Config['locale'] } => {
  const given = variableNames.map((name) => [name, env[name]?.trim() || variables[name].standard || undefined]);
  const read = schema.safeParse(Object.fromEntries(given));
  if (!read.success) {
    return { problems: read.error.issues.map(problemOf), locale: env.LOCALE?.trim() === 'en' ? 'en' : 'zh-CN' };
  }

  const set = read.data;
  const wecom =
    set.WECOM_BOT_ID && set.WECOM_BOT_SECRET
      ? {
          botId: set.WECOM_BOT_ID,
          secret: set.WECOM_BOT_SECRET,
          name: set.WECOM_BOT_NAME ?? null,
          url: set.WECOM_WS_URL ?? null,
        }
      : null;
  return {
    config: {
      host: set.HOST,
      port: set.PORT,
      publicUrl: set.PUBLIC_URL?.replace(/\/+$/, '') ?? null,
      dataDir: set.DATA_DIR,
      redisUrl: set.REDIS_URL ?? null,
      timeZone: set.TIME_ZONE,
      locale: set.LOCALE,
      logLevel: set.LOG_LEVEL,
      // Whoever reaches it can speak as anybody, so on an open address only by an express word.
      hasPlayground: set.PLAYGROUND ? set.PLAYGROUND === 'on' : wecom === null && isLoopback(set.HOST),
      wecom,
    },
  };
};

/** What must never stand in a log. */
export const secretsIn = ({ wecom, redisUrl }: Config): readonly string[] => {
  const password = /^[^/]*\/\/[^@/]*?:([^@/]*)@/.exec(redisUrl ?? '')?.[1] ?? '';
  return [wecom?.secret ?? '', password, decoded(password)].filter((secret) => secret !== '');
};

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

const problemOf = (issue: z.core.$ZodIssue): Problem => {
  const variable = variableNames.find((name) => name === issue.path[0]);
  if (!variable) throw new Error(`a problem without a variable: ${issue.code}`);
  return {
    variable,
    trouble: issue.code === 'custom' && issue.params?.isMissing ? 'config.missing' : 'config.unexpected',
    expected: `config.${variable}.expected`,
    example: variables[variable].example,
  };
};

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
export const isInEarnest = ({ wecom }: Config): boolean =>
  wecom !== null && (wecom.url === null || !isLoopback(new URL(wecom.url).hostname.replace(/^\[|\]$/g, '')));

const isLoopback = (host: string): boolean => host === 'localhost' || host === '::1' || /^127\./.test(host);
