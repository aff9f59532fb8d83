import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import MenuItem from '@material-ui/core/MenuItem';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import {
  Campaign,
  Evaluation,
  EvaluationSample,
} from '@skein/plugin-campaigns-common';
import {
  mostAtOnce,
  useEvaluations,
  useRevisions,
} from '../../../../data/contextQueries';
import { errorMessage } from '../../../../data/errorMessage';
import { useCampaignAction } from '../../../../data/useCampaignAction';
import { countOf } from '../../../../format/words';
import { useContextPaths } from '../useContextPaths';
import { EvaluationCost } from './EvaluationCost';
import { SampleChoice } from './SampleChoice';
import { countSample } from './countSample';
import { mostSampled } from './mostSampled';

/** Enough to tell two revisions apart by more than luck, and few enough to wait for. */
const usualSize = 10;

/** Which revision is tried on which targets, and what that costs; then it starts. */
export function StartEvaluationDialog(props: {
  campaign: Campaign;
  /** The newest one without. */
  revisionId?: string;
  /** What is chosen at first. */
  sample?: EvaluationSample;
  onClose: () => void;
}) {
  const { campaign, onClose } = props;
  const navigate = useNavigate();
  const paths = useContextPaths(campaign.name);
  const revisions = useRevisions(campaign, { limit: mostAtOnce }).data?.items;
  const evaluations =
    useEvaluations(campaign, { limit: mostAtOnce }).data?.items ?? [];
  const most = mostSampled(campaign);
  const [chosen, setChosen] = useState(props.revisionId);
  const [sample, setSample] = useState<EvaluationSample>(
    props.sample ?? { size: Math.min(usualSize, most) },
  );
  const revisionId = chosen ?? revisions?.[0]?.id ?? '';
  const count = countSample(sample, evaluations);

  const start = useCampaignAction<void, Evaluation>({
    act: api => api.startEvaluation(campaign.name, { revisionId, sample }),
    describe: ({ targetCount }) =>
      `${countOf(targetCount, 'target is', 'targets are')} being tried.`,
    onDone: ({ id }) => {
      onClose();
      navigate(paths.evaluation(id));
    },
  });

  return (
    <Dialog
      open
      onClose={onClose}
      maxWidth="sm"
      fullWidth
      aria-labelledby="evaluate-title"
    >
      <DialogTitle id="evaluate-title">Evaluate a revision</DialogTitle>
      <DialogContent>
        <Typography variant="body2" paragraph>
          Its jobs run as they would in the campaign: in the same sandbox, with
          the same checks, gates and judge, paid from the same budgets. Nothing
          leaves the backend: no branch, no pull request, no CI, and targets
          stay in their states.
        </Typography>
        <TextField
          id="evaluate-revision"
          select
          fullWidth
          variant="outlined"
          size="small"
          label="Revision"
          value={
            revisions?.some(({ id }) => id === revisionId) ? revisionId : ''
          }
          onChange={event => setChosen(event.target.value)}
        >
          {(revisions ?? []).map(({ current, id, note, number }) => (
            <MenuItem key={id} value={id} style={{ whiteSpace: 'normal' }}>
              Revision {number}
              {current && ' (current)'}
              {note && `: ${note}`}
            </MenuItem>
          ))}
        </TextField>
        <SampleChoice
          sample={sample}
          onSample={setSample}
          chosenIds={
            props.sample && 'targetIds' in props.sample
              ? props.sample.targetIds
              : undefined
          }
          most={most}
          usualSize={usualSize}
          evaluations={evaluations}
        />
        <EvaluationCost
          campaign={campaign}
          evaluations={evaluations}
          count={count ?? 0}
        />
        {start.error && (
          <Alert severity="error" style={{ marginTop: 16 }}>
            {errorMessage(start.error)}
          </Alert>
        )}
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>Back</Button>
        <Button
          variant="contained"
          color="primary"
          disabled={revisionId === '' || !count || start.isPending}
          onClick={() => start.mutate()}
        >
          {count ? `Try ${countOf(count, 'target')}` : 'Try'}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
