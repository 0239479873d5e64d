import { expect, test } from 'vitest';
import { jobs } from '../../jobs/index.ts';

/** So long a post is known by its id after it was settled, at the least: the third of three real days may have just begun. */
const KNOWN_MINUTES = 48 * 60;

test('what may be posted once at most is not caught up when its posts may be forgotten', () => {
  const once = jobs.filter(({ delivery }) => delivery === 'atMostOnce');
  expect(once.map(({ name }) => name)).toContain('list-publish');
  for (const { name, catchUpMinutes } of once) expect(catchUpMinutes, name).toBeLessThanOrEqual(KNOWN_MINUTES);
});
