import { LinkButton } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import Alert from '@material-ui/lab/Alert';
import { CampaignSummary } from '@skein/plugin-campaigns-common';
import { useCampaigns, useLineage } from '../../data/queries';
import { countOf, shortDatasetName } from '../../format/words';
import { firstQuestion } from '../LineageView';
import { campaignRouteRef } from '../../routes';
import { countDone } from '../../states/countStates';

/** Campaigns that retire this dataset: a draft offers to start, a running one tells how far it is. */
export function DatasetCampaigns(props: { dataset: string }) {
  const campaignPath = useRouteRef(campaignRouteRef);
  // The same request as the view below, so that it is made once.
  const lineage = useLineage({
    dataset: props.dataset,
    ...firstQuestion,
  });
  const name = lineage.data?.root?.name;
  const campaigns = useCampaigns({ limit: 200 });
  const concerned = (campaigns.data?.items ?? []).filter(
    campaign =>
      campaign.state !== 'cancelled' &&
      name !== undefined &&
      campaign.datasets.some(({ from }) => sameDataset(from, name)),
  );
  return (
    <>
      {concerned.map(campaign => (
        <Alert
          key={campaign.id}
          severity="info"
          style={{ marginBottom: 24 }}
          action={
            <LinkButton
              to={campaignPath({ name: campaign.name })}
              color="inherit"
              size="small"
              variant="outlined"
            >
              {campaign.state === 'draft'
                ? 'Start the campaign'
                : 'See the campaign'}
            </LinkButton>
          }
        >
          {describe(campaign, name ?? '')}
        </Alert>
      ))}
    </>
  );
}

function describe(campaign: CampaignSummary, name: string): string {
  const dataset = campaign.datasets.find(({ from }) => sameDataset(from, name));
  const successor = dataset ? shortDatasetName(dataset.to) : 'its successor';
  if (campaign.state === 'draft') {
    return `A campaign to move every consumer to ${successor} is drafted, with ${countOf(
      campaign.inScope,
      'target',
    )} in scope. Nothing runs yet.`;
  }
  return `Consumers move to ${successor}: ${countDone(
    campaign.counts,
  )} of ${countOf(campaign.inScope, 'target')} done.`;
}

/** A campaign may name the project where lineage does not, or the other way round. */
function sameDataset(a: string, b: string): boolean {
  const [x, y] = [a, b].map(name => name.toLocaleLowerCase('en-US'));
  return x === y || x.endsWith(`.${y}`) || y.endsWith(`.${x}`);
}
