import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { rootFolder as root } from '../lib/paths.mjs';

/** The only place that may take Backstage's logger as it is: it wraps it. */
const WRAPPER =
  'plugins/campaigns-node/src/logging/campaignsLoggerServiceRef.ts';

test('all plugins log through the logger that makes words of others harmless', () => {
  const plugins = path.join(root, 'plugins');
  const takers = fs
    .readdirSync(plugins)
    .flatMap(plugin => sources(path.join(plugins, plugin, 'src')))
    .filter(file =>
      /\bcoreServices\s*\.\s*(?:rootLogger|logger)\b/.test(
        fs.readFileSync(file, 'utf8'),
      ),
    )
    .map(file => path.relative(root, file));
  assert.deepEqual(
    takers,
    [WRAPPER],
    'depend on campaignsLoggerServiceRef instead of coreServices.logger',
  );
});

function sources(folder) {
  return fs
    .readdirSync(folder, { recursive: true })
    .map(name => path.join(folder, name))
    .filter(file => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file));
}
