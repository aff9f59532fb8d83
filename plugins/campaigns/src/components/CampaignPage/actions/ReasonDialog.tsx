import { useState } from 'react';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogContentText from '@material-ui/core/DialogContentText';
import DialogTitle from '@material-ui/core/DialogTitle';
import Alert from '@material-ui/lab/Alert';
import { CampaignsApi } from '@skein/plugin-campaigns-common';
import { errorMessage } from '../../../data/errorMessage';
import { useCampaignAction } from '../../../data/useCampaignAction';
import { FirstField } from '../../shared';

export interface ReasonDialogProps {
  title: string;
  /** What follows, before a person confirms. */
  consequence: string;
  confirm: string;
  required: boolean;
  dangerous?: boolean;
  act: (api: CampaignsApi, reason: string) => Promise<unknown>;
  done: string;
  onClose: () => void;
}

/** Asks for a reason, then acts. */
export function ReasonDialog(props: ReasonDialogProps) {
  const { title, consequence, confirm, required, dangerous, onClose } = props;
  const [reason, setReason] = useState('');
  const mutation = useCampaignAction<string, unknown>({
    act: props.act,
    describe: () => props.done,
    onDone: onClose,
  });
  return (
    <Dialog
      open
      onClose={onClose}
      maxWidth="sm"
      fullWidth
      aria-labelledby="reason-title"
    >
      <DialogTitle id="reason-title">{title}</DialogTitle>
      <DialogContent>
        <DialogContentText color="textPrimary">{consequence}</DialogContentText>
        <FirstField
          id="campaign-action-reason"
          variant="outlined"
          label="Reason"
          required={required}
          value={reason}
          onChange={event => setReason(event.target.value)}
          inputProps={{ maxLength: 500 }}
        />
        {mutation.error && (
          <Alert severity="error" style={{ marginTop: 16 }}>
            {errorMessage(mutation.error)}
          </Alert>
        )}
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>Back</Button>
        <Button
          variant="contained"
          color={dangerous ? 'secondary' : 'primary'}
          disabled={mutation.isPending || (required && reason.trim() === '')}
          onClick={() => mutation.mutate(reason.trim())}
        >
          {confirm}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
