import { expect, test } from 'vitest';
import {
  type Config,
  isInEarnest,
  linkStart,
  ownNames,
  readConfig,
  secretsIn,
  variableNames,
  variables,
} from '../src/config.ts';
import { isMessageKey, translator } from '../src/i18n.ts';
import { wrongSettings } from '../src/wording/start.ts';

const config = (env: Record<string, string>): Config => {
  const read = readConfig(env);
  if ('problems' in read) throw new Error(`refused: ${read.problems.map(({ variable }) => variable)}`);
  return read.config;
};

const refused = (env: Record<string, string>): string[] => {
  const read = readConfig(env);
  return 'problems' in read ? read.problems.map(({ variable }) => variable) : [];
};

test('with nothing set there is a playground on this machine alone, and a private Redis', () => {
  expect(config({})).toEqual({
    host: '127.0.0.1',
    port: 3000,
    publicUrl: null,
    dataDir: './data',
    redisUrl: null,
    timeZone: 'Asia/Shanghai',
    locale: 'zh-CN',
    logLevel: 'info',
    hasPlayground: true,
    wecom: null,
  });
});

test('an empty variable counts as not set, and spaces around a value are nobody’s wish', () => {
  expect(config({ PORT: '', REDIS_URL: ' ', TIME_ZONE: ' Asia/Urumqi\n' })).toMatchObject({
    port: 3000,
    redisUrl: null,
    timeZone: 'Asia/Urumqi',
  });
});

const aesKey = variables.WECOM_APP_AES_KEY.example;
const app = { WECOM_CORP_ID: 'ww1', WECOM_AGENT_ID: '1000002', WECOM_APP_SECRET: 'as' };

test('the long connection of WeCom’s bot is configured by id and secret together', () => {
  expect(config({ WECOM_BOT_ID: 'aib1', WECOM_BOT_SECRET: 's', WECOM_WS_URL: 'ws://127.0.0.1:9' }).wecom).toEqual({
    bot: { id: 'aib1', secret: 's' },
    botCallback: null,
    botName: null,
    app: null,
    wsUrl: 'ws://127.0.0.1:9',
    // Who connects elsewhere than to the public service is not sent to the public API.
    apiUrl: null,
  });
  expect(refused({ WECOM_BOT_ID: 'aib1' })).toEqual(['WECOM_BOT_SECRET']);
  expect(refused({ WECOM_BOT_SECRET: 's' })).toEqual(['WECOM_BOT_ID']);
});

test('WeCom’s callbacks and its app are configured each as a whole', () => {
  expect(config({ WECOM_BOT_TOKEN: 't', WECOM_BOT_AES_KEY: aesKey, WECOM_BOT_NAME: '日清' }).wecom).toMatchObject({
    bot: null,
    botCallback: { token: 't', aesKey },
    botName: '日清',
    apiUrl: 'https://qyapi.weixin.qq.com',
  });
  expect(config({ ...app, WECOM_API_URL: 'http://127.0.0.1:9/' }).wecom).toMatchObject({
    app: { corpId: 'ww1', agentId: 1000002, secret: 'as', callback: null },
    apiUrl: 'http://127.0.0.1:9',
  });
  expect(config({ ...app, WECOM_APP_TOKEN: 't', WECOM_APP_AES_KEY: aesKey }).wecom?.app?.callback).toEqual({
    token: 't',
    aesKey,
  });
  expect(refused({ WECOM_BOT_TOKEN: 't' })).toEqual(['WECOM_BOT_AES_KEY']);
  expect(refused({ WECOM_CORP_ID: 'ww1' })).toEqual(['WECOM_AGENT_ID', 'WECOM_APP_SECRET']);
  expect(refused({ WECOM_APP_TOKEN: 't', WECOM_APP_AES_KEY: aesKey })).toEqual(['WECOM_APP_SECRET']);
});

test.each<[Record<string, string>, boolean]>([
  [{}, false],
  [{ WECOM_BOT_ID: 'a', WECOM_BOT_SECRET: 's' }, true],
  [{ WECOM_BOT_ID: 'a', WECOM_BOT_SECRET: 's', WECOM_WS_URL: 'ws://127.0.0.1:9' }, false],
  [{ WECOM_BOT_ID: 'a', WECOM_BOT_SECRET: 's', WECOM_WS_URL: 'ws://127.0.0.1:9', ...app }, true],
  [{ ...app, WECOM_API_URL: 'http://localhost:9' }, false],
  [{ WECOM_BOT_ID: 'a', WECOM_BOT_SECRET: 's', WECOM_API_URL: 'http://localhost:9' }, true],
])('%o touches a real organisation: %s', (env, isReal) => {
  expect(isInEarnest(config(env))).toBe(isReal);
});

test.each([
  ['nothing configured', {}, true],
  ['an open address', { HOST: '0.0.0.0' }, false],
  ['an open address, asked for', { HOST: '0.0.0.0', PLAYGROUND: 'on' }, true],
  ['another loopback', { HOST: '::1' }, true],
  ['a platform', { WECOM_BOT_ID: 'a', WECOM_BOT_SECRET: 's' }, false],
  ['a platform, asked for', { WECOM_BOT_ID: 'a', WECOM_BOT_SECRET: 's', PLAYGROUND: 'on' }, true],
  ['switched off', { PLAYGROUND: 'off' }, false],
])('the playground: %s', (_, env: Record<string, string>, isOn) => {
  expect(config(env).hasPlayground).toBe(isOn);
});

test.each([
  'redis://127.0.0.1:6379',
  'redis://user:p%40ss@redis.example:6379/2',
  'rediss://redis.example',
  'redis+cluster://a:1,b:2,[::1]:3',
  'redis+cluster://user:pass@a:1',
])('%s is a Redis', (url) => {
  expect(config({ REDIS_URL: url }).redisUrl).toBe(url);
});

test.each([
  ['HOST', 'two words'],
  ['PORT', '65536'],
  ['PORT', '-1'],
  ['PORT', '0x10'],
  ['PORT', '3000.5'],
  ['PUBLIC_URL', 'riqing.example'],
  ['PUBLIC_URL', 'ftp://riqing.example'],
  ['REDIS_URL', 'localhost:6379'],
  ['REDIS_URL', 'redis+cluster://a'],
  ['TIME_ZONE', '+08:00'],
  ['TIME_ZONE', 'Asia/Atlantis'],
  ['LOCALE', 'fr'],
  ['LOG_LEVEL', 'loud'],
  ['PLAYGROUND', 'yes'],
  ['WECOM_WS_URL', 'https://qyapi.weixin.qq.com'],
  ['WECOM_API_URL', 'http://qyapi.weixin.qq.com'],
  ['WECOM_API_URL', 'wss://127.0.0.1'],
  ['WECOM_WS_URL', 'ws://openws.work.weixin.qq.com'],
])('%s=%s is refused', (variable, value) => {
  expect(refused({ [variable]: value })).toEqual([variable]);
});

test('all that is wrong is said at once, with what is expected and an example, and without any value', () => {
  const read = readConfig({
    PORT: 'canary-port',
    TIME_ZONE: 'canary-zone',
    REDIS_URL: 'http://:canary-password@redis',
    WECOM_BOT_SECRET: 'canary-secret',
  });
  if (!('problems' in read)) throw new Error('taken');
  const words = wrongSettings(read.problems, translator(read.locale));
  expect(words).not.toContain('canary');
  expect(words.split('\n')).toHaveLength(5);
  expect(words).toContain('PORT 应当是：0 到 65535 的整数。例如 PORT=8080');
  expect(words).toContain('WECOM_BOT_ID 还没有设置');
  expect(wrongSettings(read.problems, translator('en'))).toContain('PORT: expected a whole number from 0 to 65535');
});

test('what must not be logged is known: WeCom’s secrets and the password of its Redis', () => {
  const keys = { WECOM_APP_TOKEN: 'at', WECOM_APP_AES_KEY: aesKey, WECOM_BOT_TOKEN: 'bt', WECOM_BOT_AES_KEY: aesKey };
  expect(secretsIn(config({ ...app, ...keys }))).toEqual(['as', 'bt', aesKey, 'at', aesKey]);
  const set = config({ WECOM_BOT_ID: 'a', WECOM_BOT_SECRET: 's3', REDIS_URL: 'redis://:p%40ss@h' });
  expect(secretsIn(set)).toEqual(['s3', 'p%40ss', 'p@ss']);
  expect(secretsIn(config({ REDIS_URL: 'redis+cluster://rq:100%@a:1,b:2' }))).toEqual(['100%', '100%']);
  expect(secretsIn(config({}))).toEqual([]);
});

test('the complaint comes in the language asked for, if that one is right', () => {
  expect(readConfig({ LOCALE: 'en', PORT: 'x' })).toMatchObject({ locale: 'en' });
  expect(readConfig({ LOCALE: 'fr' })).toMatchObject({ locale: 'zh-CN' });
});

test('each variable has its meaning and expectation in the locales, and an example that is right', () => {
  for (const name of variableNames) {
    expect(isMessageKey(`config.${name}`), name).toBe(true);
    expect(isMessageKey(`config.${name}.expected`), name).toBe(true);
    expect(refused({ [name]: variables[name].example }), name).not.toContain(name);
  }
});

test('on this machine alone the pages are opened under its names and the public one', () => {
  const isOwn = ownNames(config({ PUBLIC_URL: 'https://riqing.example.com/a' }));
  const names = ['localhost', '127.0.0.1', '[::1]', 'riqing.example.com', 'rebound.example', ''];
  expect(names.filter(isOwn)).toEqual(['localhost', '127.0.0.1', '[::1]', 'riqing.example.com']);
  expect(ownNames(config({ HOST: '0.0.0.0' }))('any.example')).toBe(true);
});

test.each<[host: string, publicUrl: string, playground: string | null, others: string | null]>([
  ['127.0.0.1', '', 'http://127.0.0.1:3000', null],
  ['0.0.0.0', '', 'http://0.0.0.0:3000', null],
  ['10.0.0.5', '', 'http://10.0.0.5:3000', 'http://10.0.0.5:3000'],
  ['127.0.0.1', 'https://riqing.example.com/', 'https://riqing.example.com', 'https://riqing.example.com'],
])('on %s with PUBLIC_URL “%s” links begin with %s in the playground, elsewhere with %s', (host, url, here, others) => {
  const read = readConfig({ HOST: host, PUBLIC_URL: url });
  if (!('config' in read)) throw new Error('wrong settings');
  expect(linkStart(read.config, `http://${host}:3000`, true)).toBe(here);
  expect(linkStart(read.config, `http://${host}:3000`, false)).toBe(others);
});
