import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { fingerprint, listFiles, whenChanged } from '../lib/fingerprint.mjs';

function folderWith(t, files) {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'skein-fingerprint-'));
  t.after(() => fs.rmSync(root, { recursive: true }));
  for (const [name, content] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    fs.writeFileSync(path.join(root, name), content);
  }
  return root;
}

test('sources are listed, build output and dependencies are not', t => {
  const root = folderWith(t, {
    'app/src/b.ts': '',
    'app/src/a.ts': '',
    'app/dist/index.html': '',
    'app/node_modules/x/index.js': '',
    'yarn.lock': '',
  });
  assert.deepEqual(listFiles(root, ['app', 'yarn.lock', 'gone']), [
    'app/src/a.ts',
    'app/src/b.ts',
    'yarn.lock',
  ]);
});

test('the fingerprint follows contents, names and words', t => {
  const root = folderWith(t, { a: '1', b: '1' });
  const first = fingerprint(root, ['a'], ['x']);
  assert.equal(fingerprint(root, ['a'], ['x']), first);
  assert.notEqual(fingerprint(root, ['b'], ['x']), first);
  assert.notEqual(fingerprint(root, ['a'], ['y']), first);
  fs.writeFileSync(path.join(root, 'a'), '2');
  assert.notEqual(fingerprint(root, ['a'], ['x']), first);
});

test('work is done again when it failed, and not when it is done', async t => {
  const stamp = path.join(folderWith(t, {}), 'deep', 'stamp');
  const failing = whenChanged(stamp, 'one', async () => {
    throw new Error('no');
  });
  await assert.rejects(failing, /no/);
  let times = 0;
  const work = async () => {
    times += 1;
  };
  assert.equal(await whenChanged(stamp, 'one', work), true);
  assert.equal(await whenChanged(stamp, 'one', work), false);
  assert.equal(await whenChanged(stamp, 'two', work), true);
  assert.equal(times, 2);
});
