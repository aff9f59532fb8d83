/** A repository on a forge. @public */
export interface RepositoryRef {
  /** Host as in clone URLs, with the port where it is not the default: `github.com`, `localhost:7071`. */
  host: string;
  owner: string;
  name: string;
}

/** `host/owner/name`; the inverse of {@link parseRepositoryRef}. @public */
export function formatRepositoryRef(repository: RepositoryRef): string {
  return `${repository.host}/${repository.owner}/${repository.name}`;
}

/**
 * Reads `host/owner/name`.
 *
 * @returns undefined where the text has another form
 * @public
 */
export function parseRepositoryRef(text: string): RepositoryRef | undefined {
  const match =
    /^([A-Za-z0-9.:-]+)\/([A-Za-z0-9_.-]+)\/([A-Za-z0-9_.-]+)$/.exec(text);
  return match
    ? { host: match[1], owner: match[2], name: match[3] }
    : undefined;
}
