import { createConditionExports } from '@backstage/plugin-permission-node';
import {
  campaignResourceRef,
  isCampaignOwner,
  isTargetOfCampaignOwner,
  isTargetOwner,
  targetResourceRef,
} from './rules';

const campaignExports = createConditionExports({
  resourceRef: campaignResourceRef,
  rules: { isCampaignOwner },
});

const targetExports = createConditionExports({
  resourceRef: targetResourceRef,
  rules: { isTargetOwner, isTargetOfCampaignOwner },
});

/**
 * Conditions on campaigns, for a permission policy:
 * `campaignConditions.isCampaignOwner({ claims: user.info.ownershipEntityRefs })`.
 *
 * @public
 */
export const campaignConditions = campaignExports.conditions;

/** The conditional decision on a campaign's permission. @public */
export const createCampaignConditionalDecision =
  campaignExports.createConditionalDecision;

/**
 * Conditions on targets, for a permission policy:
 * `targetConditions.isTargetOwner({ claims: user.info.ownershipEntityRefs })`, and
 * `isTargetOfCampaignOwner` for who runs the campaign.
 *
 * @public
 */
export const targetConditions = targetExports.conditions;

/** The conditional decision on a target's permission. @public */
export const createTargetConditionalDecision =
  targetExports.createConditionalDecision;
