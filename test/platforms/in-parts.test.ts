import { expect, test } from 'vitest';
import { PlatformError } from '../../src/errors.ts';
import { inParts } from '../../src/platforms/in-parts.ts';

/** A chat that fails on demand: the outcomes of the next sends. */
const chat = () => {
  const said: string[] = [];
  const outcomes: (PlatformError['outcome'] | 'ok')[] = [];
  const send = async (part: string) => {
    const outcome = outcomes.shift() ?? 'ok';
    if (outcome === 'ok' || outcome === 'unknown') said.push(part);
    if (outcome !== 'ok') throw new PlatformError('wecom', 1, outcome, '');
  };
  return { said, outcomes, send };
};

test('parts go in order, each after the one before it', async () => {
  const { said, send } = chat();
  await inParts()('p', ['一', '二', '三'], send);
  expect(said).toEqual(['一', '二', '三']);
});

test('after a failure it goes on at the part that was not sent', async () => {
  const { said, outcomes, send } = chat();
  const parts = inParts();
  outcomes.push('ok', 'retry');
  await expect(parts('p', ['一', '二', '三'], send)).rejects.toMatchObject({ outcome: 'retry' });
  await parts('p', ['一', '二', '三'], send);
  expect(said).toEqual(['一', '二', '三']);
});

test('another post, and the same one after it went through, begin at the beginning', async () => {
  const { said, outcomes, send } = chat();
  const parts = inParts();
  outcomes.push('ok', 'retry');
  await expect(parts('p', ['一', '二'], send)).rejects.toThrow();
  await parts('q', ['甲', '乙'], send);
  await parts('p', ['一', '二'], send);
  await parts('p', ['一', '二'], send);
  expect(said).toEqual(['一', '甲', '乙', '二', '一', '二']);
});

test('a part that may have been delivered does not hold up the rest; only it is sent again', async () => {
  const { said, outcomes, send } = chat();
  const parts = inParts();
  outcomes.push('ok', 'unknown', 'ok');
  await expect(parts('p', ['一', '二', '三'], send)).rejects.toMatchObject({ outcome: 'unknown' });
  expect(said).toEqual(['一', '二', '三']);
  await parts('p', ['一', '二', '三'], send);
  expect(said).toEqual(['一', '二', '三', '二']);
});
