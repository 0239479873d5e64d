import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { tempDir } from '../store/own-redis.ts';

const ci = fileURLToPath(new URL('../../.ci/run', import.meta.url));

/**
 * Runs it with an npm whose `run check` and `test` do what these lines of shell say; the report's path is in $report.
 */
const run = (check: string, tests: string) => {
  const dir = tempDir();
  mkdirSync(join(dir, '.ci'));
  cpSync(ci, join(dir, '.ci/run'));
  const report = 'for word; do case "$word" in --outputFile.json=*) report=$(echo "$word" | cut -d= -f2);; esac; done';
  writeFileSync(join(dir, 'npm'), `#!/bin/sh\n${report}\nif [ "$1" = run ]; then ${check}; else ${tests}; fi\n`);
  chmodSync(join(dir, 'npm'), 0o755);
  const { status, stdout } = spawnSync(join(dir, '.ci/run'), {
    cwd: '/',
    encoding: 'utf8',
    env: { PATH: `${dir}:${process.env.PATH}` },
  });
  return { status, last: stdout.trimEnd().split('\n').at(-1) };
};

const report = (passed: number, failed: number, files: object[] = []) =>
  `echo '${JSON.stringify({ numPassedTests: passed, numFailedTests: failed, testResults: files })}' > "$report"`;

test('all is well', () => {
  expect(run('true', report(12, 0))).toEqual({ status: 0, last: '12 passed, 0 failed' });
});

test('a failing test fails it', () => {
  expect(run('true', `${report(11, 1)}; exit 1`)).toEqual({ status: 1, last: '11 passed, 1 failed' });
});

test('a failing check fails it, and the tests run all the same', () => {
  expect(run('exit 1', report(12, 0))).toEqual({ status: 1, last: '12 passed, 0 failed' });
});

test('a file that cannot be loaded counts as failed', () => {
  const unloaded = { status: 'failed', assertionResults: [] };
  expect(run('true', `${report(3, 0, [unloaded])}; exit 1`)).toEqual({ status: 1, last: '3 passed, 1 failed' });
});

test('tests that end without a word fail it', () => {
  expect(run('true', 'kill -9 $$')).toEqual({ status: 1, last: '0 passed, 1 failed' });
});
