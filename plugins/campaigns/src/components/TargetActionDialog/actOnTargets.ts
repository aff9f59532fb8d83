import {
  BulkResult,
  CampaignsApi,
  TargetSelection,
} from '@skein/plugin-campaigns-common';
import { TargetAction } from '../../states/targetActions';

export function actOnTargets(
  api: CampaignsApi,
  action: TargetAction,
  campaign: string,
  selection: TargetSelection,
  reason: string,
): Promise<BulkResult> {
  switch (action) {
    case 'approve':
      return api.approveTargets(campaign, selection);
    case 'retry':
      return api.retryTargets(campaign, selection);
    case 'skip':
      return api.skipTargets(campaign, { ...selection, reason });
    case 'include':
      return api.includeTargets(campaign, selection);
    case 'stop':
      return api.stopTargets(campaign, selection);
    default:
      return api.rollBackTargets(campaign, { ...selection, reason });
  }
}
