import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { ConnectionLeases } from '../ports.ts';
import type { Keys } from './keys.ts';
import { confirmed, script } from './redis.ts';

const Answer = z.union([
  z.tuple([z.literal(['ours', 'resting']), z.number()]),
  z.tuple([z.literal('held'), z.number(), z.string(), z.string()]),
]);

/** Which copy of the bot holds a connection: leases that end by Redis' own clock, each with a token of its own. */
export const redisConnections = (redis: Redis, keys: Keys): ConnectionLeases => {
  const holdConnection = script(redis, 'hold-connection');
  const giveBackConnection = script(redis, 'give-back-connection');

  return {
    async hold(connection, copy, { leaseMs, handoverMs }, gone = '') {
      const of = keys.connection(connection);
      const answer = Answer.parse(
        await holdConnection(
          [of.lease, of.newest, of.moved, of.rest],
          [copy.id, copy.where, leaseMs, handoverMs, copy.process, gone],
        ),
      );
      if (answer[0] === 'held') return { heldMs: answer[1], by: { id: answer[2], process: answer[3] } };
      return answer[0] === 'ours' ? { token: answer[1] } : { restMs: answer[1] };
    },

    async giveBack(connection, token, rest) {
      const of = keys.connection(connection);
      const pauses = rest ? [rest.firstMs, rest.longestMs, rest.forgetMs] : [0, 0, 0];
      await giveBackConnection([of.lease, of.newest, of.rest, of.kicks], [token, ...pauses]);
    },

    async look(connection) {
      const of = keys.connection(connection);
      const [where, restMs] = await Promise.all([
        confirmed(redis.hget(of.lease, 'where')),
        confirmed(redis.pttl(of.rest)),
      ]);
      return { where, restMs: Math.max(0, restMs) };
    },
  };
};
