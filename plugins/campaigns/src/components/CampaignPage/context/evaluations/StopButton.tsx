import { useState } from 'react';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogContentText from '@material-ui/core/DialogContentText';
import DialogTitle from '@material-ui/core/DialogTitle';
import Alert from '@material-ui/lab/Alert';
import { Campaign, Evaluation } from '@skein/plugin-campaigns-common';
import { errorMessage } from '../../../../data/errorMessage';
import { useCampaignAction } from '../../../../data/useCampaignAction';
import { countOf } from '../../../../format/words';
import { ActionButton, useCampaignPermissions } from '../../../shared';
import { whyNoEvaluation } from '../contextActions';

/** Stops the trials that have not ended, after asking. */
export function StopButton(props: {
  campaign: Campaign;
  evaluation: Evaluation;
}) {
  const { campaign, evaluation } = props;
  const permissions = useCampaignPermissions(campaign.id);
  const [asked, setAsked] = useState(false);
  const stop = useCampaignAction<void, Evaluation>({
    act: api => api.stopEvaluation(campaign.name, evaluation.id),
    describe: ({ number }) => `Evaluation ${number} is stopped.`,
    onDone: () => setAsked(false),
  });
  return (
    <>
      <ActionButton
        size="small"
        variant="outlined"
        unavailable={whyNoEvaluation(campaign, permissions)}
        onClick={() => setAsked(true)}
      >
        Stop
      </ActionButton>
      <Dialog
        open={asked}
        onClose={() => setAsked(false)}
        maxWidth="xs"
        fullWidth
        aria-labelledby="stop-evaluation-title"
      >
        <DialogTitle id="stop-evaluation-title">
          Stop evaluation {evaluation.number}?
        </DialogTitle>
        <DialogContent>
          <DialogContentText color="textPrimary">
            {countOf(evaluation.figures.open, 'trial')} will not be finished,
            and will not count. What has ended stays.
          </DialogContentText>
          {stop.error && (
            <Alert severity="error">{errorMessage(stop.error)}</Alert>
          )}
        </DialogContent>
        <DialogActions>
          <Button onClick={() => setAsked(false)}>Back</Button>
          <Button
            variant="contained"
            color="secondary"
            disabled={stop.isPending}
            onClick={() => stop.mutate()}
          >
            Stop it
          </Button>
        </DialogActions>
      </Dialog>
    </>
  );
}
