import { NotFoundError } from '@backstage/errors';
import { RepositoryRef } from '@skein/plugin-campaigns-common';
import { Forge } from '@skein/plugin-campaigns-node';

/** The forges that modules brought, by host. */
export class Forges {
  readonly #forges: readonly Forge[];

  private constructor(forges: readonly Forge[]) {
    this.#forges = forges;
  }

  static create(forges: readonly Forge[]): Forges {
    return new Forges([...forges]);
  }

  all(): readonly Forge[] {
    return this.#forges;
  }

  /** @throws NotFoundError where no forge handles the repository's host */
  of(repository: RepositoryRef): Forge {
    const forge = this.#forges.find(each => each.handles(repository.host));
    if (!forge) {
      throw new NotFoundError(
        `No forge handles the host '${repository.host}'; add it to 'integrations' in the configuration`,
      );
    }
    return forge;
  }
}
