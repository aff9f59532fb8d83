import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { errorMessage } from '../../data/errorMessage';
import { formatAge } from '../../format/time';
import { mutedColor } from './mutedColor';
import { useNow } from './useNow';

const useStyles = makeStyles(theme => ({
  mark: {
    color: mutedColor(theme),
    whiteSpace: 'nowrap',
    fontVariantNumeric: 'tabular-nums',
  },
  failed: { color: theme.palette.error.main },
}));

export interface FreshnessProps {
  query: { dataUpdatedAt: number; error: Error | null };
}

/** How old the data on the page is, and whether reading it again failed. */
export function Freshness(props: FreshnessProps) {
  const classes = useStyles();
  const now = useNow(1_000);
  const { dataUpdatedAt, error } = props.query;
  if (dataUpdatedAt === 0) return <></>;
  const age = formatAge(now - dataUpdatedAt);
  return error ? (
    <Typography
      variant="caption"
      className={classes.failed}
      title={errorMessage(error)}
    >
      Could not refresh; as of {age}
    </Typography>
  ) : (
    <Typography variant="caption" className={classes.mark}>
      Updated {age}
    </Typography>
  );
}
