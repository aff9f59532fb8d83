import { Header, HeaderLabel } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { makeStyles } from '@material-ui/core/styles';
import { Campaign } from '@skein/plugin-campaigns-common';
import { describeDeadline } from '../../format/time';
import { campaignsRouteRef } from '../../routes';
import { campaignStatePresentations } from '../../states/campaignStates';
import { useNow } from '../shared';

const useStyles = makeStyles({
  link: { color: 'inherit', textDecoration: 'underline' },
});

/** Title, state, deadline and owner. */
export function CampaignHeader(props: { campaign: Campaign }) {
  const classes = useStyles();
  const { campaign } = props;
  const campaignsPath = useRouteRef(campaignsRouteRef);
  const deadline = describeDeadline(campaign.deadline, useNow(60_000));
  const over = campaign.state === 'completed' || campaign.state === 'cancelled';
  return (
    <Header
      title={campaign.title}
      type="Campaigns"
      typeLink={campaignsPath()}
      subtitle={campaign.stateReason}
    >
      <HeaderLabel
        label="State"
        value={campaignStatePresentations[campaign.state].label}
      />
      {deadline && (
        <HeaderLabel
          label="Deadline"
          value={over ? deadline.date : `${deadline.date}, ${deadline.left}`}
        />
      )}
      <HeaderLabel
        label="Owner"
        value={
          <EntityRefLink
            entityRef={campaign.ownerRef}
            defaultKind="group"
            className={classes.link}
          />
        }
      />
    </Header>
  );
}
