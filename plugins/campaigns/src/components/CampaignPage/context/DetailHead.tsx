import { ReactNode } from 'react';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { mutedColor } from '../../shared';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'flex-start',
    gap: theme.spacing(1, 2),
    marginBottom: theme.spacing(2),
  },
  words: { flex: '1 1 320px', minWidth: 0, overflowWrap: 'anywhere' },
  title: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(0.5, 1.5),
  },
  muted: {
    color: mutedColor(theme),
    // Links within a sentence must differ by more than their colour.
    '& a': { textDecoration: 'underline' },
  },
  actions: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1) },
}));

/** What a page of the context tab is about, and what can be done with it. */
export function DetailHead(props: {
  title: ReactNode;
  chip?: ReactNode;
  /** Who made it, and when. */
  origin?: ReactNode;
  actions?: ReactNode;
  children?: ReactNode;
}) {
  const classes = useStyles();
  const { actions, chip, children, origin, title } = props;
  return (
    <div className={classes.root}>
      <div className={classes.words}>
        <div className={classes.title}>
          <Typography component="h3" variant="h5">
            {title}
          </Typography>
          {chip}
        </div>
        {origin && (
          <Typography variant="body2" component="div" className={classes.muted}>
            {origin}
          </Typography>
        )}
        {children}
      </div>
      {actions && <div className={classes.actions}>{actions}</div>}
    </div>
  );
}
