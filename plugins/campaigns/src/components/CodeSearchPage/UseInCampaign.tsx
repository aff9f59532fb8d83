import { useState } from 'react';
import { usePermission } from '@backstage/plugin-permission-react';
import Box from '@material-ui/core/Box';
import Typography from '@material-ui/core/Typography';
import {
  campaignCreatePermission,
  CodeSearchQuery,
} from '@skein/plugin-campaigns-common';
import { draftOfSearch, searchYaml } from '../../codeSearch/searchYaml';
import { CreateCampaignDialog } from '../CreateCampaignDialog';
import { ActionButton, CodeBlock, SectionCard } from '../shared';

/** The search as a campaign file says it: to copy into one, or to begin one with. */
export function UseInCampaign(props: { query: CodeSearchQuery }) {
  const { query } = props;
  const { allowed } = usePermission({ permission: campaignCreatePermission });
  const [draft, setDraft] = useState<string>();
  return (
    <SectionCard title="Use in a campaign">
      <Typography variant="body2" color="textSecondary" paragraph>
        Copy this into a campaign file: every place that the search finds there
        is looked at, and is in scope where the code really reads the dataset.
      </Typography>
      <CodeBlock label="Code search of a campaign" text={searchYaml(query)} />
      <Box mt={2}>
        <ActionButton
          variant="outlined"
          color="primary"
          onClick={() => setDraft(draftOfSearch(query))}
          unavailable={
            allowed
              ? undefined
              : 'You do not have the permission to create campaigns'
          }
        >
          Start a campaign with it
        </ActionButton>
      </Box>
      {draft !== undefined && (
        <CreateCampaignDialog
          draft={draft}
          onClose={() => setDraft(undefined)}
        />
      )}
    </SectionCard>
  );
}
