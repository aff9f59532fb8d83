import Typography from '@material-ui/core/Typography';
import { SystemStatus } from '@skein/plugin-campaigns-common';

/** Executor, forges, code search and model of the installation, in sentences. */
export function SystemSummary(props: { status: SystemStatus }) {
  const { executor, forges, codeSearch, model } = props.status;
  return (
    <>
      <Typography variant="body2" paragraph>
        Executor {executor.id}: {executor.runningJobs} of {executor.concurrency}{' '}
        running. {executor.sandbox}
      </Typography>
      <Typography variant="body2" paragraph>
        Forges:{' '}
        {forges
          .map(({ title, host }) =>
            title.includes(host) ? title : `${title} (${host})`,
          )
          .join(', ') || 'none'}
        . Code search:{' '}
        {codeSearch.map(({ title }) => title).join(', ') || 'none'}.
      </Typography>
      <Typography variant="body2">{model.message}</Typography>
    </>
  );
}
