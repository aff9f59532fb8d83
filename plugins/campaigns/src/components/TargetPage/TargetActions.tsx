import { useState } from 'react';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import { Target } from '@skein/plugin-campaigns-common';
import { targetLabel } from '../../format/repository';
import {
  TargetAction,
  targetActionPresentations,
  targetActions,
} from '../../states/targetActions';
import {
  ActionButton,
  isActionPermitted,
  useCampaignPermissions,
  useMayApprove,
} from '../shared';
import { TargetActionDialog } from '../TargetActionDialog';
import { PromptDialog } from './PromptDialog';

const useStyles = makeStyles(theme => ({
  root: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1) },
}));

/** What can be done with the target in its state. */
export function TargetActions(props: { target: Target }) {
  const classes = useStyles();
  const { target } = props;
  const permissions = useCampaignPermissions(target.campaignId);
  const mayApprove = useMayApprove(target.id);
  const [action, setAction] = useState<TargetAction>();
  const [asked, setAsked] = useState(false);
  const offered = targetActions.filter(candidate =>
    targetActionPresentations[candidate].from.includes(target.state),
  );
  return (
    <div className={classes.root}>
      {offered.map(candidate => (
        <ActionButton
          key={candidate}
          variant={candidate === 'approve' ? 'contained' : 'outlined'}
          color={candidate === 'approve' ? 'primary' : 'default'}
          size="small"
          onClick={() => setAction(candidate)}
          unavailable={
            isActionPermitted(candidate, permissions, mayApprove)
              ? undefined
              : 'You do not have the permission for this'
          }
        >
          {targetActionPresentations[candidate].label}
        </ActionButton>
      ))}
      <Button variant="outlined" size="small" onClick={() => setAsked(true)}>
        Show the prompt
      </Button>
      <PromptDialog
        target={target}
        open={asked}
        onClose={() => setAsked(false)}
      />
      {action && (
        <TargetActionDialog
          campaignName={target.campaignName}
          action={action}
          selection={{ targetIds: [target.id] }}
          count={1}
          labels={new Map([[target.id, targetLabel(target)]])}
          onClose={() => setAction(undefined)}
        />
      )}
    </div>
  );
}
