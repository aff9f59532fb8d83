import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { SchemaOrigin } from '@skein/plugin-campaigns-common';
import { formatAgeOf } from '../../format/time';
import { countOf } from '../../format/words';
import { mutedColor } from '../shared/mutedColor';
import { useNow } from '../shared';

const useStyles = makeStyles(theme => ({
  line: { color: mutedColor(theme), overflowWrap: 'anywhere' },
  last: { marginBottom: theme.spacing(1) },
}));

/** Where the columns of the old and the new dataset are known from, and how old that is. */
export function SchemaOrigins(props: { origins: SchemaOrigin[] }) {
  const classes = useStyles();
  const now = useNow(60_000);
  return (
    <div className={classes.last}>
      {props.origins.map(origin => (
        <Typography
          key={origin.dataset}
          variant="caption"
          component="div"
          className={classes.line}
          title={origin.dataset}
        >
          {tableOf(origin.dataset)}: {describeOrigin(origin, now)}
        </Typography>
      ))}
    </div>
  );
}

/** @param now - epoch milliseconds */
export function describeOrigin(origin: SchemaOrigin, now: number): string {
  const { columns = 0, message, source, state } = origin;
  const age = formatAgeOf(origin.readAt, now);
  switch (state) {
    case 'known': {
      const said = `${countOf(columns, 'column')}, as ${
        source === 'Campaign' ? 'the campaign says' : `${source} said ${age}`
      }`;
      return message ? `${said}; reading it again failed: ${message}` : said;
    }
    case 'missing':
      return `${source} had no such table ${age}`;
    case 'waiting':
      return `${source} is about to be asked for its columns`;
    case 'failed':
      return `${source} could not be asked for its columns: ${message}`;
    default:
      return 'its columns are not known, so nothing is checked against them';
  }
}

function tableOf(dataset: string): string {
  return dataset.split('.').pop() ?? dataset;
}
