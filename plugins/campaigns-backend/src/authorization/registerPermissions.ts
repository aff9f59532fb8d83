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
import { CampaignRow } from '../database/tables';
import {
  campaignResourceRef,
  isCampaignOwner,
  isTargetOfCampaignOwner,
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
    getResources: ids => readCampaignOwners(knex, ids),
  });
  registry.addResourceType({
    resourceRef: targetResourceRef,
    permissions: ofResource(RESOURCE_TYPE_TARGET),
    rules: [isTargetOwner, isTargetOfCampaignOwner],
    getResources: ids => readTargetOwners(knex, ids),
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

async function readCampaignOwners(
  knex: Knex,
  ids: string[],
): Promise<Array<OwnedResource | undefined>> {
  const rows = await knex<CampaignRow>('campaigns')
    .whereIn('id', ids)
    .select('id', 'owner_ref');
  const owners = new Map(
    rows.map(row => [row.id, { ownerRef: row.owner_ref }]),
  );
  return ids.map(id => owners.get(id));
}

async function readTargetOwners(
  knex: Knex,
  ids: string[],
): Promise<Array<OwnedResource | undefined>> {
  const rows = await knex('targets')
    .join('campaigns', 'campaigns.id', 'targets.campaign_id')
    .whereIn('targets.id', ids)
    .select({
      id: 'targets.id',
      owner: 'targets.owner_ref',
      campaignOwner: 'campaigns.owner_ref',
    });
  const owners = new Map<string, OwnedResource>(
    rows.map(({ id, owner, campaignOwner }) => [
      id,
      { ownerRef: owner ?? undefined, campaignOwnerRef: campaignOwner },
    ]),
  );
  return ids.map(id => owners.get(id));
}
