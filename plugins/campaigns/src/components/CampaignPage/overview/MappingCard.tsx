import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import Typography from '@material-ui/core/Typography';
import Skeleton from '@material-ui/lab/Skeleton';
import { Campaign } from '@skein/plugin-campaigns-common';
import { useMappingPreview } from '../../../data/queries';
import { campaignRouteRef } from '../../../routes';
import { MappingPreviewTable } from '../../MappingPreviewTable';
import { Loadable, SectionCard } from '../../shared';

/** Each dataset with what becomes of its columns. */
export function MappingCard(props: { campaign: Campaign }) {
  const { campaign } = props;
  const query = useMappingPreview(campaign);
  const { guide, guideText } = campaign.spec;
  return (
    <SectionCard
      title="Datasets and mapping"
      subheader={`Context revision ${campaign.revisionNumber}`}
    >
      {campaign.spec.description && (
        <Typography variant="body2" paragraph>
          {campaign.spec.description}
        </Typography>
      )}
      {(guide || guideText) && (
        <Typography variant="body2" paragraph>
          <GuideLink campaign={campaign} />
        </Typography>
      )}
      <Loadable
        query={query}
        skeleton={<Skeleton variant="rect" height={200} />}
      >
        {previews =>
          previews.map(preview => (
            <MappingPreviewTable key={preview.dataset.from} preview={preview} />
          ))
        }
      </Loadable>
    </SectionCard>
  );
}

/** The campaign's own guide is a page here; any other is elsewhere, or a few words. */
function GuideLink(props: { campaign: Campaign }) {
  const campaignPath = useRouteRef(campaignRouteRef);
  const { name, spec } = props.campaign;
  if (spec.guideText) {
    return <Link to={`${campaignPath({ name })}/guide`}>Migration guide</Link>;
  }
  return /^https?:\/\//.test(spec.guide ?? '') ? (
    <Link to={spec.guide ?? ''}>Migration guide</Link>
  ) : (
    <>Migration guide: {spec.guide}</>
  );
}
