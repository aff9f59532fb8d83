import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import { Campaign, ContextRevision } from '@skein/plugin-campaigns-common';
import { errorMessage } from '../../../../data/errorMessage';
import { mostAtOnce, useEvaluations } from '../../../../data/contextQueries';
import { useCampaignAction } from '../../../../data/useCampaignAction';
import { describeEvaluation } from '../evaluations/describeEvaluation';
import { latestEvaluations } from './latestEvaluations';

/** Says what follows, then makes a revision the current one. */
export function AdoptDialog(props: {
  campaign: Campaign;
  revision: Pick<ContextRevision, 'id' | 'number'>;
  onClose: () => void;
}) {
  const { campaign, onClose, revision } = props;
  const { number } = revision;
  const adopt = useCampaignAction<void, Campaign>({
    act: api => api.adoptRevision(campaign.name, revision.id),
    describe: () => `Jobs that start from now on are told revision ${number}.`,
    onDone: onClose,
  });
  return (
    <Dialog
      open
      onClose={onClose}
      maxWidth="sm"
      fullWidth
      aria-labelledby="adopt-title"
    >
      <DialogTitle id="adopt-title">Adopt revision {number}?</DialogTitle>
      <DialogContent>
        <Typography variant="body2" component="ul" style={{ paddingLeft: 20 }}>
          <li>
            Jobs that start from now on are told revision {number} instead of{' '}
            {campaign.revisionNumber}.
          </li>
          <li>Jobs that run now go on with what they were told.</li>
          <li>
            Nothing is redone: changes, pull requests and merged targets stay as
            they are.
          </li>
          <li>
            Targets that failed or need a person can be retried with it, on the
            targets tab.
          </li>
          <li>
            Revision {campaign.revisionNumber} is kept, and can be adopted
            again.
          </li>
        </Typography>
        <Tried campaign={campaign} revisionId={revision.id} />
        {adopt.error && (
          <Alert severity="error">{errorMessage(adopt.error)}</Alert>
        )}
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>Back</Button>
        <Button
          variant="contained"
          color="primary"
          disabled={adopt.isPending}
          onClick={() => adopt.mutate()}
        >
          Adopt revision {number}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

/** What is known of a revision before all are told it. */
function Tried(props: { campaign: Campaign; revisionId: string }) {
  const { campaign, revisionId } = props;
  const { data } = useEvaluations(campaign, { limit: mostAtOnce });
  if (!data) return null;
  const latest = latestEvaluations(data.items).get(revisionId);
  return latest ? (
    <Typography variant="body2" paragraph>
      {describeEvaluation(latest)}.
    </Typography>
  ) : (
    <Alert severity="warning" style={{ marginBottom: 8 }}>
      It has not been tried on any target yet.
    </Alert>
  );
}
