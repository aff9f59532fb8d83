import { useState } from 'react';
import {
  Campaign,
  ContextRevision,
  EvaluationSample,
} from '@skein/plugin-campaigns-common';
import { ActionButton, useCampaignPermissions } from '../../../shared';
import { whyNoEvaluation } from '../contextActions';
import { StartEvaluationDialog } from './StartEvaluationDialog';

/** Tries a revision on some targets, after asking which. */
export function EvaluateButton(props: {
  campaign: Campaign;
  revision?: Pick<ContextRevision, 'id'>;
  sample?: EvaluationSample;
  label?: string;
  primary?: boolean;
}) {
  const { campaign, label = 'Evaluate', primary, revision, sample } = props;
  const permissions = useCampaignPermissions(campaign.id);
  const [asked, setAsked] = useState(false);
  return (
    <>
      <ActionButton
        size={primary ? undefined : 'small'}
        variant={primary ? 'contained' : 'outlined'}
        color={primary ? 'primary' : 'default'}
        unavailable={whyNoEvaluation(campaign, permissions)}
        onClick={() => setAsked(true)}
      >
        {label}
      </ActionButton>
      {asked && (
        <StartEvaluationDialog
          campaign={campaign}
          revisionId={revision?.id}
          sample={sample}
          onClose={() => setAsked(false)}
        />
      )}
    </>
  );
}
