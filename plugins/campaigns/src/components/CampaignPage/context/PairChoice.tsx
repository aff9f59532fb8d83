import IconButton from '@material-ui/core/IconButton';
import MenuItem from '@material-ui/core/MenuItem';
import TextField from '@material-ui/core/TextField';
import Tooltip from '@material-ui/core/Tooltip';
import { makeStyles } from '@material-ui/core/styles';
import SwapHorizIcon from '@material-ui/icons/SwapHoriz';
import { mutedColor } from '../../shared';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1),
    marginTop: theme.spacing(2),
  },
  field: {
    flex: '1 1 240px',
    maxWidth: 440,
    minWidth: 0,
    // On the page's own ground.
    '& .MuiInputLabel-root': { color: mutedColor(theme) },
  },
}));

/** Which two are compared, and the other way round. */
export function PairChoice(props: {
  base: string;
  head: string;
  options: Array<{ id: string; label: string }>;
  onChoose: (base: string, head: string) => void;
}) {
  const classes = useStyles();
  const { base, head, onChoose, options } = props;
  const choice = (
    label: string,
    value: string,
    onChange: (id: string) => void,
  ) => (
    <TextField
      id={`pair-${label.toLocaleLowerCase('en-US')}`}
      className={classes.field}
      select
      variant="outlined"
      size="small"
      label={label}
      // What is not among the options yet must not be chosen: the field would warn.
      value={options.some(({ id }) => id === value) ? value : ''}
      onChange={event => onChange(event.target.value)}
    >
      {options.map(option => (
        <MenuItem key={option.id} value={option.id}>
          {option.label}
        </MenuItem>
      ))}
    </TextField>
  );
  return (
    <div className={classes.root}>
      {choice('From', base, id => onChoose(id, head))}
      <Tooltip title="The other way round">
        <IconButton
          aria-label="The other way round"
          size="small"
          onClick={() => onChoose(head, base)}
        >
          <SwapHorizIcon />
        </IconButton>
      </Tooltip>
      {choice('To', head, id => onChoose(base, id))}
    </div>
  );
}
