import { CopyTextButton } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles(theme => ({
  root: { position: 'relative' },
  copy: { position: 'absolute', top: 0, right: 0 },
  text: {
    margin: 0,
    padding: theme.spacing(1.5),
    paddingRight: theme.spacing(6),
    maxHeight: '70vh',
    overflow: 'auto',
    borderRadius: theme.shape.borderRadius,
    backgroundColor: theme.palette.background.default,
    color: theme.palette.text.primary,
    fontFamily: 'Menlo, Consolas, monospace',
    fontSize: '0.8125rem',
  },
  wrapped: { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' },
}));

/** Text as it is in a file, to read, to scroll by keys, and to copy. */
export function CodeBlock(props: {
  label: string;
  text: string;
  /** Lines that are too long go on in the next, for prose. */
  wrap?: boolean;
}) {
  const classes = useStyles();
  const { label, text, wrap } = props;
  return (
    <div className={classes.root}>
      <pre
        className={wrap ? `${classes.text} ${classes.wrapped}` : classes.text}
        // Else what is out of sight cannot be reached by keys.
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        role="region"
        aria-label={label}
      >
        {text}
      </pre>
      <div className={classes.copy}>
        <CopyTextButton
          text={text}
          tooltipText="Copied"
          aria-label={`Copy ${label}`}
        />
      </div>
    </div>
  );
}
