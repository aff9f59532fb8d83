import { NotAllowedError, NotFoundError } from '@backstage/errors';
import { ResourcePermission } from '@backstage/plugin-permission-common';
import { campaignReadPermission } from '@skein/plugin-campaigns-common';
import { Request } from 'express';
import { Caller } from '../authorization';
import { getCampaignRow } from '../database/operations/campaigns/getCampaignRow';
import { CampaignRow } from '../database/tables';
import { RouterOptions } from './RouterOptions';

/**
 * Finds a campaign that the caller may do something with.
 *
 * @throws NotFoundError where there is none, or none that the caller may see
 * @throws NotAllowedError where the caller may see it but not do this
 */
export async function findCampaign(
  options: RouterOptions,
  request: Request,
  nameOrId: string,
  permission: ResourcePermission,
): Promise<{ row: CampaignRow; caller: Caller }> {
  const { authorizer, knex } = options;
  const caller = await authorizer.identify(request);
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
  return { row, caller };
}
