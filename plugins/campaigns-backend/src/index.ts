/**
 * State, queue and API of the campaigns plugin.
 *
 * @packageDocumentation
 */
export {
  campaignConditions,
  createCampaignConditionalDecision,
  createTargetConditionalDecision,
  targetConditions,
} from './authorization';
export { campaignsPlugin as default } from './plugin';
