import { expect, test, vi } from 'vitest';
import { type Check, health } from '../../src/web/health.ts';

const ask = async (path: string, checks: Record<string, Check> = {}) => {
  const response = await health(checks).request(path);
  return { status: response.status, body: await response.json() };
};

test('a living process says so, whatever else is broken', async () => {
  expect(await ask('/healthz', { redis: () => false })).toEqual({ status: 200, body: { status: 'alive' } });
});

test('ready means that every part is', async () => {
  expect(await ask('/readyz', { redis: async () => true, wecom: () => true })).toEqual({
    status: 200,
    body: { status: 'ready', checks: { redis: 'ok', wecom: 'ok' }, failing: [] },
  });
});

test('a copy that stands by is ready, and says that it stands by', async () => {
  expect(await ask('/readyz', { redis: () => true, wecom: () => 'standby' })).toEqual({
    status: 200,
    body: { status: 'ready', checks: { redis: 'ok', wecom: 'standby' }, failing: [] },
  });
});

test('what is not ready is named, and what throws is not ready', async () => {
  const redis = async () => {
    throw new Error('gone, and the words of it stay inside');
  };
  const answer = await ask('/readyz', { redis, scripts: () => true, wecom: () => false });
  expect(answer).toEqual({
    status: 503,
    body: {
      status: 'not ready',
      checks: { redis: 'failing', scripts: 'ok', wecom: 'failing' },
      failing: ['redis', 'wecom'],
    },
  });
});

test('a part that does not answer is not waited for longer than two seconds', async () => {
  vi.useFakeTimers();
  const answer = ask('/readyz', { redis: () => new Promise(() => {}) });
  await vi.advanceTimersByTimeAsync(2_000);
  vi.useRealTimers();
  expect((await answer).body).toMatchObject({ failing: ['redis'] });
});

test('no cache keeps an answer', async () => {
  const response = await health({}).request('/readyz');
  expect(response.headers.get('cache-control')).toBe('no-store');
});
