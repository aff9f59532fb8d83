import { ReactNode } from 'react';
import { Link } from '@backstage/core-components';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { Target } from '@skein/plugin-campaigns-common';
import { repositoryLabel, repositoryUrl } from '../../format/repository';
import { failureKindLabel } from '../../states/failureKinds';
import { targetStatePresentations } from '../../states/targetStates';
import { PullRequestStatus } from '../PullRequestStatus';
import {
  Freshness,
  FreshnessProps,
  Owner,
  SectionCard,
  TargetStateChip,
} from '../shared';
import { TargetActions } from './TargetActions';

const useStyles = makeStyles(theme => ({
  line: {
    display: 'flex',
    alignItems: 'center',
    flexWrap: 'wrap',
    gap: theme.spacing(1.5),
  },
  grow: { flexGrow: 1 },
  reason: { margin: theme.spacing(1.5, 0) },
  facts: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(150px, 1fr))',
    gap: theme.spacing(2),
    margin: theme.spacing(2, 0, 0),
  },
  value: { margin: 0, overflowWrap: 'anywhere' },
}));

/** State and why, what can be done, and where things are. */
export function TargetSummary(props: {
  target: Target;
  query: FreshnessProps['query'];
}) {
  const classes = useStyles();
  const { target } = props;
  return (
    <SectionCard>
      <div className={classes.line}>
        <TargetStateChip state={target.state} />
        {target.failureKind && (
          <Typography variant="body2" color="textSecondary">
            {failureKindLabel(target.failureKind)}
          </Typography>
        )}
        {target.state === 'proposed' && target.approvalRequired && (
          <Typography variant="body2">
            Its review asks for a look: read it below, then approve it by itself
          </Typography>
        )}
        <span className={classes.grow} />
        <Freshness query={props.query} />
      </div>
      <Typography variant="body1" className={classes.reason}>
        {target.stateReason ??
          targetStatePresentations[target.state].explanation}
      </Typography>
      <TargetActions target={target} />
      <dl className={classes.facts}>
        <Fact label="Repository">
          <Link to={repositoryUrl(target.repository)}>
            {repositoryLabel(target.repository)}
          </Link>
        </Fact>
        <Fact label="Path">{target.path || 'Whole repository'}</Fact>
        <Fact label="Framework">{target.framework}</Fact>
        <Fact label="Owner">
          <Owner ownerRef={target.ownerRef} />
        </Fact>
        {target.entityRef && (
          <Fact label="Component">
            <EntityRefLink entityRef={target.entityRef} />
          </Fact>
        )}
        {target.wave && <Fact label="Wave">{target.wave}</Fact>}
        {(target.pullRequest || target.expectedAt) && (
          <Fact label="Pull request">
            <PullRequestStatus target={target} all />
          </Fact>
        )}
        {target.pullRequest && target.pullRequest.reviewers.length > 0 && (
          <Fact label="Reviewers">
            {target.pullRequest.reviewers.join(', ')}
          </Fact>
        )}
      </dl>
    </SectionCard>
  );
}

function Fact(props: { label: string; children: ReactNode }) {
  const classes = useStyles();
  return (
    <div>
      <Typography variant="caption" color="textSecondary" component="dt">
        {props.label}
      </Typography>
      <Typography variant="body2" component="dd" className={classes.value}>
        {props.children}
      </Typography>
    </div>
  );
}
