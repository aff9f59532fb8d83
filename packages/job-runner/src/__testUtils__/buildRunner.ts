import { execFileSync } from 'child_process';
import { mkdtempSync, symlinkSync } from 'fs';
import { tmpdir } from 'os';
import { dirname, join } from 'path';

/**
 * For tests: the runner as one file, in a folder of its own, beside which the
 * packages lie that are not part of it.
 *
 * @param packages - false: as where those are not installed
 */
export function buildRunner({ packages = true } = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'skein-runner-'));
  execFileSync(process.execPath, ['scripts/build-bundle.mjs', folder], {
    cwd: join(__dirname, '..', '..'),
  });
  if (packages) {
    const api = require.resolve('@duckdb/node-api/package.json');
    symlinkSync(dirname(dirname(dirname(api))), join(folder, 'node_modules'));
  }
  return join(folder, 'job-runner.cjs');
}
