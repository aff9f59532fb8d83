import { Campaign } from '@skein/plugin-campaigns-common';
import { CampaignPermissions } from '../../shared';

export type CampaignAction =
  | 'launch'
  | 'approve'
  | 'pause'
  | 'resume'
  | 'cancel';

const notPermitted = 'You do not have the permission for this';

/**
 * Which actions a campaign offers in its state, in order, each with why it
 * cannot be used now. Actions that make no sense in the state are left out.
 */
export function offeredActions(
  campaign: Campaign,
  permissions: CampaignPermissions,
): Array<{ action: CampaignAction; unavailable?: string }> {
  const { state, scope, inScope, counts } = campaign;
  const offered: Array<{ action: CampaignAction; unavailable?: string }> = [];

  if (state === 'draft') {
    offered.push({
      action: 'launch',
      unavailable:
        scopeUnready(scope.state) ??
        (inScope === 0 ? 'There is no target in scope' : undefined) ??
        unless(permissions.launch),
    });
  }
  if (
    (state === 'active' || state === 'paused') &&
    ((counts.proposed ?? 0) > 0 ||
      campaign.spec.rollout.approval === 'required')
  ) {
    offered.push({
      action: 'approve',
      unavailable:
        (counts.proposed ?? 0) === 0
          ? 'No change waits for approval'
          : undefined,
    });
  }
  if (state === 'active') {
    offered.push({ action: 'pause', unavailable: unless(permissions.pause) });
  }
  if (state === 'paused') {
    offered.push({ action: 'resume', unavailable: unless(permissions.pause) });
  }
  if (state === 'draft' || state === 'active' || state === 'paused') {
    offered.push({ action: 'cancel', unavailable: unless(permissions.cancel) });
  }
  return offered;
}

function unless(permitted: boolean): string | undefined {
  return permitted ? undefined : notPermitted;
}

function scopeUnready(state: Campaign['scope']['state']): string | undefined {
  if (state === 'computing') return 'The scope is being computed';
  if (state === 'ready') return undefined;
  return 'The scope has not been computed: refresh it first';
}
