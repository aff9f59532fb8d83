import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { Campaign } from '@skein/plugin-campaigns-common';
import { mostAtOnce } from '../../../data/contextQueries';
import { countOf } from '../../../format/words';
import {
  TargetAction,
  countEligible,
  targetActionPresentations,
  targetActions,
} from '../../../states/targetActions';
import {
  ActionButton,
  CampaignPermissions,
  Freshness,
  FreshnessProps,
  isActionPermitted,
  useCampaignPermissions,
} from '../../shared';
import { whyNoEvaluation } from '../context';
import { TargetSelectionState } from './useTargetSelection';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1),
    minHeight: 48,
    padding: theme.spacing(0.5, 2),
    borderTop: `1px solid ${theme.palette.divider}`,
  },
  chosen: { backgroundColor: theme.palette.action.selected },
  grow: { flexGrow: 1 },
}));

export interface BulkActionsProps {
  campaign: Campaign;
  selection: TargetSelectionState;
  totalItems: number;
  /** The list is narrowed. */
  filtered: boolean;
  onAction: (action: TargetAction) => void;
  /** A context revision is to be evaluated on them. */
  onTry: () => void;
  query: FreshnessProps['query'];
}

/** How many match; and once some are chosen, what can be done with them. */
export function BulkActions(props: BulkActionsProps) {
  const classes = useStyles();
  const { campaign, selection, totalItems, onAction } = props;
  const permissions = useCampaignPermissions(campaign.id);
  const { targets, allMatching } = selection;
  const chosen = allMatching ? totalItems : targets.size;

  if (chosen === 0) {
    return (
      <div className={classes.root}>
        <Typography variant="body2" className={classes.grow}>
          {countOf(totalItems, 'target')}
          {!props.filtered &&
            totalItems > campaign.inScope &&
            `, ${campaign.inScope} of them in scope`}
        </Typography>
        <Freshness query={props.query} />
      </div>
    );
  }
  return (
    <div className={`${classes.root} ${classes.chosen}`}>
      <Typography variant="body2" role="status">
        {countOf(chosen, 'target')} selected
      </Typography>
      {!allMatching && totalItems > targets.size && (
        <Button
          size="small"
          color="primary"
          onClick={selection.selectAllMatching}
        >
          Select all {totalItems} that match
        </Button>
      )}
      <Button size="small" onClick={selection.clear}>
        Clear selection
      </Button>
      <span className={classes.grow} />
      {targetActions.map(action => (
        <ActionButton
          key={action}
          size="small"
          variant="outlined"
          onClick={() => onAction(action)}
          unavailable={unavailable(action, permissions, selection)}
        >
          {targetActionPresentations[action].label}
        </ActionButton>
      ))}
      <ActionButton
        size="small"
        variant="outlined"
        onClick={props.onTry}
        unavailable={
          whyNoEvaluation(campaign, permissions) ??
          (chosen > mostAtOnce
            ? `At most ${mostAtOnce} targets can be tried at once`
            : undefined)
        }
      >
        Try a revision
      </ActionButton>
    </div>
  );
}

function unavailable(
  action: TargetAction,
  permissions: CampaignPermissions,
  { allMatching, targets }: TargetSelectionState,
): string | undefined {
  if (!isActionPermitted(action, permissions, true)) {
    return 'You do not have the permission for this';
  }
  if (!allMatching && countEligible(action, [...targets.values()]) === 0) {
    return 'None of the selected targets is in a state that allows this';
  }
  return undefined;
}
