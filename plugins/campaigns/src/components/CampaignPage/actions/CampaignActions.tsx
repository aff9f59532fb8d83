import { useState } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import { Campaign } from '@skein/plugin-campaigns-common';
import { useCampaign } from '../../../data/queries';
import { useCampaignAction } from '../../../data/useCampaignAction';
import {
  ActionButton,
  CampaignStateChip,
  Freshness,
  useCampaignPermissions,
} from '../../shared';
import { ApproveDialog } from './ApproveDialog';
import { LaunchDialog } from './LaunchDialog';
import { ReasonDialog } from './ReasonDialog';
import { CampaignAction, offeredActions } from './campaignActions';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1),
    marginBottom: theme.spacing(3),
  },
  grow: { flexGrow: 1 },
}));

const labels: Record<CampaignAction, string> = {
  launch: 'Launch',
  approve: 'Approve changes',
  pause: 'Pause',
  resume: 'Resume',
  cancel: 'Cancel campaign',
};

/** The campaign's state, and the buttons that change it. */
export function CampaignActions(props: { campaign: Campaign }) {
  const classes = useStyles();
  const { campaign } = props;
  const query = useCampaign(campaign.name);
  const permissions = useCampaignPermissions(campaign.id);
  const [open, setOpen] = useState<CampaignAction>();
  const close = () => setOpen(undefined);
  const resume = useCampaignAction<void, Campaign>({
    act: api => api.resumeCampaign(campaign.name),
    describe: () => 'The campaign goes on.',
  });

  return (
    <div className={classes.root}>
      <CampaignStateChip state={campaign.state} reason={campaign.stateReason} />
      <Freshness query={query} />
      <span className={classes.grow} />
      {offeredActions(campaign, permissions).map(({ action, unavailable }) => (
        <ActionButton
          key={action}
          variant={
            action === 'launch' || action === 'approve'
              ? 'contained'
              : 'outlined'
          }
          color={
            action === 'launch' || action === 'approve' ? 'primary' : 'default'
          }
          unavailable={unavailable}
          onClick={() =>
            action === 'resume' ? resume.mutate() : setOpen(action)
          }
        >
          {labels[action]}
        </ActionButton>
      ))}
      {open === 'launch' && (
        <LaunchDialog campaign={campaign} onClose={close} />
      )}
      {open === 'approve' && (
        <ApproveDialog campaign={campaign} onClose={close} />
      )}
      {open === 'pause' && (
        <ReasonDialog
          title="Pause the campaign?"
          consequence="Nothing new starts and no pull request is opened until somebody resumes it. Jobs that run now are finished."
          confirm="Pause"
          required={false}
          act={(api, reason) =>
            api.pauseCampaign(campaign.name, reason ? { reason } : {})
          }
          done="The campaign is paused."
          onClose={close}
        />
      )}
      {open === 'cancel' && (
        <ReasonDialog
          title="Cancel the campaign?"
          consequence="It ends for good: nothing starts any more. Open pull requests stay open; roll them back one by one or together on the targets tab."
          confirm="Cancel the campaign"
          required
          dangerous
          act={(api, reason) => api.cancelCampaign(campaign.name, { reason })}
          done="The campaign is cancelled."
          onClose={close}
        />
      )}
    </div>
  );
}
