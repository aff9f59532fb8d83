import { ResourcePermission } from '@backstage/plugin-permission-common';
import { usePermission } from '@backstage/plugin-permission-react';
import {
  campaignCancelPermission,
  campaignLaunchPermission,
  campaignPausePermission,
  campaignRollBackPermission,
  campaignUpdatePermission,
  targetApprovePermission,
  targetPublishPermission,
} from '@skein/plugin-campaigns-common';
import { TargetAction } from '../../states/targetActions';

/** What the reader may do with a campaign. */
export interface CampaignPermissions {
  update: boolean;
  launch: boolean;
  pause: boolean;
  cancel: boolean;
  rollBack: boolean;
}

export function useCampaignPermissions(
  campaignId: string,
): CampaignPermissions {
  return {
    update: useAllowed(campaignUpdatePermission, campaignId),
    launch: useAllowed(campaignLaunchPermission, campaignId),
    pause: useAllowed(campaignPausePermission, campaignId),
    cancel: useAllowed(campaignCancelPermission, campaignId),
    rollBack: useAllowed(campaignRollBackPermission, campaignId),
  };
}

/** What is approved is published: that takes both permissions. */
export function useMayApprove(targetId: string): boolean {
  const approve = useAllowed(targetApprovePermission, targetId);
  const publish = useAllowed(targetPublishPermission, targetId);
  return approve && publish;
}

/** Whether an action on targets is permitted. `mayApprove` is decided target by target: in bulk the backend skips the others. */
export function isActionPermitted(
  action: TargetAction,
  permissions: CampaignPermissions,
  mayApprove: boolean,
): boolean {
  switch (action) {
    case 'approve':
      return mayApprove;
    case 'include':
    case 'skip':
      return permissions.update;
    case 'rollBack':
      return permissions.rollBack;
    default:
      return permissions.launch;
  }
}

function useAllowed(permission: ResourcePermission, resourceRef: string) {
  return usePermission({ permission, resourceRef }).allowed;
}
