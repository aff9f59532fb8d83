import { Link } from '@backstage/core-components';
import Typography from '@material-ui/core/Typography';
import Skeleton from '@material-ui/lab/Skeleton';
import { Campaign } from '@skein/plugin-campaigns-common';
import { useMappingPreview } from '../../../data/queries';
import { MappingPreviewTable } from '../../MappingPreviewTable';
import { Loadable, SectionCard } from '../../shared';

/** Each dataset with what becomes of its columns. */
export function MappingCard(props: { campaign: Campaign }) {
  const { campaign } = props;
  const query = useMappingPreview(campaign);
  const { guide } = campaign.spec;
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
      {guide && (
        <Typography variant="body2" paragraph>
          {/^https?:\/\//.test(guide) ? (
            <Link to={guide}>Migration guide</Link>
          ) : (
            `Migration guide: ${guide}`
          )}
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
