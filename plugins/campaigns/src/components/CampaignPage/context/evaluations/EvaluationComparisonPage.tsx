import { useNavigate, useSearchParams } from 'react-router-dom';
import Grid from '@material-ui/core/Grid';
import Typography from '@material-ui/core/Typography';
import Skeleton from '@material-ui/lab/Skeleton';
import { Campaign } from '@skein/plugin-campaigns-common';
import {
  mostAtOnce,
  useEvaluationComparison,
  useEvaluations,
} from '../../../../data/contextQueries';
import { ListPagination, Loadable, SectionCard } from '../../../shared';
import { DetailHead } from '../DetailHead';
import { PairChoice } from '../PairChoice';
import { useContextPaths } from '../useContextPaths';
import { useExistingPage } from '../useExistingPage';
import { usePageParameter } from '../usePageParameter';
import { ChangeCounts } from './ChangeCounts';
import { ComparedTrials } from './ComparedTrials';
import { FiguresComparison } from './FiguresComparison';
import { describeEvaluation } from './describeEvaluation';

const pageSize = 25;

/** Two evaluations side by side: what became worse comes first. */
export function EvaluationComparisonPage(props: { campaign: Campaign }) {
  const { campaign } = props;
  const navigate = useNavigate();
  const paths = useContextPaths(campaign.name);
  const [parameters] = useSearchParams();
  const [page, setPage] = usePageParameter();
  const base = parameters.get('base') ?? '';
  const head = parameters.get('head') ?? '';
  const query = useEvaluationComparison(campaign, {
    base,
    head,
    offset: page * pageSize,
    limit: pageSize,
  });
  useExistingPage(query.data, { page, pageSize, onPage: setPage });
  const evaluations = useEvaluations(campaign, { limit: mostAtOnce });
  return (
    <>
      <DetailHead title="Compare evaluations">
        <PairChoice
          base={base}
          head={head}
          options={(evaluations.data?.items ?? []).map(evaluation => ({
            id: evaluation.id,
            label: describeEvaluation(evaluation),
          }))}
          onChoose={(from, to) =>
            navigate(paths.compareEvaluations(from, to), { replace: true })
          }
        />
      </DetailHead>
      {base === '' || head === '' ? (
        <Typography variant="body2">Choose two evaluations.</Typography>
      ) : (
        <Loadable
          query={query}
          skeleton={<Skeleton variant="rect" height={320} />}
        >
          {comparison => (
            <Grid container spacing={3}>
              <Grid item xs={12}>
                <FiguresComparison
                  base={comparison.base}
                  head={comparison.head}
                  campaign={campaign}
                />
              </Grid>
              <Grid item xs={12}>
                <SectionCard
                  title="Target by target"
                  subheader={<ChangeCounts counts={comparison.counts} />}
                  noPadding
                >
                  <ComparedTrials
                    campaign={campaign}
                    comparison={comparison}
                    stale={query.isPlaceholderData}
                  />
                  <ListPagination
                    totalItems={comparison.totalItems}
                    page={page}
                    pageSize={pageSize}
                    onPage={setPage}
                  />
                </SectionCard>
              </Grid>
            </Grid>
          )}
        </Loadable>
      )}
    </>
  );
}
