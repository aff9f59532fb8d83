import { useState } from 'react';
import { Link } from '@backstage/core-components';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import {
  RepositoryRef,
  VerificationError,
} from '@skein/plugin-campaigns-common';
import { fileUrl } from '../../format/repository';

/** The first ones are the causes; the rest is a click away. */
const mostShown = 4;

const useStyles = makeStyles(theme => ({
  list: { margin: theme.spacing(0.5, 0), padding: 0, listStyle: 'none' },
  item: {
    marginBottom: theme.spacing(1),
    paddingLeft: theme.spacing(1),
    borderLeft: `2px solid ${theme.palette.error.main}`,
    overflowWrap: 'anywhere',
  },
  place: { fontFamily: 'Menlo, Consolas, monospace', fontSize: '0.75rem' },
  detail: {
    margin: theme.spacing(0.5, 0, 0),
    fontSize: '0.75rem',
    lineHeight: 1.4,
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
  },
}));

/** What went wrong in a check, as found in its output, causes first. */
export function CheckErrors(props: {
  errors: VerificationError[];
  repository: RepositoryRef;
}) {
  const classes = useStyles();
  const { errors, repository } = props;
  const [all, setAll] = useState(false);
  const shown = all ? errors : errors.slice(0, mostShown);
  return (
    <>
      <ul className={classes.list} aria-label="Errors">
        {shown.map((error, index) => (
          <li key={index} className={classes.item}>
            <ErrorPlace error={error} repository={repository} />
            <Typography variant="body2">
              {error.message}
              {error.count !== undefined && ` (${error.count} times)`}
            </Typography>
            {error.detail && (
              <pre className={classes.detail}>{error.detail}</pre>
            )}
          </li>
        ))}
      </ul>
      {errors.length > mostShown && (
        <Button size="small" onClick={() => setAll(!all)} aria-expanded={all}>
          {all ? 'Show the first only' : `Show all ${errors.length} errors`}
        </Button>
      )}
    </>
  );
}

function ErrorPlace(props: {
  error: VerificationError;
  repository: RepositoryRef;
}) {
  const classes = useStyles();
  const { code, column, file, line, tool } = props.error;
  // The file before a test's name says nothing new.
  const test = props.error.test
    ?.replace(`${file}`, '')
    .replace(/^(?:::| › )/, '');
  const place = [file, line, column].filter(part => part !== undefined);
  // A file outside of the repository has no page.
  const inside =
    file !== undefined && !/^[/<~]|(?:^|\/)\.\.?(?:\/|$)/.test(file);
  const marks = [tool === 'skein' ? undefined : tool, code, test];
  return (
    <Typography
      variant="caption"
      color="textSecondary"
      component="div"
      className={classes.place}
    >
      {inside ? (
        <Link to={fileUrl(props.repository, file, line)}>
          {place.join(':')}
        </Link>
      ) : (
        place.join(':')
      )}
      {marks
        .filter(Boolean)
        .map(mark => (place.length > 0 || mark !== tool ? ` · ${mark}` : mark))}
    </Typography>
  );
}
