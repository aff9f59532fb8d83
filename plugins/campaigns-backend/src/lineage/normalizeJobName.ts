import {
  formatRepositoryRef,
  RepositoryRef,
} from '@skein/plugin-campaigns-common';
import { MAX_NODE_NAME_LENGTH, unstorable } from './normalizeDatasetName';

const codeName = /^([^/\s]+\/[^/\s]+\/[^/\s]+)\/\/(.*)$/;

/**
 * One identity for a job: `host/owner/name//path` with the repository in lower
 * case, since forges do not tell its letters' case apart, and the path as it
 * is, without slashes at the ends. A source's own name stays as it is.
 */
export function normalizeJobName(name: string): string {
  const trimmed = name.replace(unstorable, '').trim();
  const match = codeName.exec(trimmed);
  const normal = match
    ? `${match[1].toLowerCase()}//${trimSlashes(match[2])}`
    : trimmed;
  return Buffer.byteLength(normal) > MAX_NODE_NAME_LENGTH ? '' : normal;
}

/** The name of the job whose code lies in this folder. */
export function jobNameOf(repository: RepositoryRef, path: string): string {
  return normalizeJobName(`${formatRepositoryRef(repository)}//${path}`);
}

/** A folder path without slashes at its ends; empty for the repository itself. */
export function trimSlashes(path: string): string {
  return path
    .split('/')
    .filter(part => part !== '' && part !== '.')
    .join('/');
}
