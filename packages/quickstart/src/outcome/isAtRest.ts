import {
  Campaign,
  Target,
  TargetState,
  restingTargetStates,
} from '@skein/plugin-campaigns-common';

/**
 * Whether nothing more happens to a campaign by itself. `merging` names the
 * targets whose owners still are to merge.
 */
export function isAtRest(
  campaign: Pick<Campaign, 'state' | 'scope' | 'spec'>,
  targets: Target[],
  merging: ReadonlySet<string>,
): boolean {
  if (campaign.scope.state === 'failed') return true;
  if (campaign.scope.state !== 'ready') return false;
  if (campaign.state === 'completed' || campaign.state === 'cancelled') {
    return true;
  }
  const moving: TargetState[] = ['queued', 'running', 'approved', 'publishing'];
  if (campaign.state === 'paused') {
    return !targets.some(it => moving.includes(it.state));
  }
  if (campaign.state !== 'active') return false;
  const automatic = campaign.spec.rollout.approval === 'automatic';
  return targets.every(
    it =>
      restingTargetStates.includes(it.state) &&
      // A scan of the merged code follows by itself.
      it.state !== 'merged' &&
      !(it.state === 'proposed' && automatic) &&
      !(it.state === 'prOpen' && merging.has(it.id)),
  );
}
