import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { Campaign, FeedbackGroup } from '@skein/plugin-campaigns-common';
import { ActionButton, useCampaignPermissions } from '../../../shared';
import { whyNoChange } from '../contextActions';
import { useDecision } from './useDecision';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1),
    minHeight: 48,
    padding: theme.spacing(0.5, 2),
    borderTop: `1px solid ${theme.palette.divider}`,
    backgroundColor: theme.palette.action.selected,
  },
  grow: { flexGrow: 1 },
}));

/** What can be done with several at once; nothing as long as none is ticked. */
export function FeedbackBar(props: {
  campaign: Campaign;
  chosen: FeedbackGroup[];
  onPromote: () => void;
  onClear: () => void;
}) {
  const classes = useStyles();
  const { campaign, chosen, onClear, onPromote } = props;
  const permissions = useCampaignPermissions(campaign.id);
  const denied = whyNoChange(campaign, permissions);
  const dismiss = useDecision(campaign, 'dismiss', onClear);
  const reopen = useDecision(campaign, 'reopen', onClear);
  if (chosen.length === 0) return null;
  const keysIn = (state: FeedbackGroup['state']) =>
    chosen.filter(group => group.state === state).map(({ key }) => key);
  const unless = (ready: boolean, why: string) =>
    denied ?? (ready ? undefined : why);
  return (
    <div className={classes.root}>
      <Typography variant="body2" role="status" className={classes.grow}>
        {chosen.length} chosen
      </Typography>
      <Button size="small" onClick={onClear}>
        Clear
      </Button>
      <ActionButton
        size="small"
        variant="outlined"
        onClick={onPromote}
        unavailable={unless(
          chosen.every(({ state }) => state !== 'promoted'),
          'Some of it is a lesson already',
        )}
      >
        Make one lesson of it
      </ActionButton>
      <ActionButton
        size="small"
        variant="outlined"
        onClick={() => dismiss.mutate(keysIn('open'))}
        unavailable={unless(keysIn('open').length > 0, 'None of it is open')}
      >
        Dismiss
      </ActionButton>
      <ActionButton
        size="small"
        variant="outlined"
        onClick={() => reopen.mutate(keysIn('dismissed'))}
        unavailable={unless(
          keysIn('dismissed').length > 0,
          'None of it is dismissed',
        )}
      >
        Reopen
      </ActionButton>
    </div>
  );
}
