import { Redis } from 'ioredis';

export type Probed = 'absent' | 'silent' | { readonly pid: number; readonly isLoading: boolean };

const patienceMs = 2_000;

/** Asks who serves `socket`. absent: nobody listens. silent: somebody listens and does not answer within 2 s. */
export const probe = async (socket: string): Promise<Probed> => {
  const redis = new Redis({
    path: socket,
    lazyConnect: true,
    // A server that is loading answers INFO, and nothing else is asked.
    enableReadyCheck: false,
    retryStrategy: () => null,
    maxRetriesPerRequest: 0,
    connectTimeout: patienceMs,
    commandTimeout: patienceMs,
    // A timer of this length outlives a connection that could not be made, and would keep the process up.
    disconnectTimeout: 10,
  });
  let refusal: unknown;
  redis.on('error', (error) => {
    refusal = error;
  });
  try {
    await redis.connect();
    const info = await redis.info();
    const field = (name: string) => new RegExp(`^${name}:(.*?)\r?$`, 'm').exec(info)?.[1];
    return { pid: Number(field('process_id')), isLoading: field('loading') === '1' };
  } catch {
    return isAbsent(refusal) ? 'absent' : 'silent';
  } finally {
    redis.disconnect();
  }
};

const isAbsent = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ECONNREFUSED');
