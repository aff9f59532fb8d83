import { ComponentProps } from 'react';
import Grid from '@material-ui/core/Grid';
import Skeleton from '@material-ui/lab/Skeleton';
import { Change, Target } from '@skein/plugin-campaigns-common';
import { Loadable } from '../shared';
import { AgentCard } from './AgentCard';
import { ChangeCard } from './ChangeCard';
import { LeftoversCard } from './LeftoversCard';
import { NotesCard } from './NotesCard';
import { VerificationCard } from './VerificationCard';

/** What a job made: who took part, what is left to a person, the diff, and the checks. */
export function ChangeCards(props: {
  target: Pick<Target, 'repository' | 'path'>;
  query: ComponentProps<typeof Loadable<Change>>['query'];
}) {
  const { target, query } = props;
  return (
    <Loadable query={query} skeleton={<Skeleton variant="rect" height={320} />}>
      {loaded => (
        <Grid container spacing={3}>
          {(loaded.report.agent || loaded.report.commands) && (
            <Grid item xs={12}>
              <AgentCard report={loaded.report} />
            </Grid>
          )}
          {loaded.report.refusals.length > 0 && (
            <Grid item xs={12}>
              <NotesCard target={target} change={loaded} />
            </Grid>
          )}
          {loaded.report.leftovers && loaded.report.leftovers.total > 0 && (
            <Grid item xs={12}>
              <LeftoversCard
                target={target}
                leftovers={loaded.report.leftovers}
              />
            </Grid>
          )}
          <Grid item xs={12}>
            <ChangeCard targetPath={target.path} change={loaded} />
          </Grid>
          <Grid item xs={12}>
            <VerificationCard
              report={loaded.report}
              repository={target.repository}
            />
          </Grid>
        </Grid>
      )}
    </Loadable>
  );
}
