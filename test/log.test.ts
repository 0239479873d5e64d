import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { pinoLog } from '../src/log.ts';
import { lineWith } from './store/own-redis.ts';

const kept = async (secrets: readonly string[] = [], level = 'debug') => {
  const lines: string[] = [];
  const log = await pinoLog(level, secrets, { write: (line: string) => void lines.push(line) });
  return { log, lines };
};

test('an event is one line of JSON with its level, its time and what its child logger knows', async () => {
  const { log, lines } = await kept();
  log.child({ messageId: 'm1' }).warn({ command: '日清' }, 'slow');
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    level: 'warn',
    time: expect.stringMatching(/^2\d{3}-.*Z$/),
    messageId: 'm1',
    command: '日清',
    msg: 'slow',
  });
});

test('what is below the level is not written', async () => {
  const { log, lines } = await kept([], 'warn');
  log.info({}, 'quiet');
  expect(lines).toEqual([]);
});

test.each(['secret', 'token', 'response_url', 'sessionWebhook', 'ticket', 'key', 'password', 'authorization'])(
  'a field named %s is not written',
  async (field) => {
    const { log, lines } = await kept();
    log.info({ [field]: 'canary' }, 'given');
    log.child({ [field]: 'canary' }).info({}, 'carried');
    expect(lines.join('')).not.toContain('canary');
  },
);

test('nor inside of what is logged, three levels down, or on an error', async () => {
  const { log, lines } = await kept();
  log.info({ frame: { token: 'canary', body: { token: 'canary', to: { token: 'canary' } } } }, 'deep');
  log.error({ err: Object.assign(new Error('no'), { config: { secret: 'canary' } }) }, 'failed');
  expect(lines.join('')).not.toContain('canary');
});

test('a secret of ours is not written wherever it turns up', async () => {
  const { log, lines } = await kept(['can"ary\\x']);
  log.error({ err: new Error('login with can"ary\\x refused'), list: ['can"ary\\x'] }, 'can"ary\\x');
  expect(lines.join('')).not.toContain('ary');
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ msg: '[secret]' });
});

test('nor the right that a URL carries', async () => {
  const { log, lines } = await kept();
  log.warn({ err: new Error('GET https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=canary&a=1 failed') }, 'post');
  log.warn({}, 'redis://user:canary@host:6379/0 is gone');
  log.warn({}, 'https://oapi.dingtalk.com/robot/send?access_token=canary');
  expect(lines.join('')).not.toContain('canary');
  expect(lines.join('')).toContain('&a=1');
});

test('a line break in what is logged starts no line of its own', async () => {
  const { log, lines } = await kept();
  log.info({ chat: 'g1\n{"level":"error"}\u001b[31m' }, 'message\r\n');
  expect(lines.join('').trimEnd().split('\n')).toHaveLength(1);
  expect(lines.join('')).not.toContain('\u001b');
});

test('at a terminal it is written for people', async () => {
  const terminal = Object.assign(new PassThrough(), { isTTY: true });
  const log = await pinoLog('info', ['canary'], terminal);
  log.info({ secret: 'x' }, 'hello canary');
  const line = await lineWith(terminal, 'hello');
  expect(line).toContain('hello [secret]');
  expect(line).not.toMatch(/^\{/);
});
