import Button from '@material-ui/core/Button';
import Checkbox from '@material-ui/core/Checkbox';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { Target } from '@skein/plugin-campaigns-common';
import { TargetAction } from '../../../states/targetActions';
import {
  ActionButton,
  CampaignPermissions,
  isActionPermitted,
} from '../../shared';
import { TargetSelectionState } from '../targets/useTargetSelection';
import { scopeActionLabel } from './ScopeItem';

const useStyles = makeStyles(theme => ({
  root: {
    position: 'sticky',
    top: 0,
    zIndex: 1,
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1),
    minHeight: 44,
    backgroundColor: theme.palette.background.paper,
    borderBottom: `1px solid ${theme.palette.divider}`,
  },
  tick: { padding: theme.spacing(0.5) },
  grow: { flexGrow: 1 },
}));

export interface CandidateBarProps {
  /** On this page. */
  shown: Target[];
  totalItems: number;
  selection: TargetSelectionState;
  permissions: CampaignPermissions;
  onAction: (action: TargetAction) => void;
}

/** Ticks all, and decides what is ticked. */
export function CandidateBar(props: CandidateBarProps) {
  const classes = useStyles();
  const { shown, totalItems, selection, permissions, onAction } = props;
  const chosenHere = selection.selectedOn(shown).size;
  const chosen = selection.allMatching ? totalItems : selection.targets.size;

  const whyNot = (action: TargetAction) => {
    if (chosen === 0) return 'Tick candidates first';
    return isActionPermitted(action, permissions, true)
      ? undefined
      : 'You do not have the permission for this';
  };
  return (
    <div className={classes.root}>
      <Checkbox
        color="primary"
        size="small"
        className={classes.tick}
        checked={shown.length > 0 && chosenHere === shown.length}
        indeterminate={chosenHere > 0 && chosenHere < shown.length}
        onChange={event => selection.select(shown, event.target.checked)}
        inputProps={{ 'aria-label': 'Select all candidates on this page' }}
      />
      <Typography variant="body2" role="status">
        {chosen} of {totalItems} selected
      </Typography>
      {chosen > 0 && chosen < totalItems && (
        <Button size="small" onClick={selection.selectAllMatching}>
          Select all {totalItems}
        </Button>
      )}
      <span className={classes.grow} />
      <Typography variant="caption" color="textSecondary">
        Arrow keys move, space ticks, I takes in, O leaves out
      </Typography>
      {(['include', 'skip'] as const).map(action => (
        <ActionButton
          key={action}
          size="small"
          variant="outlined"
          onClick={() => onAction(action)}
          unavailable={whyNot(action)}
        >
          {`${scopeActionLabel(action)} selected`}
        </ActionButton>
      ))}
    </div>
  );
}
