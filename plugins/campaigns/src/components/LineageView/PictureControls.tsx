import Button from '@material-ui/core/Button';
import IconButton from '@material-ui/core/IconButton';
import MenuItem from '@material-ui/core/MenuItem';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import AddIcon from '@material-ui/icons/Add';
import RemoveIcon from '@material-ui/icons/Remove';
import ToggleButtonGroup from '@material-ui/lab/ToggleButtonGroup';
import { countOf } from '../../format/words';
import { Colouring } from '../../lineage/explorerState';
import { Grouping } from '../../lineage/types';
import { ChoiceButton } from '../shared';
import { Explorer } from './useExplorer';

const groupings: Array<{ value: Grouping; label: string }> = [
  { value: 'none', label: 'One by one' },
  { value: 'team', label: 'By team' },
  { value: 'framework', label: 'By framework' },
];

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1, 2),
    margin: theme.spacing(2, 0, 1),
  },
  levels: { display: 'flex', alignItems: 'center' },
  grouping: { minWidth: 140 },
}));

/** How the picture shows what it shows: how far, as what groups, in what colours. */
export function PictureControls(props: { explorer: Explorer }) {
  const classes = useStyles();
  const { act, state, scene, graph, mostLevels } = props.explorer;
  const { view, colouring } = state;
  const levels = Math.min(view.levels, mostLevels);
  const shown = scene.picture.boxes.reduce(
    (sum, { members }) => sum + members.length,
    0,
  );
  return (
    <div className={classes.root}>
      <TextField
        id="lineage-grouping"
        select
        size="small"
        variant="outlined"
        margin="none"
        label="Show consumers"
        className={classes.grouping}
        value={view.grouping}
        onChange={event =>
          act({ type: 'group', grouping: event.target.value as Grouping })
        }
      >
        {groupings.map(({ value, label }) => (
          <MenuItem key={value} value={value}>
            {label}
          </MenuItem>
        ))}
      </TextField>
      <ToggleButtonGroup
        exclusive
        size="small"
        value={colouring}
        onChange={(_event, next: Colouring | null) =>
          next && act({ type: 'colour', colouring: next })
        }
        aria-label="Colour"
      >
        <ChoiceButton value="framework">Framework</ChoiceButton>
        <ChoiceButton value="migration">Migration</ChoiceButton>
      </ToggleButtonGroup>
      <div className={classes.levels} role="group" aria-label="Levels">
        <IconButton
          size="small"
          aria-label="Hide the last level"
          disabled={levels <= 1}
          onClick={() => act({ type: 'levels', levels: levels - 1 })}
        >
          <RemoveIcon fontSize="small" />
        </IconButton>
        <Typography variant="body2">
          {levels} of {countOf(mostLevels, 'level')}
        </Typography>
        <IconButton
          size="small"
          aria-label="Show the next level"
          disabled={levels >= mostLevels}
          onClick={() => act({ type: 'levels', levels: levels + 1 })}
        >
          <AddIcon fontSize="small" />
        </IconButton>
      </div>
      {scene.picture.boxes.length < graph.nodes.length && (
        <Button size="small" onClick={() => act({ type: 'everything' })}>
          Show all {graph.nodes.length.toLocaleString('en')}
        </Button>
      )}
      <Button size="small" onClick={() => act({ type: 'startAgain' })}>
        Reset
      </Button>
      <Typography variant="caption" role="status" aria-label="In the picture">
        {shown.toLocaleString('en')} of{' '}
        {graph.nodes.length.toLocaleString('en')} in{' '}
        {scene.picture.boxes.length.toLocaleString('en')} boxes
      </Typography>
    </div>
  );
}
