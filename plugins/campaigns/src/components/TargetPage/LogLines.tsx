import { Fragment, memo } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import { JobEvent } from '@skein/plugin-campaigns-common';
import { mutedColor, useGroupColor } from '../shared';
import { TranscriptLine } from './TranscriptLine';

const useStyles = makeStyles(theme => ({
  line: {
    display: 'grid',
    gridTemplateColumns: '72px 1fr',
    // Lines out of sight cost nothing.
    contentVisibility: 'auto',
    containIntrinsicSize: 'auto 20px',
  },
  time: { color: mutedColor(theme), userSelect: 'none' },
  message: { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' },
  phase: { fontWeight: 700 },
  attempt: {
    color: mutedColor(theme),
    borderTop: `1px solid ${theme.palette.divider}`,
    marginTop: theme.spacing(1),
  },
}));

/** Rendered again only when there are new lines. */
export const LogLines = memo((props: { events: JobEvent[] }) => {
  const classes = useStyles();
  const colorOf = useGroupColor();
  const colors = {
    info: undefined,
    warn: colorOf('attention'),
    error: colorOf('failed'),
  };
  return (
    <>
      {props.events.map((event, index) => (
        <Fragment key={event.id}>
          {index > 0 && props.events[index - 1].attempt !== event.attempt && (
            <div className={classes.attempt}>Attempt {event.attempt}</div>
          )}
          <div className={classes.line}>
            <span className={classes.time}>{event.at.slice(11, 19)}</span>
            {event.transcript ? (
              <TranscriptLine entry={event.transcript} />
            ) : (
              <span
                className={
                  event.type === 'log'
                    ? classes.message
                    : `${classes.message} ${classes.phase}`
                }
                style={{ color: colors[event.level] }}
              >
                {event.message}
              </span>
            )}
          </div>
        </Fragment>
      ))}
    </>
  );
});
