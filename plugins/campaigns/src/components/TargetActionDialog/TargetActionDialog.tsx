import { useState } from 'react';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogContentText from '@material-ui/core/DialogContentText';
import DialogTitle from '@material-ui/core/DialogTitle';
import Alert from '@material-ui/lab/Alert';
import { BulkResult, TargetSelection } from '@skein/plugin-campaigns-common';
import { errorMessage } from '../../data/errorMessage';
import { useCampaignAction } from '../../data/useCampaignAction';
import { countOf } from '../../format/words';
import {
  TargetAction,
  targetActionPresentations,
} from '../../states/targetActions';
import { FirstField } from '../shared';
import { BulkResultList } from './BulkResultList';
import { actOnTargets } from './actOnTargets';

export interface TargetActionDialogProps {
  campaignName: string;
  action: TargetAction;
  selection: TargetSelection;
  /** Targets in the selection. */
  count: number;
  /** How many of them the action can apply to; undefined where the page has not seen them all. */
  eligible?: number;
  /** What is selected, where it is more than a number: "in wave canary". */
  detail?: string;
  /** Names of targets that the page knows, for what was skipped. */
  labels?: ReadonlyMap<string, string>;
  onClose: (result?: BulkResult) => void;
}

/** Says how many and what follows, acts, and tells what was left out and why. */
export function TargetActionDialog(props: TargetActionDialogProps) {
  const { action, count, eligible, detail, selection, campaignName } = props;
  const presentation = targetActionPresentations[action];
  const [reason, setReason] = useState('');
  const mutation = useCampaignAction<void, BulkResult>({
    act: api =>
      actOnTargets(api, action, campaignName, selection, reason.trim()),
  });
  const result = mutation.data;
  const others = eligible === undefined ? 0 : count - eligible;
  const close = () => props.onClose(result);

  return (
    <Dialog
      open
      onClose={mutation.isPending ? undefined : close}
      maxWidth="sm"
      fullWidth
      aria-labelledby="target-action-title"
    >
      <DialogTitle id="target-action-title">
        {presentation.label} {countOf(count, 'target')}
        {detail ? ` ${detail}` : ''}
        {result ? '' : '?'}
      </DialogTitle>
      <DialogContent>
        {result ? (
          <BulkResultList
            result={result}
            action={action}
            campaignName={campaignName}
            labels={props.labels}
          />
        ) : (
          <>
            <DialogContentText color="textPrimary">
              {presentation.consequence(count)}
            </DialogContentText>
            {others > 0 && (
              <Alert severity="info" style={{ marginBottom: 16 }}>
                {countOf(others, 'of them is', 'of them are')} in a state that
                does not allow this and will be left as{' '}
                {others === 1 ? 'it is' : 'they are'}.
              </Alert>
            )}
            {presentation.needsReason && (
              <FirstField
                id="target-action-reason"
                required
                variant="outlined"
                label="Reason"
                helperText="Owners see it, and the history keeps it"
                value={reason}
                onChange={event => setReason(event.target.value)}
                inputProps={{ maxLength: 500 }}
              />
            )}
            {mutation.error && (
              <Alert severity="error" style={{ marginTop: 16 }}>
                {errorMessage(mutation.error)}
              </Alert>
            )}
          </>
        )}
      </DialogContent>
      <DialogActions>
        {result ? (
          <Button onClick={close} color="primary" variant="contained">
            Close
          </Button>
        ) : (
          <>
            <Button onClick={close} disabled={mutation.isPending}>
              Cancel
            </Button>
            <Button
              variant="contained"
              color={presentation.dangerous ? 'secondary' : 'primary'}
              disabled={
                mutation.isPending ||
                eligible === 0 ||
                (presentation.needsReason && reason.trim() === '')
              }
              onClick={() => mutation.mutate()}
            >
              {presentation.label} {countOf(eligible ?? count, 'target')}
            </Button>
          </>
        )}
      </DialogActions>
    </Dialog>
  );
}
