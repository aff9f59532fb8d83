import {
  createPermissionResourceRef,
  createPermissionRule,
} from '@backstage/plugin-permission-node';
import {
  RESOURCE_TYPE_CAMPAIGN,
  RESOURCE_TYPE_TARGET,
} from '@skein/plugin-campaigns-common';
import { z } from 'zod';

/** What the rules look at; rows of `campaigns` and of `targets` both have it. */
export interface OwnedResource {
  ownerRef?: string;
  /** Of a target: who owns its campaign. */
  campaignOwnerRef?: string;
}

/** A condition on rows: those owned by one of these, or of a campaign that is. */
export interface OwnerQuery {
  ownerRefs: string[];
  of?: 'campaign';
}

export const campaignResourceRef = createPermissionResourceRef<
  OwnedResource,
  OwnerQuery
>().with({ pluginId: 'campaigns', resourceType: RESOURCE_TYPE_CAMPAIGN });

export const targetResourceRef = createPermissionResourceRef<
  OwnedResource,
  OwnerQuery
>().with({ pluginId: 'campaigns', resourceType: RESOURCE_TYPE_TARGET });

const params = z.object({
  claims: z
    .array(z.string())
    .describe('Entity refs of the user and of the groups that the user is in'),
});

/** Allows what the user, or a group of the user, owns the campaign of. */
export const isCampaignOwner = createPermissionRule({
  name: 'IS_CAMPAIGN_OWNER',
  description: 'Allow campaigns that are owned by one of the claims',
  resourceRef: campaignResourceRef,
  paramsSchema: params,
  apply: (resource, { claims }) => owns(resource, claims),
  toQuery: ({ claims }) => ({ ownerRefs: claims }),
});

/** Allows what the user, or a group of the user, owns the pipeline of. */
export const isTargetOwner = createPermissionRule({
  name: 'IS_TARGET_OWNER',
  description: 'Allow targets whose pipeline is owned by one of the claims',
  resourceRef: targetResourceRef,
  paramsSchema: params,
  apply: (resource, { claims }) => owns(resource, claims),
  toQuery: ({ claims }) => ({ ownerRefs: claims }),
});

/** Allows the targets of campaigns that the user, or a group of the user, owns. */
export const isTargetOfCampaignOwner = createPermissionRule({
  name: 'IS_TARGET_OF_CAMPAIGN_OWNER',
  description: 'Allow targets of campaigns that are owned by one of the claims',
  resourceRef: targetResourceRef,
  paramsSchema: params,
  apply: ({ campaignOwnerRef }, { claims }) =>
    owns({ ownerRef: campaignOwnerRef }, claims),
  toQuery: ({ claims }): OwnerQuery => ({ ownerRefs: claims, of: 'campaign' }),
});

function owns(resource: OwnedResource, claims: string[]): boolean {
  return resource.ownerRef !== undefined && claims.includes(resource.ownerRef);
}
