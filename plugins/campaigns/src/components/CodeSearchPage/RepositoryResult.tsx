import { useState } from 'react';
import { Link } from '@backstage/core-components';
import Button from '@material-ui/core/Button';
import Paper from '@material-ui/core/Paper';
import Typography from '@material-ui/core/Typography';
import { alpha, makeStyles } from '@material-ui/core/styles';
import {
  CodeSearchFile,
  CodeSearchLine,
  CodeSearchRepository,
  RepositoryRef,
} from '@skein/plugin-campaigns-common';
import { markText } from '../../codeSearch/markText';
import {
  fileUrl,
  repositoryLabel,
  repositoryUrl,
} from '../../format/repository';
import { countOf } from '../../format/words';
import { Owner } from '../shared';

const filesAtFirst = 5;

const useStyles = makeStyles(theme => ({
  repository: { marginBottom: theme.spacing(2), overflow: 'hidden' },
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'baseline',
    gap: theme.spacing(0.5, 2),
    padding: theme.spacing(1.5, 2),
    borderBottom: `1px solid ${theme.palette.divider}`,
  },
  name: { fontSize: '1rem', fontWeight: 600, overflowWrap: 'anywhere' },
  owners: { marginLeft: 'auto', display: 'flex', gap: theme.spacing(1) },
  muted: { color: theme.palette.text.secondary },
  file: { padding: theme.spacing(1, 2) },
  path: { overflowWrap: 'anywhere' },
  lines: { margin: theme.spacing(0.5, 0, 0), padding: 0, listStyle: 'none' },
  line: {
    display: 'grid',
    gridTemplateColumns: '4.5em minmax(0, 1fr)',
    fontFamily: 'Menlo, Consolas, monospace',
    fontSize: '0.8125rem',
    lineHeight: 1.6,
    '&:hover': { backgroundColor: theme.palette.action.hover },
  },
  number: {
    textAlign: 'right',
    paddingRight: theme.spacing(1.5),
    fontVariantNumeric: 'tabular-nums',
  },
  text: { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' },
  match: {
    color: 'inherit',
    fontWeight: 700,
    borderRadius: 2,
    backgroundColor: alpha(theme.palette.warning.main, 0.35),
  },
  more: { padding: theme.spacing(0, 1, 1) },
}));

/** What was found in one repository, file by file. */
export function RepositoryResult(props: {
  found: CodeSearchRepository;
  /** Searches this repository alone. */
  onNarrow?: (repository: string) => void;
}) {
  const classes = useStyles();
  const { found, onNarrow } = props;
  const { repository, results } = found;
  const [all, setAll] = useState(false);
  const shown = all ? results : results.slice(0, filesAtFirst);
  const label = repositoryLabel(repository);
  const missing = found.files - results.length;
  return (
    <Paper
      component="section"
      className={classes.repository}
      aria-label={label}
    >
      <div className={classes.head}>
        <Typography component="h3" className={classes.name}>
          <Link to={repositoryUrl(repository)}>{label}</Link>
        </Typography>
        <Typography variant="body2" className={classes.muted}>
          {countOf(found.lines, 'line')} in {countOf(found.files, 'file')}
        </Typography>
        <Typography variant="body2" component="div" className={classes.owners}>
          {found.ownerRefs.length === 0 && <Owner />}
          {found.ownerRefs.map(ownerRef => (
            <Owner key={ownerRef} ownerRef={ownerRef} />
          ))}
        </Typography>
      </div>
      {shown.map(file => (
        <FileResult key={file.path} repository={repository} file={file} />
      ))}
      {(results.length > shown.length || missing > 0) && (
        <div className={classes.more}>
          {results.length > shown.length ? (
            <Button size="small" onClick={() => setAll(true)}>
              Show {countOf(results.length - shown.length, 'more file')}
            </Button>
          ) : (
            onNarrow && (
              <Button size="small" onClick={() => onNarrow(label)}>
                Search this repository alone for {countOf(missing, 'more file')}
              </Button>
            )
          )}
        </div>
      )}
    </Paper>
  );
}

function FileResult(props: {
  repository: RepositoryRef;
  file: CodeSearchFile;
}) {
  const classes = useStyles();
  const { repository, file } = props;
  const more = file.lines - file.matches.length;
  return (
    <div className={classes.file}>
      <Typography variant="body2" className={classes.path}>
        <Link to={fileUrl(repository, file.path)}>{file.path}</Link>
      </Typography>
      <ul className={classes.lines}>
        {file.matches.map((match, index) => (
          <li key={match.line ?? `unknown-${index}`} className={classes.line}>
            <span className={classes.number}>
              {match.line !== undefined && (
                <Link
                  to={fileUrl(repository, file.path, match.line)}
                  aria-label={`${file.path}, line ${match.line}`}
                >
                  {match.line}
                </Link>
              )}
            </span>
            <MarkedLine match={match} />
          </li>
        ))}
      </ul>
      {more > 0 && (
        <Typography variant="caption" className={classes.muted}>
          and {countOf(more, 'more line')} in this file
        </Typography>
      )}
    </div>
  );
}

function MarkedLine(props: { match: CodeSearchLine }) {
  const classes = useStyles();
  const { text, ranges } = props.match;
  return (
    <code className={classes.text}>
      {markText(text, ranges).map((piece, index) =>
        piece.matches ? (
          <mark key={index} className={classes.match}>
            {piece.text}
          </mark>
        ) : (
          <span key={index}>{piece.text}</span>
        ),
      )}
    </code>
  );
}
