import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { isGone, processName } from '../../src/platforms/this-process.ts';

const nameOf = (pid: number | undefined) => processName().replace(/\d+$/, String(pid));

test.runIf(process.platform === 'linux')(
  'a process that has ended is known to have ended, one that lives is not',
  async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    const name = nameOf(child.pid);
    expect([isGone(name), isGone(processName())]).toEqual([false, false]);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(isGone(name)).toBe(true);
    // The same number on another machine, or in another container, is somebody else.
    expect(isGone(`x${name}`)).toBe(false);
  },
);

test.each(['', 'x', ' ', '0', '-1', ' -1'])('of %j nothing is known', (name) => {
  expect(isGone(name)).toBe(false);
});
