import { InputError } from '@backstage/errors';
import {
  formatRepositoryRef,
  RepositoryRef,
} from '@skein/plugin-campaigns-common';
import path from 'path';

const namePattern = /^[A-Za-z0-9_.-]{1,100}$/;
const hostPattern = /^[A-Za-z0-9.-]{1,253}(:[0-9]{1,5})?$/;

/**
 * The folder of a repository's mirror, below a root. Forges do not tell the
 * case of names apart, so neither does this.
 *
 * @throws InputError where a part could name another folder
 */
export function repositoryFolder(
  root: string,
  repository: RepositoryRef,
): string {
  const { host, owner, name } = repository;
  const parts = [owner, name];
  if (
    !hostPattern.test(host) ||
    /^\.+$/.test(host) ||
    parts.some(part => !namePattern.test(part) || /^\.+$/.test(part))
  ) {
    throw new InputError(
      `'${formatRepositoryRef(
        repository,
      )}' is not a repository; expected host/owner/name`,
    );
  }
  return path.join(
    root,
    host.toLowerCase().replace(':', '+'),
    owner.toLowerCase(),
    `${name.toLowerCase()}.git`,
  );
}

/**
 * Refuses a branch name that git would read as something else.
 *
 * @throws InputError
 */
export function assertBranchName(branch: string): void {
  if (
    branch.length === 0 ||
    branch.length > 250 ||
    // eslint-disable-next-line no-control-regex
    /[\u0000-\u0020\u007f~^:?*[\\]|\.\.|@\{|\/\/|^[/.-]|\/\.|[/.]$|\.lock(\/|$)/.test(
      branch,
    )
  ) {
    throw new InputError(`'${branch.slice(0, 250)}' is not a branch name`);
  }
}
