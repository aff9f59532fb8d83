import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { NamedCount } from './namedCounts';

const mostShown = 8;

const useStyles = makeStyles({
  list: { listStyle: 'none', margin: 0, padding: 0 },
  item: { display: 'flex', justifyContent: 'space-between', gap: 16 },
});

/** Names with their counts; the tail in one line. */
export function CountList(props: { title: string; counts: NamedCount[] }) {
  const classes = useStyles();
  const { title, counts } = props;
  const rest = counts.slice(mostShown);
  return (
    <>
      <Typography variant="subtitle2">{title}</Typography>
      <ul className={classes.list}>
        {counts.slice(0, mostShown).map(({ name, count }) => (
          <li key={name} className={classes.item}>
            <span>{name}</span>
            <span>{count}</span>
          </li>
        ))}
        {rest.length > 0 && (
          <li className={classes.item}>
            <span>{rest.length} more</span>
            <span>{rest.reduce((sum, { count }) => sum + count, 0)}</span>
          </li>
        )}
      </ul>
    </>
  );
}
