import { createHash, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Redis } from 'ioredis';

type Report = {
  readonly unit: string;
  readonly member: string;
  readonly day: string;
  readonly letters: string;
  /** As it is stored: salt, letters, texts. */
  readonly words: string;
};

/** Files a report by floor.lua and nothing else: ready-made words, and no look at what comes back. */
export const floor = async (redis: Redis) => {
  const lua = readFileSync(new URL('floor.lua', import.meta.url), 'utf8');
  const sha = createHash('sha1').update(lua).digest('hex');
  await redis.script('LOAD', lua);

  return ({ unit, member, day, letters, words }: Report): Promise<unknown> => {
    const tag = `floor:{u:${unit}}`;
    return redis.evalsha(
      sha,
      7,
      `${tag}:log`,
      `${tag}:data:${day}`,
      `${tag}:seen:20456`,
      `${tag}:seen:20455`,
      `${tag}:seen:20454`,
      `${tag}:day:${day}`,
      `${tag}:open`,
      randomUUID().slice(0, 12),
      member,
      '1767578400000',
      words,
      letters,
      '20458',
    );
  };
};
