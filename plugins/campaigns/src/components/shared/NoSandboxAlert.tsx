import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { makeStyles } from '@material-ui/core/styles';
import Alert from '@material-ui/lab/Alert';
import AlertTitle from '@material-ui/lab/AlertTitle';
import { useSystemStatus } from '../../data/queries';
import { statusRouteRef } from '../../routes';

const useStyles = makeStyles(theme => ({
  root: { marginBottom: theme.spacing(2) },
}));

/**
 * Says that nothing confines jobs, on pages where people start them or read what
 * they made; shows nothing where jobs are in a sandbox, or who asks may not know.
 */
export function NoSandboxAlert() {
  const classes = useStyles();
  const statusPath = useRouteRef(statusRouteRef);
  const { data } = useSystemStatus();
  if (!data || data.executor.sandboxed) return null;
  return (
    <Alert severity="warning" className={classes.root}>
      <AlertTitle>Jobs run without a sandbox</AlertTitle>
      {data.executor.sandbox}{' '}
      <Link to={statusPath()}>What confines jobs here</Link>
    </Alert>
  );
}
