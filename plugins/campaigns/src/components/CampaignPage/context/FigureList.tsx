import { ReactNode } from 'react';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(124px, 1fr))',
    gap: theme.spacing(2),
    margin: 0,
  },
  value: {
    margin: 0,
    fontSize: '1.25rem',
    fontWeight: 600,
    fontVariantNumeric: 'tabular-nums',
  },
  detail: { margin: 0 },
}));

export interface Figure {
  label: string;
  value: ReactNode;
  /** What the value is of, or what it means. */
  detail?: string;
}

/** Numbers, each with its name and what it is of. */
export function FigureList(props: { figures: Figure[] }) {
  const classes = useStyles();
  return (
    <dl className={classes.root}>
      {props.figures.map(({ detail, label, value }) => (
        <div key={label}>
          <Typography variant="body2" color="textSecondary" component="dt">
            {label}
          </Typography>
          <dd className={classes.value}>{value}</dd>
          {detail && (
            <Typography
              variant="caption"
              color="textSecondary"
              component="dd"
              className={classes.detail}
            >
              {detail}
            </Typography>
          )}
        </div>
      ))}
    </dl>
  );
}
