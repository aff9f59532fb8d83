import { useState } from 'react';
import { usePermission } from '@backstage/plugin-permission-react';
import { campaignCreatePermission } from '@skein/plugin-campaigns-common';
import { draftCampaign } from '../../lineage/draftCampaign';
import { CreateCampaignDialog } from '../CreateCampaignDialog';
import { ActionButton } from '../shared';
import { Explorer } from './useExplorer';

export interface StartCampaignProps {
  explorer: Explorer;
  /** In jobs. */
  depth: number;
}

/** Drafts a campaign whose scope is what the explorer shows. */
export function StartCampaign(props: StartCampaignProps) {
  const { explorer, depth } = props;
  const { allowed } = usePermission({ permission: campaignCreatePermission });
  const [draft, setDraft] = useState<string>();
  const { root } = explorer.graph;
  if (!root || root.kind !== 'dataset') return <></>;

  const begin = () =>
    setDraft(
      draftCampaign({
        dataset: root,
        depth,
        filter: explorer.state.filter,
        consumers: explorer.left.filter(({ kind }) => kind === 'job'),
      }),
    );
  return (
    <>
      <ActionButton
        size="small"
        variant="contained"
        color="primary"
        onClick={begin}
        unavailable={
          allowed ? undefined : 'You do not have the permission for this'
        }
      >
        Start a campaign
      </ActionButton>
      {draft !== undefined && (
        <CreateCampaignDialog
          draft={draft}
          onClose={() => setDraft(undefined)}
        />
      )}
    </>
  );
}
