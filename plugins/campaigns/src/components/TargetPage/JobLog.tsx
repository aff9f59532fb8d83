import { useEffect, useRef, useState } from 'react';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import Skeleton from '@material-ui/lab/Skeleton';
import { Job } from '@skein/plugin-campaigns-common';
import { useJobEvents } from '../../data/queries';
import { Loadable } from '../shared';
import { LogLines } from './LogLines';

/** Shown at first; more on demand. */
const step = 500;

const useStyles = makeStyles(theme => ({
  log: {
    maxHeight: 420,
    overflow: 'auto',
    padding: theme.spacing(1),
    borderRadius: theme.shape.borderRadius,
    // Lines in colours have to be read on it.
    backgroundColor: theme.palette.background.default,
    fontFamily: 'Menlo, Consolas, monospace',
    fontSize: '0.75rem',
    lineHeight: 1.6,
  },
}));

/** Lines of a job, oldest first; follows the end until the reader scrolls up. */
export function JobLog(props: { job: Pick<Job, 'id' | 'state'> }) {
  const classes = useStyles();
  const query = useJobEvents(props.job);
  const [most, setMost] = useState(step);
  const log = useRef<HTMLDivElement>(null);
  const follows = useRef(true);
  const count = query.data?.length ?? 0;

  useEffect(() => {
    const element = log.current;
    if (element && follows.current) element.scrollTop = element.scrollHeight;
  }, [count]);

  return (
    <Loadable query={query} skeleton={<Skeleton variant="rect" height={160} />}>
      {events =>
        events.length === 0 ? (
          <Typography variant="body2" color="textSecondary">
            Nothing has been written yet.
          </Typography>
        ) : (
          <>
            {events.length > most && (
              <Button size="small" onClick={() => setMost(most + step * 4)}>
                Show earlier lines ({events.length - most})
              </Button>
            )}
            <div
              ref={log}
              className={classes.log}
              role="log"
              aria-label="Log of the job"
              // What scrolls has to be reachable by keyboard.
              // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
              tabIndex={0}
              onScroll={event => {
                const { scrollHeight, scrollTop, clientHeight } =
                  event.currentTarget;
                follows.current = scrollHeight - scrollTop - clientHeight < 24;
              }}
            >
              <LogLines events={events.slice(-most)} />
            </div>
          </>
        )
      }
    </Loadable>
  );
}
