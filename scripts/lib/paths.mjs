import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout. */
export const rootFolder = path.resolve(
  path.dirname(fileURLToPath(import.meta.url)),
  '../..',
);

/** Where databases, repositories, logs and secrets of `npm start` lie. */
export function stateFolder(env = process.env) {
  return path.resolve(rootFolder, env.SKEIN_HOME || '.skein');
}

/** Where a Node that we bring lies; shared by all checkouts. */
export function cacheFolder(env = process.env) {
  const base = env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache');
  return path.resolve(base, 'skein');
}

/** Stamps of what was installed and built; gone with node_modules. */
export function stampFile(name) {
  return path.join(rootFolder, 'node_modules', '.cache', 'skein', name);
}
