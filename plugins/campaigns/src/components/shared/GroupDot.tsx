import { ReactNode } from 'react';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { StateGroup } from '../../states/targetStates';
import { useGroupColor } from './useGroupColor';

const useStyles = makeStyles({
  line: { display: 'flex', alignItems: 'center', gap: 6 },
  dot: { width: 8, height: 8, borderRadius: '50%', flex: 'none' },
});

/** The colour of a group; the words beside it say the same. */
export function GroupDot(props: { group: StateGroup }) {
  const classes = useStyles();
  const colorOf = useGroupColor();
  return (
    <span
      className={classes.dot}
      style={{ backgroundColor: colorOf(props.group) }}
      aria-hidden
    />
  );
}

/** A line of text with the dot of its group before it. */
export function GroupLine(props: { group: StateGroup; children: ReactNode }) {
  const classes = useStyles();
  return (
    <Typography variant="body2" component="div" className={classes.line}>
      <GroupDot group={props.group} />
      <span>{props.children}</span>
    </Typography>
  );
}
