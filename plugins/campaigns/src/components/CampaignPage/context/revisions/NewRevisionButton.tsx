import { useState } from 'react';
import {
  Campaign,
  ContextRevisionDetail,
} from '@skein/plugin-campaigns-common';
import { ActionButton, useCampaignPermissions } from '../../../shared';
import { whyNoChange } from '../contextActions';
import { NewRevisionDialog } from './NewRevisionDialog';

/** Opens the editor in which a revision is written, from the current one or from another. */
export function NewRevisionButton(props: {
  campaign: Campaign;
  from?: Pick<ContextRevisionDetail, 'number' | 'spec'>;
}) {
  const { campaign, from } = props;
  const permissions = useCampaignPermissions(campaign.id);
  const [writing, setWriting] = useState(false);
  if (from && !from.spec) return null;
  return (
    <>
      <ActionButton
        size={from ? 'small' : 'medium'}
        variant={from ? 'outlined' : 'contained'}
        color={from ? 'default' : 'primary'}
        onClick={() => setWriting(true)}
        unavailable={whyNoChange(campaign, permissions)}
      >
        {from ? 'Write another from it' : 'New revision'}
      </ActionButton>
      {writing && (
        <NewRevisionDialog
          campaign={campaign}
          spec={from?.spec ?? campaign.spec}
          origin={
            from && from.number !== campaign.revisionNumber
              ? `This is revision ${from.number}, with what else the campaign says now.`
              : `This is what jobs are told now, revision ${campaign.revisionNumber}.`
          }
          onClose={() => setWriting(false)}
        />
      )}
    </>
  );
}
