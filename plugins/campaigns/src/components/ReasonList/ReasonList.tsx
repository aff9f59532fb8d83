import { Link } from '@backstage/core-components';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { ScopeReason, Target } from '@skein/plugin-campaigns-common';
import { fileUrl } from '../../format/repository';
import { countOf } from '../../format/words';

const briefMatches = 2;

const useStyles = makeStyles(theme => ({
  list: { margin: theme.spacing(0.5, 0, 0), padding: 0, listStyle: 'none' },
  item: { marginBottom: theme.spacing(1), overflowWrap: 'anywhere' },
  path: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(0.5),
    alignItems: 'center',
    margin: 0,
    padding: 0,
    listStyle: 'none',
  },
  code: {
    fontFamily: 'Menlo, Consolas, monospace',
    fontSize: '0.75rem',
    marginLeft: theme.spacing(1),
    color: theme.palette.text.secondary,
    whiteSpace: 'pre-wrap',
  },
}));

/** Why a target is in scope, or out of it: lineage as a path, code matches with links, rules. */
export function ReasonList(props: {
  target: Pick<Target, 'reasons' | 'repository'>;
  /** Only the first matches of each search. */
  brief?: boolean;
}) {
  const classes = useStyles();
  const { target, brief = false } = props;
  return (
    <ul className={classes.list}>
      {target.reasons.map((reason, index) => (
        <li key={index} className={classes.item}>
          <Reason reason={reason} target={target} brief={brief} />
        </li>
      ))}
    </ul>
  );
}

function Reason(props: {
  reason: ScopeReason;
  target: Pick<Target, 'repository'>;
  brief: boolean;
}) {
  const classes = useStyles();
  const { reason, target, brief } = props;
  if (reason.type === 'lineage') {
    return (
      <>
        <Typography variant="body2" color="textSecondary" component="div">
          Lineage,{' '}
          {reason.depth === 1
            ? 'reads it directly'
            : `${reason.depth} steps away`}{' '}
          (seen by {reason.providers.join(', ')})
        </Typography>
        <ol className={classes.path} aria-label="Lineage path">
          {reason.path.map((node, index) => (
            <li key={index}>
              <Typography variant="body2" component="span">
                {index > 0 && <span aria-hidden>→ </span>}
                {node}
              </Typography>
            </li>
          ))}
        </ol>
      </>
    );
  }
  if (reason.type === 'search') {
    const shown = brief
      ? reason.matches.slice(0, briefMatches)
      : reason.matches;
    const rest = reason.total - shown.length;
    return (
      <>
        <Typography variant="body2" color="textSecondary" component="div">
          {countOf(reason.total, 'match', 'matches')} for “{reason.query}” by{' '}
          {reason.provider}
        </Typography>
        {shown.map(match => (
          <Typography
            key={`${match.path}:${match.line}`}
            variant="body2"
            component="div"
          >
            <Link
              to={fileUrl(target.repository, match.path, match.line)}
              underline="always"
            >
              {match.path}:{match.line}
            </Link>
            <code className={classes.code}>{match.text.trim()}</code>
          </Typography>
        ))}
        {rest > 0 && (
          <Typography variant="caption" color="textSecondary">
            and {rest} more
          </Typography>
        )}
      </>
    );
  }
  return (
    <Typography variant="body2" color="textSecondary" component="div">
      {reason.decision === 'in' ? 'Taken in' : 'Left out'} by {reason.rule}:{' '}
      {reason.detail}
    </Typography>
  );
}
