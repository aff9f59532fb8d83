import { spawnSync } from 'node:child_process';
import { outputOf } from './processes.mjs';

/**
 * Sees that there is a bubblewrap, from Debian where we may install it.
 *
 * @returns why there is none; undefined where there is one
 */
export function provideBubblewrap() {
  if (process.platform !== 'linux') return 'bubblewrap is for Linux alone';
  if (outputOf('bwrap', ['--version'])) return undefined;
  if (process.getuid() !== 0) {
    return 'bubblewrap is missing, and only root may install it';
  }
  if (!outputOf('apt-get', ['--version'])) {
    return 'bubblewrap is missing, and there is no apt-get to install it';
  }
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const aptGet = (...args) =>
    spawnSync('apt-get', args, { env, encoding: 'utf8' });
  const installIt = () =>
    aptGet('install', '-y', '--no-install-recommends', 'bubblewrap');
  if (installIt().status !== 0) {
    // Package lists may be old, or absent from a slim image.
    aptGet('update');
    const { stderr } = installIt();
    if (!outputOf('bwrap', ['--version'])) {
      return `bubblewrap could not be installed: ${stderr
        .trim()
        .split('\n')
        .at(-1)}`;
    }
  }
  return undefined;
}
