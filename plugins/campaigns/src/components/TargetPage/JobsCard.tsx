import { useEffect, useRef, useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import MenuItem from '@material-ui/core/MenuItem';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import Skeleton from '@material-ui/lab/Skeleton';
import { Job, Target } from '@skein/plugin-campaigns-common';
import { useJobs } from '../../data/queries';
import { formatTime } from '../../format/time';
import { failureKindLabel } from '../../states/failureKinds';
import { Loadable, SectionCard } from '../shared';
import { JobLog } from './JobLog';

/** The log of the newest job, live while it runs; others to choose, and kept in the address. */
export function JobsCard(props: { target: Target }) {
  const { target } = props;
  const query = useJobs(target);
  const [parameters, setParameters] = useSearchParams();
  const chosen = parameters.get('job');
  const card = useRef<HTMLDivElement>(null);
  const loaded = query.data !== undefined;

  // Who was sent to a certain job wants to see its log.
  const [sentTo] = useState(chosen);
  useEffect(() => {
    if (loaded && sentTo) card.current?.scrollIntoView?.();
  }, [loaded, sentTo]);

  return (
    <div ref={card}>
      <SectionCard title="Log">
        <Loadable
          query={query}
          skeleton={<Skeleton variant="rect" height={160} />}
        >
          {({ items }) => {
            const newest = items.find(isOwn) ?? items[0];
            const job = items.find(({ id }) => id === chosen) ?? newest;
            if (!job) {
              return (
                <Typography variant="body2">
                  No job has run for this target yet.
                </Typography>
              );
            }
            return (
              <>
                {items.length > 1 && (
                  <TextField
                    id="job"
                    select
                    variant="outlined"
                    size="small"
                    label="Job"
                    value={job.id}
                    onChange={event =>
                      setParameters(
                        { job: event.target.value },
                        { replace: true },
                      )
                    }
                    style={{ marginBottom: 16, minWidth: 320 }}
                  >
                    {items.map(item => (
                      <MenuItem key={item.id} value={item.id}>
                        {describeJob(item, item === newest)}
                      </MenuItem>
                    ))}
                  </TextField>
                )}
                <Typography variant="body2" gutterBottom>
                  {items.length === 1 ? `${describeJob(job, true)}. ` : ''}
                  {job.failureMessage}
                </Typography>
                <JobLog key={job.id} job={job} />
              </>
            );
          }}
        </Loadable>
      </SectionCard>
    </div>
  );
}

const stateWords: Record<Job['state'], string> = {
  queued: 'waits for a runner',
  running: 'running',
  succeeded: 'finished',
  failed: 'failed',
  overBudget: 'over budget',
  stopped: 'stopped',
};

const taskWords: Record<Job['task'], string> = {
  transform: 'Rewrite',
  scan: 'Re-scan',
  evaluate: 'Trial',
};

/** A trial of a context revision says nothing of the target as it is. */
function isOwn({ task }: Job): boolean {
  return task !== 'evaluate';
}

function describeJob(job: Job, newest: boolean): string {
  const failure = job.failureKind
    ? `: ${failureKindLabel(job.failureKind)}`
    : '';
  const attempts = job.attempts > 1 ? `, ${job.attempts} attempts` : '';
  return `${taskWords[job.task]} of ${formatTime(job.createdAt)}, ${
    stateWords[job.state]
  }${failure}${attempts}${newest ? ' (newest)' : ''}`;
}
