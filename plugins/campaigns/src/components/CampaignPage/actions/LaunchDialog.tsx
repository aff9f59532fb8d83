import { useState } from 'react';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import Grid from '@material-ui/core/Grid';
import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import Skeleton from '@material-ui/lab/Skeleton';
import { Campaign } from '@skein/plugin-campaigns-common';
import { useScopeCounts, useSystemStatus } from '../../../data/queries';
import { errorMessage } from '../../../data/errorMessage';
import { useCampaignAction } from '../../../data/useCampaignAction';
import { countOf, shortEntityName } from '../../../format/words';
import { FirstField, Loadable } from '../../shared';
import { LaunchCost } from '../spend';
import { CountList } from './CountList';
import { namedCounts } from './namedCounts';

/** Above this, a person types the number of targets. */
const typedAbove = 10;

/** Shows what is about to start, and asks for the number where it is many. */
export function LaunchDialog(props: {
  campaign: Campaign;
  onClose: () => void;
}) {
  const { campaign, onClose } = props;
  // What the person saw is what starts: later changes of the scope are refused by the backend.
  const [expectedTargets] = useState(campaign.inScope);
  const [typed, setTyped] = useState('');
  const counts = useScopeCounts(campaign);
  const status = useSystemStatus();
  const mutation = useCampaignAction<void, Campaign>({
    act: api => api.launchCampaign(campaign.name, { expectedTargets }),
    describe: () => `Launched with ${countOf(expectedTargets, 'target')}.`,
    onDone: onClose,
  });
  const mustType = expectedTargets > typedAbove;
  const confirmed = !mustType || typed.trim() === String(expectedTargets);
  const { rollout } = campaign.spec;

  return (
    <Dialog
      open
      onClose={onClose}
      maxWidth="sm"
      fullWidth
      aria-labelledby="launch-title"
    >
      <DialogTitle id="launch-title">
        Launch with {countOf(expectedTargets, 'target')}?
      </DialogTitle>
      <DialogContent>
        <Loadable
          query={counts}
          skeleton={<Skeleton variant="rect" height={120} />}
        >
          {({ frameworks, owners }) => (
            <Grid container spacing={2}>
              <Grid item xs={6}>
                <CountList
                  title="By framework"
                  counts={namedCounts(
                    frameworks,
                    expectedTargets,
                    'No framework known',
                  )}
                />
              </Grid>
              <Grid item xs={6}>
                <CountList
                  title="By owner"
                  counts={namedCounts(
                    owners,
                    expectedTargets,
                    'No owner known',
                  ).map(({ name, count }) => ({
                    name: shortEntityName(name),
                    count,
                  }))}
                />
              </Grid>
            </Grid>
          )}
        </Loadable>
        <Typography variant="body2" paragraph style={{ marginTop: 16 }}>
          Wave {rollout.waves[0]?.name} starts at once.{' '}
          {rollout.approval === 'required'
            ? 'Each change waits for a person before its pull request is opened.'
            : 'Pull requests are opened without further approval.'}
        </Typography>
        <LaunchCost campaign={campaign} />
        {status.data && !status.data.executor.sandboxed && (
          <Alert severity="warning" style={{ marginBottom: 16 }}>
            {status.data.executor.sandbox}
          </Alert>
        )}
        {mustType && (
          <FirstField
            id="launch-count"
            variant="outlined"
            label={`Type ${expectedTargets} to confirm`}
            value={typed}
            onChange={event => setTyped(event.target.value)}
            inputProps={{ inputMode: 'numeric', autoComplete: 'off' }}
          />
        )}
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
          color="primary"
          disabled={!confirmed || mutation.isPending}
          onClick={() => mutation.mutate()}
        >
          Launch {countOf(expectedTargets, 'target')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
