import { PermissionsRegistryService } from '@backstage/backend-plugin-api';
import {
  isResourcePermission,
  Permission,
} from '@backstage/plugin-permission-common';
import {
  campaignsPermissions,
  RESOURCE_TYPE_CAMPAIGN,
  RESOURCE_TYPE_TARGET,
} from '@skein/plugin-campaigns-common';
import { Knex } from 'knex';
import {
  campaignResourceRef,
  isCampaignOwner,
  isTargetOwner,
  OwnedResource,
  targetResourceRef,
} from './rules';

/** Tells the permission framework what there is to permit. */
export function registerPermissions(
  registry: PermissionsRegistryService,
  knex: Knex,
): void {
  registry.addResourceType({
    resourceRef: campaignResourceRef,
    permissions: ofResource(RESOURCE_TYPE_CAMPAIGN),
    rules: [isCampaignOwner],
    getResources: ids => readOwners(knex, 'campaigns', ids),
  });
  registry.addResourceType({
    resourceRef: targetResourceRef,
    permissions: ofResource(RESOURCE_TYPE_TARGET),
    rules: [isTargetOwner],
    getResources: ids => readOwners(knex, 'targets', ids),
  });
  registry.addPermissions(
    campaignsPermissions.filter(
      permission => !isResourcePermission(permission),
    ),
  );
}

function ofResource(resourceType: string): Permission[] {
  return campaignsPermissions.filter(permission =>
    isResourcePermission(permission, resourceType),
  );
}

async function readOwners(
  knex: Knex,
  table: 'campaigns' | 'targets',
  ids: string[],
): Promise<Array<OwnedResource | undefined>> {
  const rows = await knex(table).whereIn('id', ids).select('id', 'owner_ref');
  const owners = new Map(rows.map(row => [row.id, row.owner_ref]));
  return ids.map(id =>
    owners.has(id) ? { ownerRef: owners.get(id) ?? undefined } : undefined,
  );
}
