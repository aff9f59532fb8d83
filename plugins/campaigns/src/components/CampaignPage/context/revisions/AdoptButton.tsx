import { useState } from 'react';
import { Campaign, ContextRevision } from '@skein/plugin-campaigns-common';
import { ActionButton, useCampaignPermissions } from '../../../shared';
import { whyNoChange } from '../contextActions';
import { AdoptDialog } from './AdoptDialog';

/** Makes a revision the current one, after asking; nothing where it is. */
export function AdoptButton(props: {
  campaign: Campaign;
  revision: Pick<ContextRevision, 'id' | 'number'>;
  /** The line that it stands in names the revision. */
  short?: boolean;
}) {
  const { campaign, revision, short } = props;
  const permissions = useCampaignPermissions(campaign.id);
  const [asked, setAsked] = useState(false);
  if (revision.id === campaign.revisionId) return null;
  return (
    <>
      <ActionButton
        size="small"
        variant="outlined"
        unavailable={whyNoChange(campaign, permissions)}
        onClick={() => setAsked(true)}
      >
        {short ? 'Adopt' : `Adopt revision ${revision.number}`}
      </ActionButton>
      {asked && (
        <AdoptDialog
          campaign={campaign}
          revision={revision}
          onClose={() => setAsked(false)}
        />
      )}
    </>
  );
}
