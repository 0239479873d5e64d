import type { Redis } from 'ioredis';
import type { MessageKey, Params } from '../i18n.ts';
import { confirmed } from './redis.ts';

/** What an operator should know of the Redis. stop: the bot cannot work with it. warn: something could be lost. */
export type Finding = { readonly severity: 'stop' | 'warn'; readonly key: MessageKey; readonly params: Params };

const oldestMajor = 7;

/**
 * Looks at the server behind `redis`, one of them where it is a cluster. None: nothing that was confirmed can be lost but by
 * the loss of its disk. Throws Unconfirmed when it does not answer.
 */
export const findingsOf = async (redis: Redis): Promise<readonly Finding[]> =>
  findingsIn(await confirmed(redis.info()), await fsyncOf(redis), redis.isCluster === true);

/** `info`: what the server says of itself. `fsync`: its appendfsync, null where it does not tell. */
export const findingsIn = (info: string, fsync: string | null, asCluster: boolean): readonly Finding[] => {
  const field = (name: string): string => new RegExp(`^${name}:(.*?)\r?$`, 'm').exec(info)?.[1] ?? '';
  const findings: Finding[] = [];
  const stop = (key: MessageKey, params: Params = {}) => findings.push({ severity: 'stop', key, params });
  const warn = (key: MessageKey, params: Params = {}) => findings.push({ severity: 'warn', key, params });

  const version = field('redis_version');
  if (Number.parseInt(version, 10) < oldestMajor) stop('redis.too-old', { version });
  if (field('role') === 'slave') stop('redis.replica');
  if (field('cluster_enabled') === '1' && !asCluster) stop('redis.is-cluster');

  const policy = field('maxmemory_policy');
  if (policy !== 'noeviction') warn('redis.evicts', { policy });
  if (field('aof_enabled') !== '1') {
    warn('redis.no-aof');
    return findings;
  }
  if (fsync === null) warn('redis.fsync-unseen');
  else if (fsync !== 'always') warn('redis.fsync-late', { fsync });
  if (field('aof_last_write_status') === 'err') warn('redis.aof-failing');
  return findings;
};

/** Null where the server does not tell: hosted ones often refuse CONFIG. */
const fsyncOf = async (redis: Redis): Promise<string | null> => {
  try {
    const answer: unknown = await confirmed(redis.config('GET', 'appendfsync'));
    return Array.isArray(answer) && typeof answer[1] === 'string' ? answer[1] : null;
  } catch {
    return null;
  }
};
