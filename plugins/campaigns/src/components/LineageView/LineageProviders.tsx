import { usePermission } from '@backstage/plugin-permission-react';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import RefreshIcon from '@material-ui/icons/Refresh';
import Skeleton from '@material-ui/lab/Skeleton';
import {
  LineageProviderStatus,
  lineageRefreshPermission,
} from '@skein/plugin-campaigns-common';
import { useLineageProviders } from '../../data/queries';
import { errorMessage } from '../../data/errorMessage';
import { useCampaignAction } from '../../data/useCampaignAction';
import { StateGroup } from '../../states/targetStates';
import { describeProvider } from './describeProvider';
import {
  ActionButton,
  GroupDot,
  Loadable,
  SectionCard,
  useNow,
} from '../shared';

const useStyles = makeStyles(theme => ({
  provider: { marginBottom: theme.spacing(2), overflowWrap: 'anywhere' },
  line: { display: 'flex', alignItems: 'center', gap: theme.spacing(1) },
}));

const groups: Record<LineageProviderStatus['state'], StateGroup> = {
  never: 'waiting',
  running: 'working',
  ok: 'done',
  failed: 'failed',
};

/** Where lineage comes from, and how fresh it is. */
export function LineageProviders() {
  const query = useLineageProviders();
  const now = useNow(30_000);
  const { allowed } = usePermission({ permission: lineageRefreshPermission });
  const refresh = useCampaignAction<void, void>({
    act: api => api.refreshLineage(),
    describe: () => 'Lineage is being read again.',
  });
  return (
    <SectionCard title="Sources of lineage">
      <Loadable
        query={query}
        skeleton={<Skeleton variant="rect" height={80} />}
      >
        {({ items }) =>
          items.length === 0 ? (
            <Typography variant="body2" paragraph>
              No source of lineage is installed.
            </Typography>
          ) : (
            <>
              {items.map(provider => (
                <ProviderStatus
                  key={provider.id}
                  provider={provider}
                  now={now}
                />
              ))}
            </>
          )
        }
      </Loadable>
      <ActionButton
        size="small"
        variant="outlined"
        startIcon={<RefreshIcon />}
        onClick={() => refresh.mutate()}
        unavailable={
          allowed ? undefined : 'You do not have the permission for this'
        }
      >
        Read again
      </ActionButton>
      {refresh.error && (
        <Typography variant="body2" color="error">
          {errorMessage(refresh.error)}
        </Typography>
      )}
    </SectionCard>
  );
}

function ProviderStatus(props: {
  provider: LineageProviderStatus;
  now: number;
}) {
  const { provider, now } = props;
  const classes = useStyles();
  const { lines, problem } = describeProvider(provider, now);
  const group = provider.uninstalledSince ? 'waiting' : groups[provider.state];
  return (
    <div className={classes.provider}>
      <div className={classes.line}>
        <GroupDot group={group} />
        <Typography variant="subtitle2">{provider.title}</Typography>
      </div>
      {lines.map(line => (
        <Typography key={line} variant="body2" color="textSecondary">
          {line}
        </Typography>
      ))}
      {problem && (
        <Typography variant="body2" color="error">
          {problem}
        </Typography>
      )}
    </div>
  );
}
