import { createHash } from 'crypto';

const ROOT = 'root';
/** Of a longer text, the digest alone tells the rest. */
const MOST_READ = 500;

/**
 * The branch of a target: `<prefix>/<campaign>/<path>`. Two paths never share
 * one, and none is a folder of another, which git could not keep side by side.
 *
 * @param path - the target's folder in its repository; empty for the root
 */
export function branchName(
  prefix: string,
  campaignName: string,
  path: string,
): string {
  const parts = prefix
    .split('/')
    .map(part => slug(part))
    .filter(Boolean);
  return [...(parts.length ? parts : ['skein']), slug(campaignName), leaf(path)]
    .join('/')
    .slice(0, 240);
}

function leaf(path: string): string {
  if (path === '') return ROOT;
  const readable = slug(path).slice(0, 60);
  if (readable === path && readable !== ROOT) return readable;
  const digest = createHash('sha256').update(path).digest('hex').slice(0, 8);
  return [readable, digest].filter(Boolean).join('-');
}

/** Lower-case letters, digits and dashes: safe in refs, folders and addresses. */
function slug(text: string): string {
  return text
    .slice(0, MOST_READ)
    .toLowerCase()
    .replace(/[^a-z0-9_]+/g, '-')
    .replace(/^-|-$/g, '');
}
