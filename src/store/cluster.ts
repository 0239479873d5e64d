import { Cluster, type Redis, type RedisOptions } from 'ioredis';

/**
 * `redis+cluster://user:password@a:1,b:2` taken apart. The nodes are where the client begins to ask; it finds the
 * others.
 */
export const clusterNodes = (url: string) => {
  const [, user, password, hosts = ''] = /^redis\+cluster:\/\/(?:([^:@]*)(?::([^@]*))?@)?(.+)$/.exec(url) ?? [];
  const nodes = hosts.split(',').map((place) => ({
    host: place.replace(/:\d+$/, '').replace(/^\[|\]$/g, ''),
    port: Number(/\d+$/.exec(place)?.[0]),
  }));
  return {
    nodes,
    ...(user && { username: decodeURIComponent(user) }),
    ...(password && { password: decodeURIComponent(password) }),
  };
};

const soon = (attempt: number) => Math.min(50 * attempt, 500);

/** A connection to a cluster. All that the store asks of a connection, ioredis gives on both. */
export const openCluster = (url: string, redisOptions: Omit<RedisOptions, 'replyMapping'>): Redis => {
  const { nodes, ...login } = clusterNodes(url);
  const cluster = new Cluster(nodes, {
    enableOfflineQueue: false,
    clusterRetryStrategy: soon,
    clusterNodeRetryStrategy: soon,
    // A slot may be on its way to another node; more often than this is somebody else's patience.
    maxRedirections: 4,
    retryDelayOnFailover: 200,
    slotsRefreshTimeout: 2_000,
    redisOptions: { ...redisOptions, ...login },
  });
  return cluster as unknown as Redis;
};
