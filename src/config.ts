import { isLoopback } from './config/forms.ts';
import { forms, type Values, type VariableName, variableNames, variables } from './config/variables.ts';
import { isHere, wecomOf, wecomSecrets } from './config/wecom.ts';
import type { WecomConfig } from './ports.ts';

export { type VariableName, variableNames, variables } from './config/variables.ts';

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

/** What is wrong with a variable, as keys of the locales. missing: another one that is set needs it. */
export type Problem = {
  readonly variable: VariableName;
  readonly trouble: 'config.unexpected' | 'config.missing';
  readonly expected: `config.${VariableName}.expected`;
  readonly example: string;
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

/** What must never stand in a log. */
export const secretsIn = ({ wecom, redisUrl }: Config): readonly string[] => {
  const password = /^[^/]*\/\/[^@/]*?:([^@/]*)@/.exec(redisUrl ?? '')?.[1] ?? '';
  return [...(wecom ? wecomSecrets(wecom) : []), password, decoded(password)].filter((secret) => secret !== '');
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
export const isInEarnest = ({ wecom }: Config): boolean => wecom !== null && !isHere(wecom);

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
