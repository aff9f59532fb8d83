import { NotAllowedError, NotFoundError } from '@backstage/errors';
import { ResourcePermission } from '@backstage/plugin-permission-common';
import {
  campaignReadPermission,
  targetReadPermission,
} from '@skein/plugin-campaigns-common';
import { Request } from 'express';
import { Caller, RowFilter } from '../authorization';
import { getCampaignRow } from '../database/operations/campaigns/getCampaignRow';
import { CampaignRow } from '../database/tables';
import { RouterOptions } from './RouterOptions';

/**
 * Finds a campaign that the caller may do something with, and which of its
 * targets the caller may read: whatever is answered is over those.
 *
 * The permission is needed somewhere before anything is looked up, so that nobody
 * without it learns which campaigns there are.
 *
 * @throws NotFoundError where there is none, or none that the caller may see
 * @throws NotAllowedError where the caller may do this nowhere, or may see it but not do this
 */
export async function findCampaign(
  options: RouterOptions,
  request: Request,
  nameOrId: string,
  permission: ResourcePermission,
): Promise<{ row: CampaignRow; caller: Caller; readable: RowFilter }> {
  const { authorizer, knex } = options;
  const caller = await authorizer.identify(request);
  if (permission !== campaignReadPermission) {
    await authorizer.requireSomewhere(caller, permission);
  }
  const row = await getCampaignRow(knex, nameOrId);

  const passes = async (wanted: ResourcePermission) => {
    const query = knex('campaigns').where({ id: row.id }).select('id');
    (await authorizer.filter(caller, wanted))(query);
    return (await query).length > 0;
  };
  if (!(await passes(campaignReadPermission))) {
    throw new NotFoundError(`No campaign '${nameOrId}'`);
  }
  if (permission !== campaignReadPermission && !(await passes(permission))) {
    throw new NotAllowedError(
      `You need the permission '${permission.name}' on campaign '${row.name}' for this`,
    );
  }
  const readable = await authorizer.filter(caller, targetReadPermission);
  return { row, caller, readable };
}
