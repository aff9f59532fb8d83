import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import CircularProgress from '@material-ui/core/CircularProgress';
import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import {
  Campaign,
  CampaignSpend,
  CostEstimate,
} from '@skein/plugin-campaigns-common';
import { errorMessage } from '../../../data/errorMessage';
import { useSpend, useSystemStatus } from '../../../data/queries';
import { useCampaignAction } from '../../../data/useCampaignAction';
import { formatMoney } from '../../../format/money';
import { describeEstimate } from './describeEstimate';

/** In the launch dialog: what the model will cost, or that none takes part. */
export function LaunchCost(props: { campaign: Campaign }) {
  const { campaign } = props;
  const status = useSystemStatus();
  const spend = useSpend(campaign);
  const mutation = useCampaignAction<void, CostEstimate>({
    act: api => api.estimateCost(campaign.name),
  });
  const asks = campaign.spec.transform.some(step => 'agent' in step);
  if (!status.data || !spend.data || !asks) return null;
  if (!status.data.model.available) {
    return (
      <Alert severity="info" style={{ marginBottom: 16 }}>
        {status.data.model.message}
      </Alert>
    );
  }
  const stored = spend.data.estimate;
  const estimate =
    mutation.data ??
    (stored?.revisionId === campaign.revisionId ? stored : undefined);
  return (
    <Box mb={2}>
      <Typography variant="subtitle2" component="h3" gutterBottom>
        What the model will cost
      </Typography>
      {estimate && <Estimated estimate={estimate} spend={spend.data} />}
      {mutation.error && (
        <Alert severity="error" style={{ marginBottom: 8 }}>
          {errorMessage(mutation.error)}
        </Alert>
      )}
      <Button
        size="small"
        variant="outlined"
        disabled={mutation.isPending}
        startIcon={mutation.isPending && <CircularProgress size={14} />}
        onClick={() => mutation.mutate()}
      >
        {buttonLabel(mutation.isPending, estimate !== undefined)}
      </Button>
    </Box>
  );
}

function Estimated(props: { estimate: CostEstimate; spend: CampaignSpend }) {
  const { estimate, spend } = props;
  const { amount, basis } = describeEstimate(estimate);
  const budget = spend.budget.amount;
  const left = budget === undefined ? undefined : budget - spend.spent;
  return (
    <>
      <Typography variant="body2">{amount}.</Typography>
      <Typography variant="body2" color="textSecondary" paragraph>
        {basis}
      </Typography>
      {left !== undefined && estimate.expected > left && (
        <Alert severity="warning" style={{ marginBottom: 8 }}>
          That is more than the {formatMoney(Math.max(0, left), spend.currency)}{' '}
          that are left of the budget: targets whose calls no longer fit end as
          over budget.
        </Alert>
      )}
    </>
  );
}

function buttonLabel(pending: boolean, again: boolean): string {
  if (pending) return 'Counting a sample of prompts';
  return again ? 'Estimate again' : 'Estimate the cost';
}
