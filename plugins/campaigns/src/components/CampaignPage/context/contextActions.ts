import { Campaign } from '@skein/plugin-campaigns-common';
import { CampaignPermissions } from '../../shared';

const notPermitted = 'You do not have the permission for this';

/** Why the context cannot be changed now; undefined where it can. */
export function whyNoChange(
  campaign: Pick<Campaign, 'state'>,
  permissions: Pick<CampaignPermissions, 'update'>,
): string | undefined {
  return whyOver(campaign) ?? (permissions.update ? undefined : notPermitted);
}

/** Why nothing can be evaluated now: trials spend money and machines, as a launch does. */
export function whyNoEvaluation(
  campaign: Pick<Campaign, 'state' | 'inScope'>,
  permissions: Pick<CampaignPermissions, 'launch'>,
): string | undefined {
  if (!permissions.launch) return whyOver(campaign) ?? notPermitted;
  return (
    whyOver(campaign) ??
    (campaign.inScope === 0 ? 'There is no target in scope' : undefined)
  );
}

function whyOver({ state }: Pick<Campaign, 'state'>): string | undefined {
  return state === 'cancelled' || state === 'completed'
    ? 'The campaign has ended'
    : undefined;
}
