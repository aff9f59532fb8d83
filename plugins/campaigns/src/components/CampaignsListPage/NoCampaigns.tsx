import { EmptyState } from '@backstage/core-components';
import AddIcon from '@material-ui/icons/Add';
import { ActionButton } from '../shared';

/** What to do where there is no campaign yet. */
export function NoCampaigns(props: {
  onCreate: () => void;
  unavailable?: string;
}) {
  return (
    <EmptyState
      missing="content"
      title="No campaign yet"
      description="A campaign is a YAML file: which datasets go, what replaces them, a mapping table with a line for each old column, and who is in scope. Paste or upload one to see what it would do. Nothing runs until somebody launches it."
      action={
        <ActionButton
          variant="contained"
          color="primary"
          startIcon={<AddIcon />}
          onClick={props.onCreate}
          unavailable={props.unavailable}
        >
          Create campaign from YAML
        </ActionButton>
      }
    />
  );
}
