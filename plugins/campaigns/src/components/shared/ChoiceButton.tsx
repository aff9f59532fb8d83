import { withStyles } from '@material-ui/core/styles';
import ToggleButton from '@material-ui/lab/ToggleButton';

/** A toggle button whose label can be read in each state: the usual one is too faint. */
export const ChoiceButton = withStyles(theme => ({
  root: {
    color: theme.palette.text.secondary,
    borderColor: theme.palette.divider,
    '&$selected': { color: theme.palette.text.primary },
  },
  selected: {},
}))(ToggleButton);
