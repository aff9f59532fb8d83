import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

const IGNORED = new Set(['node_modules', 'dist', 'dist-types', 'coverage']);

/** Files under folders or at paths, relative to the root with forward slashes, sorted; build output left out. */
export function listFiles(root, paths) {
  const found = [];
  const visit = relative => {
    const stat = fs.statSync(path.join(root, relative), {
      throwIfNoEntry: false,
    });
    if (!stat) return;
    if (stat.isFile()) found.push(relative);
    if (!stat.isDirectory()) return;
    for (const name of fs.readdirSync(path.join(root, relative))) {
      if (!IGNORED.has(name) && !name.startsWith('.')) {
        visit(path.posix.join(relative, name));
      }
    }
  };
  paths.forEach(visit);
  return found.sort();
}

/** A digest of files' names and contents, and of further words that matter. */
export function fingerprint(root, files, words = []) {
  const hash = createHash('sha256');
  for (const word of words) hash.update(`${word}\0`);
  for (const file of files) {
    const content = fs.readFileSync(path.join(root, file));
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

/** Does work only when the fingerprint it was last done for is another one. */
export async function whenChanged(stamp, digest, work) {
  const last = fs.existsSync(stamp) ? fs.readFileSync(stamp, 'utf8') : '';
  if (last === digest) return false;
  fs.rmSync(stamp, { force: true });
  await work();
  fs.mkdirSync(path.dirname(stamp), { recursive: true });
  fs.writeFileSync(stamp, digest);
  return true;
}
