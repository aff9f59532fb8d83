import { makeStyles } from '@material-ui/core/styles';
import Skeleton from '@material-ui/lab/Skeleton';
import { useColumnLineage } from '../../../data/queries';
import { Loadable } from '../../shared';
import { describeTrail } from './describeTrail';

const useStyles = makeStyles(theme => ({
  trail: {
    margin: theme.spacing(0, 0, 1),
    paddingLeft: theme.spacing(1.5),
    borderLeft: `2px solid ${theme.palette.divider}`,
    listStyle: 'none',
  },
  how: { color: theme.palette.text.secondary },
}));

/** Where a column goes on to, some steps far. */
export function ColumnTrail(props: { dataset: string; column: string }) {
  const { dataset, column } = props;
  const classes = useStyles();
  const query = useColumnLineage({ dataset, column });
  return (
    <Loadable query={query} skeleton={<Skeleton variant="text" />}>
      {graph => {
        const lines = describeTrail(graph);
        return (
          <ul className={classes.trail} aria-label={`Where ${column} goes`}>
            {lines.map(({ key, what, how, depth }) => (
              <li key={key} style={{ marginLeft: (depth - 1) * 10 }}>
                {what} <span className={classes.how}>{how}</span>
              </li>
            ))}
            {lines.length === 0 && <li>No source says where it goes</li>}
            {graph.truncated && <li>and further</li>}
          </ul>
        );
      }}
    </Loadable>
  );
}
