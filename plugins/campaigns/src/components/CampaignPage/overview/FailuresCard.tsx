import { useState } from 'react';
import { Link } from '@backstage/core-components';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { Campaign } from '@skein/plugin-campaigns-common';
import {
  failureKindExplanation,
  failureKindLabel,
} from '../../../states/failureKinds';
import {
  ActionButton,
  SectionCard,
  useCampaignPermissions,
} from '../../shared';
import { TargetActionDialog } from '../../TargetActionDialog';
import { useTargetsLink } from '../useTargetsLink';

const useStyles = makeStyles(theme => ({
  group: {
    display: 'flex',
    alignItems: 'flex-start',
    gap: theme.spacing(2),
    padding: theme.spacing(1, 0),
  },
  button: { flex: 'none', whiteSpace: 'nowrap' },
  words: { flexGrow: 1, minWidth: 0, overflowWrap: 'anywhere' },
}));

/** Failed targets by kind, each with one button to try them again. */
export function FailuresCard(props: { campaign: Campaign }) {
  const classes = useStyles();
  const { campaign } = props;
  const targetsLink = useTargetsLink(campaign.name);
  const permissions = useCampaignPermissions(campaign.id);
  const [retrying, setRetrying] = useState<{ kind: string; count: number }>();

  return (
    <SectionCard title="Failures">
      {campaign.failures.map(({ kind, count, example }) => (
        <div key={kind} className={classes.group}>
          <div className={classes.words}>
            <Link
              to={targetsLink({ states: ['failed'], failureKinds: [kind] })}
            >
              {failureKindLabel(kind)} ({count})
            </Link>
            <Typography variant="body2" color="textSecondary">
              {example ?? failureKindExplanation(kind)}
            </Typography>
          </div>
          <div className={classes.button}>
            <ActionButton
              size="small"
              variant="outlined"
              onClick={() => setRetrying({ kind, count })}
              unavailable={
                permissions.launch
                  ? undefined
                  : 'You do not have the permission for this'
              }
            >
              Retry these
            </ActionButton>
          </div>
        </div>
      ))}
      {retrying && (
        <TargetActionDialog
          campaignName={campaign.name}
          action="retry"
          selection={{
            filter: { states: ['failed'], failureKinds: [retrying.kind] },
          }}
          count={retrying.count}
          detail={`that failed: ${countOfKind(retrying.kind)}`}
          onClose={() => setRetrying(undefined)}
        />
      )}
    </SectionCard>
  );
}

function countOfKind(kind: string): string {
  return failureKindLabel(kind).toLocaleLowerCase('en-US');
}
