import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { rootFolder } from '../lib/paths.mjs';

function start(args, env = {}) {
  return spawnSync(
    process.execPath,
    [path.join(rootFolder, 'scripts', 'start.mjs'), ...args],
    { encoding: 'utf8', env: { ...process.env, ...env } },
  );
}

test('--help explains every option and starts nothing', () => {
  const { status, stdout } = start(['--help']);
  assert.equal(status, 0);
  for (const word of [
    '--fresh',
    '--once',
    '--no-model',
    'SKEIN_PORT',
    'SKEIN_HOME',
    'SKEIN_ANTHROPIC_API_KEY',
  ]) {
    assert.ok(stdout.includes(word), word);
  }
});

test('an unknown option is one line and exit code 1', () => {
  const { status, stderr } = start(['--frsh']);
  assert.equal(status, 1);
  assert.match(stderr, /^Unknown option '--frsh'.*--help\.\n$/);
});

test('a missing git is one line and exit code 1', t => {
  const empty = fs.mkdtempSync(path.join(os.tmpdir(), 'skein-path-'));
  t.after(() => fs.rmdirSync(empty));
  const { status, stderr } = start([], {
    PATH: empty,
    SKEIN_HOME: path.join(empty, 'home'),
  });
  assert.equal(status, 1);
  assert.match(stderr, /^git is missing: .*\n$/);
});
