import { Campaign, CampaignState } from '@skein/plugin-campaigns-common';
import { StateGroup } from './targetStates';

export interface CampaignStatePresentation {
  label: string;
  /** Lends its colour. */
  group: StateGroup;
  explanation: string;
}

/** Every campaign state in words for people. */
export const campaignStatePresentations: Record<
  CampaignState,
  CampaignStatePresentation
> = {
  draft: {
    label: 'Draft',
    group: 'waiting',
    explanation: 'Nothing runs yet: look at the scope, then launch.',
  },
  active: {
    label: 'Active',
    group: 'working',
    explanation: 'Waves are released as the ones before turn out healthy.',
  },
  paused: {
    label: 'Paused',
    group: 'attention',
    explanation: 'Nothing new starts; what runs is finished.',
  },
  cancelled: {
    label: 'Cancelled',
    group: 'ended',
    explanation: 'A person ended it; open pull requests stay as they are.',
  },
  completed: {
    label: 'Completed',
    group: 'done',
    explanation: 'Every target in scope reached its end.',
  },
};

/** Whether something may change by itself within seconds. */
export function isMoving(
  campaign: Pick<Campaign, 'state' | 'scope' | 'counts'> | undefined,
): boolean {
  if (!campaign) return false;
  const { counts } = campaign;
  const busy =
    (counts.running ?? 0) +
    (counts.queued ?? 0) +
    (counts.approved ?? 0) +
    (counts.publishing ?? 0);
  return (
    campaign.state === 'active' ||
    campaign.scope.state === 'computing' ||
    busy > 0
  );
}
