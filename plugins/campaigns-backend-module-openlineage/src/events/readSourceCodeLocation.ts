import { isDeleted } from './isDeleted';
import type { CodePlace } from './Naming';

interface SourceCodeLocation {
  type: string;
  url: string;
  repoUrl?: string;
  path?: string;
}

const scp = /^[\w.-]+@([\w.-]+):(.+)$/;
const inRepository = /^(?:-\/)?(?:blob|tree|raw|src)\/[^/]+\/(.+)$/;

/**
 * Where the facet `sourceCodeLocation` says that a job's code is. Undefined
 * where it is not in git, or the address is not of the form host/owner/name.
 */
export function readSourceCodeLocation(facet: unknown): CodePlace | undefined {
  if (!facet || isDeleted(facet)) return undefined;
  const { type, url, repoUrl, path } = facet as SourceCodeLocation;
  if (type.toLowerCase() !== 'git') return undefined;
  const repository = parseAddress(repoUrl ?? url);
  if (!repository) return undefined;
  const { rest, ...ref } = repository;
  const fromUrl = rest ?? parseAddress(url)?.rest;
  return {
    repository: ref,
    path: withoutSlashes(path ?? inRepository.exec(fromUrl ?? '')?.[1] ?? ''),
  };
}

/** `https://host/owner/name.git`, `git@host:owner/name`, and what follows them. */
function parseAddress(address: string) {
  const [, scpHost, scpPath] = scp.exec(address) ?? [];
  const url = scpHost === undefined ? tryUrl(address) : undefined;
  const host = scpHost ?? url?.host;
  const path = withoutSlashes(scpPath ?? url?.pathname ?? '');
  const [owner, name, ...rest] = path.split('/');
  if (!host || !owner || !name) return undefined;
  return {
    host,
    owner,
    name: name.replace(/\.git$/, ''),
    rest: rest.length > 0 ? rest.join('/') : undefined,
  };
}

function tryUrl(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

function withoutSlashes(path: string): string {
  return path.replace(/^[./]+/, '').replace(/(?<!\/)\/+$/, '');
}
