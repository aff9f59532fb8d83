import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import {
  Campaign,
  CampaignSpec,
  ContextRevision,
} from '@skein/plugin-campaigns-common';
import { specFiles } from '../../../../campaignFiles/specFiles';
import { errorMessage } from '../../../../data/errorMessage';
import { useCampaignAction } from '../../../../data/useCampaignAction';
import {
  CampaignFilesEditor,
  useCampaignFiles,
} from '../../../CampaignFilesEditor';
import { useContextPaths } from '../useContextPaths';

/** A campaign's files to be edited; what comes of it waits to be evaluated and adopted. */
export function NewRevisionDialog(props: {
  campaign: Pick<Campaign, 'name'>;
  /** What is edited. */
  spec: CampaignSpec;
  /** What that is, in one sentence. */
  origin: string;
  onClose: () => void;
}) {
  const { campaign, onClose, origin, spec } = props;
  const navigate = useNavigate();
  const paths = useContextPaths(campaign.name);
  const [start] = useState(() => specFiles(spec));
  const state = useCampaignFiles(start);
  const [note, setNote] = useState('');
  const { changed, files, validation } = state;

  const store = useCampaignAction<void, ContextRevision>({
    act: api =>
      api.createRevision(campaign.name, {
        ...files,
        ...(note.trim() && { note: note.trim() }),
      }),
    describe: ({ current, number }) =>
      current
        ? `Jobs are told just that already: it is revision ${number}.`
        : `Revision ${number} is stored. No job is told it before somebody adopts it.`,
    onDone: ({ id }) => navigate(paths.revision(id)),
  });

  return (
    <Dialog
      open
      onClose={changed ? undefined : onClose}
      maxWidth="md"
      fullWidth
      aria-labelledby="new-revision-title"
    >
      <DialogTitle id="new-revision-title">Write a new revision</DialogTitle>
      <DialogContent>
        <Typography variant="body2" paragraph>
          {origin} What you make of it is stored beside it: no job is told it
          before somebody adopts it.
        </Typography>
        <CampaignFilesEditor state={state}>
          {store.error && (
            <Alert severity="error">{errorMessage(store.error)}</Alert>
          )}
        </CampaignFilesEditor>
        <TextField
          id="revision-note"
          variant="outlined"
          size="small"
          fullWidth
          label="Why, in one line"
          value={note}
          onChange={event => setNote(event.target.value)}
          inputProps={{ maxLength: 200 }}
          style={{ marginTop: 16 }}
        />
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>Cancel</Button>
        <Button
          variant="contained"
          color="primary"
          disabled={
            !changed ||
            validation.pending ||
            !validation.result?.valid ||
            store.isPending
          }
          onClick={() => store.mutate()}
        >
          Store the revision
        </Button>
      </DialogActions>
    </Dialog>
  );
}
