import { Suspense, lazy, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router-dom';
import Typography from '@material-ui/core/Typography';
import Skeleton from '@material-ui/lab/Skeleton';
import { Campaign } from '@skein/plugin-campaigns-common';
import {
  mostAtOnce,
  useRevisionComparison,
  useRevisions,
} from '../../../../data/contextQueries';
import { DiffLayout, DiffLayoutChoice } from '../../../ChangeDiff';
import { Loadable, SectionCard } from '../../../shared';
import { DetailHead } from '../DetailHead';
import { PairChoice } from '../PairChoice';
import { useContextPaths } from '../useContextPaths';

const DocumentsDiff = lazy(() =>
  import('../../../ChangeDiff/DocumentsDiff').then(m => ({
    default: m.DocumentsDiff,
  })),
);

/** What differs between two contexts, document by document. */
export function RevisionComparisonPage(props: { campaign: Campaign }) {
  const { campaign } = props;
  const navigate = useNavigate();
  const paths = useContextPaths(campaign.name);
  const [parameters] = useSearchParams();
  const [layout, setLayout] = useState<DiffLayout>('unified');
  const base = parameters.get('base') ?? '';
  const head = parameters.get('head') ?? '';
  const query = useRevisionComparison(campaign, { base, head });
  const revisions = useRevisions(campaign, { limit: mostAtOnce });
  return (
    <>
      <DetailHead title="Compare revisions">
        <PairChoice
          base={base}
          head={head}
          options={(revisions.data?.items ?? []).map(revision => ({
            id: revision.id,
            label: [
              `Revision ${revision.number}`,
              revision.current ? ' (current)' : '',
              revision.note ? `: ${revision.note}` : '',
            ].join(''),
          }))}
          onChoose={(from, to) =>
            navigate(paths.compareRevisions(from, to), { replace: true })
          }
        />
      </DetailHead>
      {base === '' || head === '' ? (
        <Typography variant="body2">Choose two revisions.</Typography>
      ) : (
        <Loadable
          query={query}
          skeleton={<Skeleton variant="rect" height={240} />}
        >
          {({ documents }) =>
            documents.length === 0 ? (
              <Typography variant="body2">
                Both say the same, word for word.
              </Typography>
            ) : (
              <SectionCard
                title="What differs"
                action={
                  <DiffLayoutChoice layout={layout} onLayout={setLayout} />
                }
              >
                <Suspense fallback={<Skeleton variant="rect" height={240} />}>
                  <DocumentsDiff documents={documents} layout={layout} />
                </Suspense>
              </SectionCard>
            )
          }
        </Loadable>
      )}
    </>
  );
}
