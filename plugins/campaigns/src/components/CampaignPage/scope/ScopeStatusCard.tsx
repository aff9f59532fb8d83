import { Link } from '@backstage/core-components';
import LinearProgress from '@material-ui/core/LinearProgress';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import RefreshIcon from '@material-ui/icons/Refresh';
import Alert from '@material-ui/lab/Alert';
import { Campaign } from '@skein/plugin-campaigns-common';
import { errorMessage } from '../../../data/errorMessage';
import { useCampaignAction } from '../../../data/useCampaignAction';
import { formatAgeOf } from '../../../format/time';
import { countOf } from '../../../format/words';
import {
  ActionButton,
  SectionCard,
  useCampaignPermissions,
  useNow,
} from '../../shared';
import { useTargetsLink } from '../useTargetsLink';
import { ScopeSources } from './ScopeSources';

const useStyles = makeStyles(theme => ({
  line: { display: 'flex', alignItems: 'center', gap: theme.spacing(2) },
  grow: { flexGrow: 1 },
  details: { marginTop: theme.spacing(2) },
}));

/** How the scope was found, when, and a button to find it again. */
export function ScopeStatusCard(props: { campaign: Campaign }) {
  const classes = useStyles();
  const { campaign } = props;
  const { scope, spec } = campaign;
  const now = useNow(30_000);
  const targetsLink = useTargetsLink(campaign.name);
  const permissions = useCampaignPermissions(campaign.id);
  const refresh = useCampaignAction<void, Campaign>({
    act: api => api.refreshScope(campaign.name),
  });
  const over = campaign.state === 'cancelled' || campaign.state === 'completed';

  return (
    <SectionCard title="Scope">
      <div className={classes.line}>
        <Typography variant="body1">
          <Link to={targetsLink({})} underline="always">
            {countOf(campaign.inScope, 'target')} in scope
          </Link>
          , {campaign.counts.candidate ?? 0} to decide,{' '}
          {campaign.counts.outOfScope ?? 0} left out
        </Typography>
        <span className={classes.grow} />
        {scope.computedAt && (
          <Typography variant="caption" color="textSecondary">
            Computed {formatAgeOf(scope.computedAt, now)}
          </Typography>
        )}
        <ActionButton
          variant="outlined"
          startIcon={<RefreshIcon />}
          onClick={() => refresh.mutate()}
          unavailable={whyNot(permissions.update, over, scope.state)}
        >
          Refresh scope
        </ActionButton>
      </div>
      {scope.state === 'computing' && (
        <div className={classes.details}>
          <LinearProgress aria-label="Computing the scope" />
          <Typography variant="caption">{scope.message}</Typography>
        </div>
      )}
      {scope.state === 'failed' && (
        <Alert severity="error" className={classes.details}>
          {scope.message ?? 'The scope could not be computed.'}
        </Alert>
      )}
      {refresh.error && (
        <Alert severity="error" className={classes.details}>
          {errorMessage(refresh.error)}
        </Alert>
      )}
      <Typography
        variant="body2"
        color="textSecondary"
        className={classes.details}
      >
        Found by <ScopeSources scope={spec.scope} />.
      </Typography>
    </SectionCard>
  );
}

function whyNot(
  permitted: boolean,
  over: boolean,
  state: Campaign['scope']['state'],
): string | undefined {
  if (over) return 'The campaign is over';
  if (state === 'computing') return 'The scope is being computed';
  return permitted ? undefined : 'You do not have the permission for this';
}
