import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { cacheFolder, rootFolder } from './paths.mjs';

/**
 * Unpacks the Chromium that the `@sparticuz/chromium` package brings into the
 * cache folder, once, and sees that it runs.
 *
 * @returns environment variables for who drives it: where it is, and what it
 * needs to find its libraries and fonts
 * @throws Error that says why there is no browser
 */
export function provideBrowser() {
  const require = createRequire(
    path.join(rootFolder, 'packages/quickstart/package.json'),
  );
  const entry = require.resolve('@sparticuz/chromium');
  const { version } = JSON.parse(
    fs.readFileSync(path.join(path.dirname(entry), '../package.json'), 'utf8'),
  );
  const folder = path.join(cacheFolder(), `chromium-${version}`);
  const environment = {
    SKEIN_BROWSER: path.join(folder, 'chromium'),
    FONTCONFIG_FILE: path.join(folder, 'fonts.conf'),
  };
  // The package carries the libraries that a bare machine lacks.
  const ownLibraries = {
    ...environment,
    LD_LIBRARY_PATH: [path.join(folder, 'al2023', 'lib')]
      .concat(process.env.LD_LIBRARY_PATH ?? [])
      .join(path.delimiter),
  };
  const candidates = [environment, ownLibraries];
  const find = () => candidates.find(it => !reasonNotToRun(it));
  if (!find()) unpack(entry, folder);
  const found = find();
  if (!found) throw new Error(reasonNotToRun(ownLibraries));
  return found;
}

function unpack(entry, folder) {
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });
  const script = `import chromium from ${JSON.stringify(
    entry,
  )}; await chromium.executablePath();`;
  const result = spawnSync(
    process.execPath,
    ['--input-type=module', '--eval', script],
    {
      encoding: 'utf8',
      // It unpacks into the temporary folder, the libraries only on Amazon's Linux.
      env: { ...process.env, TMPDIR: folder, AWS_EXECUTION_ENV: '22.x' },
    },
  );
  if (result.status !== 0) {
    throw new Error(`unpacking failed: ${result.stderr.trim()}`);
  }
  // Its own file of this name knows Amazon's folders alone.
  fs.writeFileSync(
    path.join(folder, 'fonts.conf'),
    `<?xml version="1.0"?>
<fontconfig>
  <dir>/usr/share/fonts</dir>
  <dir>${path.join(folder, 'fonts')}</dir>
  <cachedir>${path.join(folder, 'fonts-cache')}</cachedir>
</fontconfig>
`,
  );
}

function reasonNotToRun({ SKEIN_BROWSER: browser, ...env }) {
  const result = spawnSync(browser, ['--version'], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
  if (result.status === 0) return undefined;
  return result.error?.message ?? result.stderr.trim().split('\n')[0];
}
