import { Link } from '@backstage/core-components';
import Grid from '@material-ui/core/Grid';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import Skeleton from '@material-ui/lab/Skeleton';
import { Campaign, CampaignSpend } from '@skein/plugin-campaigns-common';
import { useSpend, useSystemStatus } from '../../../data/queries';
import { formatMoney, formatShare, formatTokens } from '../../../format/money';
import { formatTime } from '../../../format/time';
import { countOf } from '../../../format/words';
import { Loadable, SectionCard } from '../../shared';
import { useTargetsLink } from '../useTargetsLink';
import { BudgetBar } from './BudgetBar';
import { describeEstimate } from './describeEstimate';
import { SpendDays } from './SpendDays';
import { SpendTable } from './SpendTable';

const useStyles = makeStyles(theme => ({
  facts: {
    display: 'grid',
    gridTemplateColumns: 'max-content 1fr',
    gap: theme.spacing(0.5, 2),
    margin: theme.spacing(2, 0, 0),
    '& dt': { color: theme.palette.text.secondary },
    '& dd': { margin: 0, overflowWrap: 'anywhere' },
  },
}));

/** What the model has cost, of what it may cost, and of what was expected. */
export function SpendCard(props: { campaign: Campaign }) {
  const { campaign } = props;
  const query = useSpend(campaign);
  const status = useSystemStatus();
  return (
    <section aria-label="Spend">
      <SectionCard title="Spend">
        <Loadable
          query={query}
          skeleton={<Skeleton variant="rect" height={120} />}
        >
          {spend =>
            spend.calls === 0 ? (
              <NothingSpent
                campaign={campaign}
                spend={spend}
                model={status.data?.model}
              />
            ) : (
              <Grid container spacing={3}>
                <Grid item xs={12} md={5}>
                  <Summary campaign={campaign} spend={spend} />
                </Grid>
                <Grid item xs={12} md={7}>
                  <SpendDays spend={spend} />
                </Grid>
                <Grid item xs={12}>
                  <SpendTable spend={spend} />
                </Grid>
              </Grid>
            )
          }
        </Loadable>
      </SectionCard>
    </section>
  );
}

function NothingSpent(props: {
  campaign: Campaign;
  spend: CampaignSpend;
  model?: { available: boolean; message: string };
}) {
  const { campaign, spend, model } = props;
  const asks = campaign.spec.transform.some(step => 'agent' in step);
  if (model && !model.available) {
    return <Typography variant="body2">{model.message}</Typography>;
  }
  return (
    <>
      <Typography variant="body2">
        {asks
          ? 'The model has not been asked yet.'
          : 'No step of this campaign asks the model: its changes come from the mapping tables.'}
        {model && asks && ` Connected: ${model.message}.`}
      </Typography>
      <Facts campaign={campaign} spend={spend} />
    </>
  );
}

function Summary(props: { campaign: Campaign; spend: CampaignSpend }) {
  const { campaign, spend } = props;
  const { budget, currency, spent } = spend;
  const money = (value: number) => formatMoney(value, currency);
  return (
    <>
      <Typography variant="body1" gutterBottom>
        {budget.amount === undefined
          ? `${money(spent)} spent; the campaign has no budget.`
          : `${money(spent)} of ${money(budget.amount)} spent (${formatShare(
              budget.amount > 0 ? spent / budget.amount : 1,
            )}).`}
      </Typography>
      {budget.amount !== undefined && (
        <BudgetBar spend={spend} amount={budget.amount} />
      )}
      <Facts campaign={campaign} spend={spend} />
    </>
  );
}

function Facts(props: { campaign: Campaign; spend: CampaignSpend }) {
  const classes = useStyles();
  const { campaign, spend } = props;
  const targetsLink = useTargetsLink(campaign.name);
  const { assumed, budget, calls, estimate, reserved, tokensSpent } = spend;
  const money = (value: number) => formatMoney(value, spend.currency);
  const overBudget = campaign.counts.overBudget ?? 0;
  const bounds = [
    budget.perJob !== undefined && `${money(budget.perJob)} a job`,
    budget.perRun !== undefined && `${money(budget.perRun)} a run`,
    budget.tokens.amount !== undefined &&
      `${formatTokens(budget.tokens.amount)} tokens`,
    budget.tokens.perJob !== undefined &&
      `${formatTokens(budget.tokens.perJob)} tokens a job`,
  ].filter(Boolean);
  return (
    <Typography variant="body2" component="dl" className={classes.facts}>
      {overBudget > 0 && (
        <>
          <dt>Over budget</dt>
          <dd>
            <Link to={targetsLink({ states: ['overBudget'] })}>
              {countOf(overBudget, 'target')}
            </Link>
            : raise the budget, then retry
          </dd>
        </>
      )}
      {reserved > 0 && (
        <>
          <dt>Reserved</dt>
          <dd>{money(reserved)} at most, by calls under way</dd>
        </>
      )}
      {bounds.length > 0 && (
        <>
          <dt>At most</dt>
          <dd>{bounds.join(', ')}</dd>
        </>
      )}
      {calls > 0 && (
        <>
          <dt>Calls</dt>
          <dd>
            {calls.toLocaleString('en')}, {formatTokens(tokensSpent)} tokens
          </dd>
        </>
      )}
      {spend.cacheHitRate !== undefined && (
        <>
          <dt>Cache hit rate</dt>
          <dd>{formatShare(spend.cacheHitRate)} of the input</dd>
        </>
      )}
      {assumed > 0 && (
        <>
          <dt>Assumed</dt>
          <dd>
            {money(assumed)} of it, for calls that broke off without a word of
            what they used
          </dd>
        </>
      )}
      {estimate && (
        <>
          <dt>Estimate</dt>
          <dd>
            {describeEstimate(estimate).amount} (revision{' '}
            {estimate.revisionNumber}, {formatTime(estimate.createdAt)})
          </dd>
        </>
      )}
    </Typography>
  );
}
