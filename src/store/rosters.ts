import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import { roles } from '../domain/roles.ts';
import type { FaultTally } from '../domain/roster-faults.ts';
import type { RosterStore } from '../ports.ts';
import { type Keys, keepSeconds } from './keys.ts';
import { confirmed } from './redis.ts';

/** Rosters that were sent and not yet confirmed. No truth of its own: what is confirmed is in the log. */
export const redisRosters = (redis: Redis, keys: Keys): RosterStore => ({
  async keep(upload, part, rows) {
    const key = keys.rosterRows(upload);
    // A part takes a fraction of a millisecond; handed to other threads, each would leave its memory in pieces.
    const packed = deflateRawSync(JSON.stringify(rows));
    await confirmed(redis.multi().hset(key, part, packed).expire(key, keepSeconds.rosterRows).exec());
  },
  async *parts(upload) {
    for (let part = 0; ; part += 1) {
      const packed = await confirmed(redis.hgetBuffer(keys.rosterRows(upload), `${part}`));
      if (packed === null) return;
      yield Rows.parse(JSON.parse(inflateRawSync(packed).toString()));
    }
  },
  async propose(by, proposal) {
    const row = JSON.stringify(proposal);
    await confirmed(redis.set(keys.rosterProposal(by), row, 'EX', keepSeconds.rosterProposal));
  },
  async proposed(by) {
    const row = await confirmed(redis.get(keys.rosterProposal(by)));
    return row === null ? null : Proposal.parse(JSON.parse(row));
  },
  async settle(by, upload) {
    const key = keys.rosterProposal(by);
    const row = await confirmed(redis.get(key));
    if (row !== null && Proposal.parse(JSON.parse(row)).upload === upload) await confirmed(redis.del(key));
  },
});

const Rows = z.array(
  z.object({
    row: z.number(),
    id: z.string(),
    name: z.string().nullable(),
    path: z.array(z.string()),
    roles: z.array(z.enum(roles)),
    since: z.string().nullable(),
  }),
);

const Proposal = z.object({
  upload: z.string(),
  digest: z.string(),
  shown: z.string(),
  faults: z.custom<FaultTally>((value) => Array.isArray(value)),
});
