import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { readJestResults, readTapResults } from '../lib/results.mjs';

function temporaryFolder(t) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'skein-results-'));
  t.after(() => fs.rmSync(folder, { recursive: true }));
  return folder;
}

test("node's own runner is counted as it counts itself", t => {
  const folder = temporaryFolder(t);
  const file = path.join(folder, 'sample.test.mjs');
  const tap = path.join(folder, 'out.tap');
  fs.writeFileSync(
    file,
    `import { test } from 'node:test';
     test('a', () => {}); test('b', () => {}); test('c', { skip: true }, () => {});
     test('d', () => { throw new Error('no'); });`,
  );
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  spawnSync(
    process.execPath,
    [
      '--test',
      '--test-reporter=tap',
      `--test-reporter-destination=${tap}`,
      file,
    ],
    { env },
  );
  assert.deepEqual(readTapResults(tap), { passed: 2, failed: 1, skipped: 1 });
});

test('a runner that left nothing has failed', t => {
  const folder = temporaryFolder(t);
  const nowhere = path.join(folder, 'nowhere');
  assert.equal(readTapResults(nowhere).failed, 1);
  assert.equal(readJestResults(nowhere).failed, 1);
  fs.writeFileSync(nowhere, 'TAP version 13\n');
  assert.equal(readTapResults(nowhere).failed, 1);
});

test('a test file that cannot be loaded counts as a failure', t => {
  const file = path.join(temporaryFolder(t), 'results.json');
  fs.writeFileSync(
    file,
    JSON.stringify({
      numPassedTests: 5,
      numFailedTests: 0,
      numPendingTests: 2,
      numTodoTests: 1,
      numRuntimeErrorTestSuites: 1,
    }),
  );
  assert.deepEqual(readJestResults(file), {
    passed: 5,
    failed: 1,
    skipped: 3,
  });
});
