import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { rootFolder as root } from '../lib/paths.mjs';

const HOUR = 3600_000;

test('a version of a package that was published today is not taken', async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'skein-age-'));
  const fetched = [];
  const registry = http.createServer(({ url }, response) => {
    if (url.endsWith('.tgz')) {
      fetched.push(url);
      response.writeHead(404).end();
      return;
    }
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(watched(registry.address().port)));
  });
  await new Promise(resolve => registry.listen(0, '127.0.0.1', resolve));
  try {
    const output = await installIn(folder, registry.address().port);
    assert.deepEqual(fetched, ['/watched/-/watched-1.0.0.tgz'], output);
  } finally {
    registry.close();
    fs.rmSync(folder, { recursive: true, force: true });
  }
});

/** A package with one version that has been out for a month, and one for an hour. */
function watched(port) {
  const version = number => ({
    name: 'watched',
    version: number,
    dist: {
      tarball: `http://127.0.0.1:${port}/watched/-/watched-${number}.tgz`,
    },
  });
  return {
    name: 'watched',
    'dist-tags': { latest: '1.2.0' },
    versions: { '1.0.0': version('1.0.0'), '1.2.0': version('1.2.0') },
    time: {
      '1.0.0': new Date(Date.now() - 30 * 24 * HOUR).toISOString(),
      '1.2.0': new Date(Date.now() - HOUR).toISOString(),
    },
  };
}

/** Has Yarn choose a version and fetch it, with the settings of this repository. */
async function installIn(folder, port) {
  const settings = fs.readFileSync(path.join(root, '.yarnrc.yml'), 'utf8');
  const yarn = /^yarnPath: (.+)$/m.exec(settings)[1];
  fs.writeFileSync(
    path.join(folder, '.yarnrc.yml'),
    settings.replace(/^yarnPath: .+$/m, ''),
  );
  fs.writeFileSync(path.join(folder, 'yarn.lock'), '');
  fs.writeFileSync(
    path.join(folder, 'package.json'),
    JSON.stringify({ name: 'x', dependencies: { watched: '^1.0.0' } }),
  );
  const env = {
    PATH: process.env.PATH,
    HOME: folder,
    YARN_IGNORE_PATH: '1',
    YARN_ENABLE_GLOBAL_CACHE: 'false',
    YARN_ENABLE_IMMUTABLE_INSTALLS: 'false',
    YARN_HTTP_RETRY: '0',
    YARN_NPM_REGISTRY_SERVER: `http://127.0.0.1:${port}`,
    YARN_UNSAFE_HTTP_WHITELIST: '127.0.0.1',
  };
  return new Promise(resolve => {
    execFile(
      process.execPath,
      [path.join(root, yarn), 'install'],
      { cwd: folder, env },
      (error, stdout, stderr) => resolve(`${error ?? ''}${stdout}${stderr}`),
    );
  });
}
