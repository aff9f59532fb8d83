import { Link } from '@backstage/core-components';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { Target } from '@skein/plugin-campaigns-common';
import { safeAddress } from '../../format/safeAddress';
import { formatTime } from '../../format/time';
import { useGroupColor } from '../shared';
import { describePullRequest } from './describePullRequest';

const useStyles = makeStyles({
  fact: { display: 'flex', alignItems: 'baseline', gap: 6, lineHeight: 1.5 },
  dot: { width: 7, height: 7, borderRadius: '50%', flex: 'none' },
});

/** The pull request of a target, in a cell: its number and what is most pressing; or when it is expected. */
export function PullRequestStatus(props: {
  target: Pick<Target, 'pullRequest' | 'expectedAt'>;
  /** All facts, not only the two most pressing. */
  all?: boolean;
}) {
  const classes = useStyles();
  const colorOf = useGroupColor();
  const { pullRequest, expectedAt } = props.target;
  if (!pullRequest) {
    return expectedAt ? (
      <Typography variant="caption" color="textSecondary">
        Expected {formatTime(expectedAt)}
      </Typography>
    ) : (
      <></>
    );
  }
  const facts = describePullRequest(pullRequest);
  const address = safeAddress(pullRequest.url);
  return (
    <>
      {address ? (
        <Link to={address}>#{pullRequest.number}</Link>
      ) : (
        `#${pullRequest.number}`
      )}
      {facts.slice(0, props.all ? undefined : 2).map(({ text, group }) => (
        <Typography key={text} variant="caption" className={classes.fact}>
          <span
            className={classes.dot}
            style={{ backgroundColor: colorOf(group) }}
            aria-hidden
          />
          {text}
        </Typography>
      ))}
    </>
  );
}
