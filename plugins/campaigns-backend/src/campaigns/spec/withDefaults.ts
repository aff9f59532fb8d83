import {
  CampaignDataset,
  CampaignSpec,
  defaultGates,
  defaultJudge,
} from '@skein/plugin-campaigns-common';
import { readVerification } from './readVerification';
import { WrittenCampaign } from './validateCampaignFile';

/** Fills in what a campaign file leaves out. */
export function withDefaults(
  written: Omit<WrittenCampaign, 'datasets'> & {
    datasets: CampaignDataset[];
    guideText?: string;
  },
): CampaignSpec {
  return {
    ...written,
    scope: {
      lineage: written.scope?.lineage && {
        direction: 'downstream',
        depth: written.scope.lineage.depth ?? 3,
      },
      codeSearch: written.scope?.codeSearch ?? [],
      frameworks: written.scope?.frameworks ?? {},
      repositories: written.scope?.repositories ?? {},
    },
    transform: written.transform ?? [{ mapping: {} }],
    verification: readVerification(written.verification),
    gates: {
      ...defaultGates,
      ...written.gates,
      policy: { ...defaultGates.policy, ...written.gates?.policy },
    },
    judge: { ...defaultJudge, ...written.judge },
    rollout: {
      // Start small, look, then go on.
      waves: [
        { name: 'canary', size: 3 },
        { name: 'everyone', share: 1 },
      ],
      concurrency: 5,
      openPullRequests: 50,
      failureThreshold: 0.3,
      approval: 'required',
      separateApprover: false,
      ...written.rollout,
    },
    pullRequest: {
      title: 'Move from {{ dataset.from }} to {{ dataset.to }}',
      labels: [],
      draft: false,
      branchPrefix: 'skein',
      ...written.pullRequest,
    },
  };
}
