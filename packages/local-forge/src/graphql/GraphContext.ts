import { Actor } from '../domain/Actor';
import { accessTo, Permission, requireAccess } from '../domain/access';
import { ApiError } from '../domain/ApiError';
import type { Forge } from '../domain/Forge';
import { AccountRow, RepositoryRow } from '../store/rows';

/** What resolvers of one request share. */
export class GraphContext {
  constructor(readonly forge: Forge, readonly actor: Actor) {}

  account(): AccountRow {
    if (this.actor.kind === 'user' || this.actor.kind === 'installation') {
      return this.actor.account;
    }
    throw new ApiError(401, 'This endpoint requires you to be authenticated.');
  }

  maySee(repository: RepositoryRow): boolean {
    return accessTo(this.forge.store, this.actor, repository) !== 'none';
  }

  mayWrite(repository: RepositoryRow, permission: Permission): RepositoryRow {
    return requireAccess(
      this.forge.store,
      this.actor,
      repository,
      permission,
      'write',
    );
  }
}

/** An object of the schema: values, or functions of the field's arguments. */
export type GraphObject = { __typename: string } & Record<string, unknown>;
