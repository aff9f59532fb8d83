import { createPermission } from '@backstage/plugin-permission-common';

/** Resource type of campaigns. @public */
export const RESOURCE_TYPE_CAMPAIGN = 'campaigns-campaign';

/** Resource type of targets. @public */
export const RESOURCE_TYPE_TARGET = 'campaigns-target';

/** See a campaign, its progress and its scope. @public */
export const campaignReadPermission = createPermission({
  name: 'campaigns.campaign.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_CAMPAIGN,
});

/** Create a campaign. @public */
export const campaignCreatePermission = createPermission({
  name: 'campaigns.campaign.create',
  attributes: { action: 'create' },
});

/** Edit a campaign's spec and scope, skip or include its targets. @public */
export const campaignUpdatePermission = createPermission({
  name: 'campaigns.campaign.update',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_CAMPAIGN,
});

/** Launch a campaign, retry or stop its targets. @public */
export const campaignLaunchPermission = createPermission({
  name: 'campaigns.campaign.launch',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_CAMPAIGN,
});

/** Pause and resume. @public */
export const campaignPausePermission = createPermission({
  name: 'campaigns.campaign.pause',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_CAMPAIGN,
});

/** Cancel a campaign, or delete a draft. @public */
export const campaignCancelPermission = createPermission({
  name: 'campaigns.campaign.cancel',
  attributes: { action: 'delete' },
  resourceType: RESOURCE_TYPE_CAMPAIGN,
});

/** Close a campaign's pull requests and take its changes back. @public */
export const campaignRollBackPermission = createPermission({
  name: 'campaigns.campaign.roll-back',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_CAMPAIGN,
});

/** See a target with its patch and log: what a person may read in the repository. @public */
export const targetReadPermission = createPermission({
  name: 'campaigns.target.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_TARGET,
});

/** Approve a target's change; what is approved is published, so this needs {@link targetPublishPermission} too. @public */
export const targetApprovePermission = createPermission({
  name: 'campaigns.target.approve',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_TARGET,
});

/** Have a pull request opened for an approved change. @public */
export const targetPublishPermission = createPermission({
  name: 'campaigns.target.publish',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_TARGET,
});

/** See lineage, and have it read again. @public */
export const lineageReadPermission = createPermission({
  name: 'campaigns.lineage.read',
  attributes: { action: 'read' },
});

/** @public */
export const lineageRefreshPermission = createPermission({
  name: 'campaigns.lineage.refresh',
  attributes: { action: 'update' },
});

/** Send lineage events; for services. @public */
export const lineageReportPermission = createPermission({
  name: 'campaigns.lineage.report',
  attributes: { action: 'create' },
});

/** Search code; what is found is shown of repositories that the catalog shows to the same person. @public */
export const codeSearchPermission = createPermission({
  name: 'campaigns.code.search',
  attributes: { action: 'read' },
});

/** Every permission of the plugin. @public */
export const campaignsPermissions = [
  campaignReadPermission,
  campaignCreatePermission,
  campaignUpdatePermission,
  campaignLaunchPermission,
  campaignPausePermission,
  campaignCancelPermission,
  campaignRollBackPermission,
  targetReadPermission,
  targetApprovePermission,
  targetPublishPermission,
  lineageReadPermission,
  lineageRefreshPermission,
  lineageReportPermission,
  codeSearchPermission,
];
