import { useNavigate } from 'react-router-dom';
import { useRouteRef } from '@backstage/core-plugin-api';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import { Campaign } from '@skein/plugin-campaigns-common';
import { errorMessage } from '../../data/errorMessage';
import { useCampaignAction } from '../../data/useCampaignAction';
import { campaignRouteRef } from '../../routes';
import { CampaignFilesEditor, useCampaignFiles } from '../CampaignFilesEditor';

/** A campaign from its files: paste or upload, see what is wrong, create. */
export function CreateCampaignDialog(props: {
  /** A campaign file to go on from. */
  draft?: string;
  onClose: () => void;
}) {
  const { draft = '', onClose } = props;
  const navigate = useNavigate();
  const campaignPath = useRouteRef(campaignRouteRef);
  const state = useCampaignFiles({ yaml: draft });
  const { files, validation } = state;

  const create = useCampaignAction<void, Campaign>({
    act: api => api.createCampaign(files),
    describe: campaign => `${campaign.title} is drafted. Nothing runs yet.`,
    onDone: campaign => navigate(campaignPath({ name: campaign.name })),
  });

  return (
    <Dialog
      open
      onClose={state.changed ? undefined : onClose}
      maxWidth="md"
      fullWidth
      aria-labelledby="create-title"
    >
      <DialogTitle id="create-title">Create campaign</DialogTitle>
      <DialogContent>
        <Typography variant="body2" paragraph>
          Paste the campaign file, or upload it together with its mapping tables
          and schemas. Nothing runs before somebody launches it.
        </Typography>
        <CampaignFilesEditor state={state}>
          {create.error && (
            <Alert severity="error">{errorMessage(create.error)}</Alert>
          )}
        </CampaignFilesEditor>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>Cancel</Button>
        <Button
          variant="contained"
          color="primary"
          disabled={
            validation.pending || !validation.result?.valid || create.isPending
          }
          onClick={() => create.mutate()}
        >
          Create draft
        </Button>
      </DialogActions>
    </Dialog>
  );
}
