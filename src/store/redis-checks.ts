import type { Redis } from 'ioredis';
import type { MessageKey, Params } from '../i18n.ts';
import { confirmed } from './redis.ts';

/**
 * What an operator should know. stop: no bot can work with it. broken: nothing is saved now. risk: something could be
 * lost.
 */
export type Finding = {
  readonly severity: 'stop' | 'broken' | 'risk';
  readonly key: MessageKey;
  readonly params: Params;
};

const oldestMajor = 7;

/**
 * Looks at the server behind `redis`, one of them where it is a cluster. None: nothing that was confirmed can be lost
 * but by the loss of its disk. Throws Unconfirmed when it does not answer.
 */
export const findingsOf = async (redis: Redis): Promise<readonly Finding[]> => {
  const [info, fsync] = await Promise.all([confirmed(redis.info()), fsyncOf(redis)]);
  return findingsIn(info, fsync, redis.isCluster === true);
};

/** `info`: what the server says of itself. `fsync`: its appendfsync, null where it does not tell. */
export const findingsIn = (info: string, fsync: string | null, asCluster: boolean): readonly Finding[] => {
  const field = (name: string): string => new RegExp(`^${name}:(.*?)\r?$`, 'm').exec(info)?.[1] ?? '';
  const findings: Finding[] = [];
  const find = (severity: Finding['severity'], key: MessageKey, params: Params = {}) =>
    findings.push({ severity, key, params });

  const version = field('redis_version');
  if (Number.parseInt(version, 10) < oldestMajor) find('stop', 'redis.too-old', { version });
  if (field('role') === 'slave') find('stop', 'redis.replica');
  if (field('cluster_enabled') === '1' && !asCluster) find('stop', 'redis.is-cluster');

  const policy = field('maxmemory_policy');
  if (policy !== 'noeviction') find('risk', 'redis.evicts', { policy });
  if (field('aof_enabled') !== '1') {
    find('risk', 'redis.no-aof');
    return findings;
  }
  if (fsync === null) find('risk', 'redis.fsync-unseen');
  else if (fsync !== 'always') find('risk', 'redis.fsync-late', { fsync });
  if (field('aof_last_write_status') === 'err') find('broken', 'redis.aof-failing');
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
