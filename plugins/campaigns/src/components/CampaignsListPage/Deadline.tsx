import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { describeDeadline } from '../../format/time';
import { useGroupColor, useNow } from '../shared';

const useStyles = makeStyles({ text: { whiteSpace: 'nowrap' } });

/** A date and how far it is; without urgency once the campaign is over. */
export function Deadline(props: { deadline?: string; over: boolean }) {
  const classes = useStyles();
  const colorOf = useGroupColor();
  const deadline = describeDeadline(props.deadline, useNow(60_000));
  if (!deadline) return <>None</>;
  const colors = {
    far: undefined,
    near: colorOf('attention'),
    late: colorOf('failed'),
  };
  return (
    <div className={classes.text}>
      {deadline.date}
      {!props.over && (
        <Typography
          variant="caption"
          display="block"
          color={deadline.urgency === 'far' ? 'textSecondary' : 'initial'}
          style={{ color: colors[deadline.urgency] }}
        >
          {deadline.left}
        </Typography>
      )}
    </div>
  );
}
