import Typography from '@material-ui/core/Typography';
import { makeStyles, useTheme } from '@material-ui/core/styles';
import { legendEntries } from './frameworkColors';

const useStyles = makeStyles(theme => ({
  list: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(2),
    margin: theme.spacing(0, 0, 1),
    padding: 0,
    listStyle: 'none',
  },
  item: { display: 'flex', alignItems: 'center', gap: 6 },
  bar: { width: 5, height: 14, borderRadius: 2 },
}));

export function LineageLegend() {
  const classes = useStyles();
  const { palette } = useTheme();
  return (
    <ul className={classes.list} aria-label="Colours">
      {legendEntries.map(({ label, color }) => (
        <li key={label} className={classes.item}>
          <span
            className={classes.bar}
            style={{ backgroundColor: color[palette.type] }}
            aria-hidden
          />
          <Typography variant="caption">{label}</Typography>
        </li>
      ))}
    </ul>
  );
}
