import {
  BackstageCredentials,
  BackstageUserPrincipal,
  HttpAuthService,
  PermissionsRegistryService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  AuthorizeResult,
  BasicPermission,
  ResourcePermission,
} from '@backstage/plugin-permission-common';
import {
  ConditionTransformer,
  createConditionTransformer,
} from '@backstage/plugin-permission-node';
import { Request } from 'express';
import { campaignResourceRef, OwnerQuery, targetResourceRef } from './rules';
import { allRows, noRows, RowFilter, toRowFilter } from './rowFilter';

/** Who asks, and what the permission framework says about them. */
export interface Caller {
  credentials: BackstageCredentials;
  /** Entity ref of the user, or the subject of a service. */
  actor: string;
}

/**
 * Asks the permission framework. A conditional answer becomes a filter on rows:
 * lists, single reads and bulk actions all go through the same one.
 */
export class Authorizer {
  readonly #permissions: PermissionsService;
  readonly #httpAuth: HttpAuthService;
  readonly #transformers: Record<string, ConditionTransformer<OwnerQuery>>;

  private constructor(
    permissions: PermissionsService,
    httpAuth: HttpAuthService,
    transformers: Record<string, ConditionTransformer<OwnerQuery>>,
  ) {
    this.#permissions = permissions;
    this.#httpAuth = httpAuth;
    this.#transformers = transformers;
  }

  /** Needs the resource types to be registered already. */
  static create(options: {
    permissions: PermissionsService;
    permissionsRegistry: PermissionsRegistryService;
    httpAuth: HttpAuthService;
  }): Authorizer {
    const { permissions, permissionsRegistry, httpAuth } = options;
    return new Authorizer(
      permissions,
      httpAuth,
      Object.fromEntries(
        [campaignResourceRef, targetResourceRef].map(resourceRef => [
          resourceRef.resourceType,
          createConditionTransformer(
            permissionsRegistry.getPermissionRuleset(resourceRef),
          ),
        ]),
      ),
    );
  }

  /** @throws AuthenticationError where nobody is signed in */
  async identify(request: Request): Promise<Caller> {
    const credentials = await this.#httpAuth.credentials(request);
    const principal = credentials.principal as
      | BackstageUserPrincipal
      | { type: 'service'; subject: string };
    return {
      credentials,
      actor:
        principal.type === 'user'
          ? principal.userEntityRef
          : principal.subject ?? 'unknown',
    };
  }

  /** @throws NotAllowedError */
  async require(caller: Caller, permission: BasicPermission): Promise<void> {
    const [{ result }] = await this.#permissions.authorize([{ permission }], {
      credentials: caller.credentials,
    });
    if (result !== AuthorizeResult.ALLOW) {
      throw new NotAllowedError(
        `You need the permission '${permission.name}' for this`,
      );
    }
  }

  /**
   * For what belongs to no single resource: passes where the caller has the
   * permission on some, or may have.
   *
   * @throws NotAllowedError
   */
  async requireSomewhere(
    caller: Caller,
    permission: ResourcePermission,
  ): Promise<void> {
    if ((await this.filter(caller, permission)) === noRows) {
      throw new NotAllowedError(
        `You need the permission '${permission.name}' for this`,
      );
    }
  }

  /** The rows on which the caller has a permission. */
  async filter(
    caller: Caller,
    permission: ResourcePermission,
  ): Promise<RowFilter> {
    const [decision] = await this.#permissions.authorizeConditional(
      [{ permission }],
      { credentials: caller.credentials },
    );
    switch (decision.result) {
      case AuthorizeResult.ALLOW:
        return allRows;
      case AuthorizeResult.CONDITIONAL:
        return toRowFilter(
          this.#transformers[permission.resourceType](decision.conditions),
        );
      default:
        return noRows;
    }
  }
}
