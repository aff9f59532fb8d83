import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { Target } from '@skein/plugin-campaigns-common';
import { targetLabel } from '../../../format/repository';
import { targetRouteRef } from '../../../routes';
import {
  TargetAction,
  targetActionPresentations,
} from '../../../states/targetActions';
import { ReasonList } from '../../ReasonList';
import {
  ActionButton,
  CampaignPermissions,
  Owner,
  isActionPermitted,
} from '../../shared';

const useStyles = makeStyles(theme => ({
  words: { flexGrow: 1, minWidth: 0, overflowWrap: 'anywhere' },
  buttons: { display: 'flex', gap: theme.spacing(1), flex: 'none' },
}));

export interface ScopeItemProps {
  target: Target;
  actions: TargetAction[];
  permissions: CampaignPermissions;
  onAction: (action: TargetAction, target: Target) => void;
  /** Only the first matches of each search. */
  brief?: boolean;
}

/** A target with why it is here, and what a person can say to that. */
export function ScopeItem(props: ScopeItemProps) {
  const classes = useStyles();
  const { target, actions, permissions, onAction, brief } = props;
  const targetPath = useRouteRef(targetRouteRef);
  return (
    <>
      <div className={classes.words}>
        <Link
          to={targetPath({ name: target.campaignName, targetId: target.id })}
        >
          {targetLabel(target)}
        </Link>
        <Typography variant="caption" color="textSecondary">
          {' '}
          {target.framework}, <Owner ownerRef={target.ownerRef} />
        </Typography>
        {target.stateReason && (
          <Typography variant="body2">{target.stateReason}</Typography>
        )}
        <ReasonList target={target} brief={brief} />
      </div>
      <div className={classes.buttons}>
        {actions.map(action => (
          <ActionButton
            key={action}
            size="small"
            variant="outlined"
            onClick={() => onAction(action, target)}
            unavailable={
              isActionPermitted(action, permissions, true)
                ? undefined
                : 'You do not have the permission for this'
            }
          >
            {scopeActionLabel(action)}
          </ActionButton>
        ))}
      </div>
    </>
  );
}

/** What an action is called where the scope is decided. */
export function scopeActionLabel(action: TargetAction): string {
  return action === 'skip'
    ? 'Leave out'
    : targetActionPresentations[action].label;
}
