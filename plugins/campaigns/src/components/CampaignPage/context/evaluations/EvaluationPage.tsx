import { useParams } from 'react-router-dom';
import { Link } from '@backstage/core-components';
import Grid from '@material-ui/core/Grid';
import Skeleton from '@material-ui/lab/Skeleton';
import { Campaign, Evaluation } from '@skein/plugin-campaigns-common';
import {
  mostAtOnce,
  useEvaluation,
  useEvaluations,
} from '../../../../data/contextQueries';
import { countOf } from '../../../../format/words';
import {
  Freshness,
  FreshnessProps,
  Loadable,
  SectionCard,
} from '../../../shared';
import { DetailHead } from '../DetailHead';
import { FigureList } from '../FigureList';
import { Made } from '../Made';
import { AdoptButton } from '../revisions/AdoptButton';
import { useContextPaths } from '../useContextPaths';
import { EvaluateButton } from './EvaluateButton';
import { EvaluationStateChip } from './EvaluationStateChip';
import { OutcomeBar } from './OutcomeBar';
import { StopButton } from './StopButton';
import { TrialsCard } from './TrialsCard';
import { describeFigures } from './describeFigures';

/** One evaluation: what it came to, and each of its trials. */
export function EvaluationPage(props: { campaign: Campaign }) {
  const { campaign } = props;
  const { evaluationId = '' } = useParams();
  const query = useEvaluation(campaign, evaluationId);
  return (
    <Loadable
      query={query}
      skeleton={
        <>
          <Skeleton height={48} width="40%" />
          <Skeleton variant="rect" height={160} />
          <Skeleton variant="rect" height={320} style={{ marginTop: 24 }} />
        </>
      }
    >
      {evaluation => (
        <EvaluationDetail
          campaign={campaign}
          evaluation={evaluation}
          query={query}
        />
      )}
    </Loadable>
  );
}

function EvaluationDetail(props: {
  campaign: Campaign;
  evaluation: Evaluation;
  query: FreshnessProps['query'];
}) {
  const { campaign, evaluation, query } = props;
  const paths = useContextPaths(campaign.name);
  return (
    <>
      <DetailHead
        title={`Evaluation ${evaluation.number}`}
        chip={<EvaluationStateChip evaluation={evaluation} />}
        origin={
          <>
            <Link to={paths.revision(evaluation.revisionId)}>
              Revision {evaluation.revisionNumber}
            </Link>{' '}
            on {countOf(evaluation.targetCount, 'target')}.{' '}
            <Made by={evaluation.createdBy} at={evaluation.createdAt} />.{' '}
            <CompareLink campaign={campaign} evaluation={evaluation} />
          </>
        }
        actions={
          <>
            {evaluation.state === 'running' && (
              <StopButton campaign={campaign} evaluation={evaluation} />
            )}
            <EvaluateButton
              campaign={campaign}
              sample={{ sameAs: evaluation.id }}
              label="Evaluate on the same targets"
            />
            <AdoptButton
              campaign={campaign}
              revision={{
                id: evaluation.revisionId,
                number: evaluation.revisionNumber,
              }}
            />
          </>
        }
      />
      <Grid container spacing={3}>
        <Grid item xs={12}>
          <SectionCard
            title="Figures"
            action={
              <div style={{ margin: 16 }}>
                <Freshness query={query} />
              </div>
            }
          >
            <OutcomeBar figures={evaluation.figures} />
            <div style={{ height: 16 }} />
            <FigureList figures={describeFigures(evaluation)} />
          </SectionCard>
        </Grid>
        <Grid item xs={12}>
          <TrialsCard campaign={campaign} evaluation={evaluation} />
        </Grid>
      </Grid>
    </>
  );
}

/** To the comparison with the evaluation that most likely tried the same targets before. */
function CompareLink(props: { campaign: Campaign; evaluation: Evaluation }) {
  const { campaign, evaluation } = props;
  const paths = useContextPaths(campaign.name);
  const query = useEvaluations(campaign, { limit: mostAtOnce });
  const earlier = (query.data?.items ?? []).filter(
    ({ number }) => number < evaluation.number,
  );
  const base =
    earlier.find(({ targetCount }) => targetCount === evaluation.targetCount) ??
    earlier[0];
  return base ? (
    <Link to={paths.compareEvaluations(base.id, evaluation.id)}>
      Compare with evaluation {base.number}
    </Link>
  ) : null;
}
