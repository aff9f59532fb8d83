import { AuthService } from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';

/** Logins and teams (`organisation/slug`) that stand for an owner of the catalog. */
export type OwnerReviewers = (ownerRef: string) => Promise<string[]>;

/** Reads an owner's annotations `github.com/team-slug` and `github.com/user-login`. */
export function catalogReviewers(options: {
  catalog: CatalogService;
  auth: AuthService;
}): OwnerReviewers {
  return async ownerRef => {
    const entity = await options.catalog.getEntityByRef(ownerRef, {
      credentials: await options.auth.getOwnServiceCredentials(),
    });
    const annotations = entity?.metadata.annotations ?? {};
    const name =
      annotations['github.com/team-slug'] ??
      annotations['github.com/user-login'];
    return name ? [name] : [];
  };
}
