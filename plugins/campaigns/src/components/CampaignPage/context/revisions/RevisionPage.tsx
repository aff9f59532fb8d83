import { useParams, useSearchParams } from 'react-router-dom';
import { Link } from '@backstage/core-components';
import Grid from '@material-ui/core/Grid';
import Skeleton from '@material-ui/lab/Skeleton';
import Typography from '@material-ui/core/Typography';
import {
  Campaign,
  ContextRevisionDetail,
} from '@skein/plugin-campaigns-common';
import {
  mostAtOnce,
  useEvaluations,
  useRevision,
} from '../../../../data/contextQueries';
import { Loadable, SectionCard } from '../../../shared';
import { DetailHead } from '../DetailHead';
import { Made } from '../Made';
import { EvaluateButton } from '../evaluations/EvaluateButton';
import { EvaluationsTable } from '../evaluations/EvaluationsTable';
import { useContextPaths } from '../useContextPaths';
import { AdoptButton } from './AdoptButton';
import { NewRevisionButton } from './NewRevisionButton';
import { RevisionChip } from './RevisionChip';
import { RevisionDocuments } from './RevisionDocuments';
import { ReviewFigures } from './ReviewFigures';

/** One context, word for word, with how its changes fared. */
export function RevisionPage(props: { campaign: Campaign }) {
  const { campaign } = props;
  const { revisionId = '' } = useParams();
  const query = useRevision(campaign, revisionId);
  return (
    <Loadable
      query={query}
      skeleton={
        <>
          <Skeleton height={48} width="40%" />
          <Skeleton variant="rect" height={360} />
        </>
      }
    >
      {revision => <RevisionDetail campaign={campaign} revision={revision} />}
    </Loadable>
  );
}

function RevisionDetail(props: {
  campaign: Campaign;
  revision: ContextRevisionDetail;
}) {
  const { campaign, revision } = props;
  const paths = useContextPaths(campaign.name);
  const [parameters, setParameters] = useSearchParams();
  return (
    <>
      <DetailHead
        title={`Revision ${revision.number}`}
        chip={<RevisionChip revision={revision} campaign={campaign} />}
        origin={
          <>
            <Made by={revision.createdBy} at={revision.createdAt} />. Digest{' '}
            <code title={revision.digest}>{revision.digest.slice(0, 12)}</code>.{' '}
            {!revision.current && (
              <Link
                to={paths.compareRevisions(campaign.revisionId, revision.id)}
              >
                Compare with the current one
              </Link>
            )}
          </>
        }
        actions={
          <>
            <EvaluateButton campaign={campaign} revision={revision} />
            <NewRevisionButton campaign={campaign} from={revision} />
            <AdoptButton campaign={campaign} revision={revision} />
          </>
        }
      >
        {revision.note && (
          <Typography variant="body1">{revision.note}</Typography>
        )}
      </DetailHead>
      <Grid container spacing={3}>
        <Grid item xs={12}>
          <RevisionDocuments
            documents={revision.documents}
            shown={parameters.get('document') ?? undefined}
            onShow={name =>
              setParameters({ document: name }, { replace: true })
            }
          />
        </Grid>
        <Grid item xs={12}>
          <ReviewFigures campaign={campaign} revisionId={revision.id} />
        </Grid>
        <Grid item xs={12}>
          <RevisionEvaluations campaign={campaign} revisionId={revision.id} />
        </Grid>
      </Grid>
    </>
  );
}

function RevisionEvaluations(props: {
  campaign: Campaign;
  revisionId: string;
}) {
  const { campaign, revisionId } = props;
  const query = useEvaluations(campaign, { limit: mostAtOnce });
  return (
    <SectionCard title="Evaluations" noPadding>
      <Loadable
        query={query}
        skeleton={<Skeleton variant="rect" height={80} />}
      >
        {({ items }) => {
          const own = items.filter(each => each.revisionId === revisionId);
          return own.length === 0 ? (
            <Typography variant="body2" style={{ padding: 16 }}>
              It has not been tried on any target yet.
            </Typography>
          ) : (
            <EvaluationsTable campaign={campaign} evaluations={own} />
          );
        }}
      </Loadable>
    </SectionCard>
  );
}
